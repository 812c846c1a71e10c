using Review.Core.Syntax;

namespace Review.Rules.Range;

/// <summary>A range that a function keeps in a record of its own: <c>range.end = ALIGN(range.end, PMD_SIZE)</c>.</summary>
internal static class RecordedBound
{
    private const long PageSize = 4096;

    /// <summary>The ends that are rounded up to more than a page in a record whose start and end the function has made of the range that it was asked for, with what is rounded as it is written.</summary>
    public static IEnumerable<(Expression Value, string Bound, string To)> RoundedUpIn(FunctionDefinition function)
    {
        if (!Enumerable.Range(1, Math.Max(0, function.Parameters.Length - 1)).Any(i => Rounding.IsEnd(function.Parameters[i], function.Parameters[i - 1])))
        {
            yield break;
        }

        foreach (var assignment in function.Body.DescendantsAndSelf<AssignmentExpression>())
        {
            if (assignment is { Compound: null, Target: MemberExpression { IsArrow: false, Field: { Name: "end" } field, Target.Unwrapped: NameExpression { Symbol: VariableSymbol { Kind: VariableKind.Local } record } } }
                && IsRoundedUp(assignment.Value) && assignment.Value.DescendantsAndSelf<MemberExpression>().Any(member => IsOf(member, record, field)) && IsMadeOfParameters(function, assignment, record, field))
            {
                yield return (assignment.Value, $"{record.Name}.{field.Name}", assignment.Value.Unwrapped.Origin.Invocation is { Arguments: [_, var size] } ? size.Text.Trim() : "more than a page");
            }
        }
    }

    private static bool IsOf(MemberExpression member, VariableSymbol record, FieldSymbol field) => member is { IsArrow: false, Target.Unwrapped: NameExpression name } && name.Symbol == record && member.Field == field;

    private static bool IsRoundedUp(Expression value) => value.Unwrapped.Origin.Invocation is { } macro && RangeFacts.RoundingOf(macro.Name) == true
        ? value.DescendantsAndSelf<BinaryExpression>().Any(static mask => mask is { Operator: BinaryOperator.BitwiseAnd, Right.Constant: < -PageSize } or { Operator: BinaryOperator.BitwiseOr, Right.Constant: >= PageSize })
        : value.Unwrapped is BinaryExpression { Operator: BinaryOperator.BitwiseAnd, Right.Constant: < -PageSize and var mask, Left.Unwrapped: BinaryExpression { Operator: BinaryOperator.Add, Right.Constant: { } added } } && added == ~mask;

    /// <summary>True if another assignment has given the member something that a parameter is a part of.</summary>
    private static bool IsMadeOfParameters(FunctionDefinition function, AssignmentExpression rounding, VariableSymbol record, FieldSymbol field) => function.Body.DescendantsAndSelf<AssignmentExpression>().Any(other => other != rounding
        && other.Span.Start < rounding.Span.Start && other.Target is MemberExpression member && IsOf(member, record, field)
        && other.Value.DescendantsAndSelf<NameExpression>().Any(static name => name.Symbol is VariableSymbol { Kind: VariableKind.Parameter, Type.Canonical: IntegerType }));
}
