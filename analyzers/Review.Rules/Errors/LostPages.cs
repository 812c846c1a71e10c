using Review.Core.Syntax;

namespace Review.Rules.Errors;

/// <summary>
/// A function that fills an array of pages returns how many it has filled, and an error only if there are none: the caller has to give the pages back. Where the error
/// wins, nobody ever does.
/// </summary>
internal static class LostPages
{
    /// <summary>The returns with which an error hides a count, with the two variables.</summary>
    public static IEnumerable<(Expression At, Symbol Error, Symbol Count)> In(FunctionDefinition function)
    {
        if (!function.Parameters.Any(static parameter => parameter.Type.IsPointerToPointerTo("page")))
        {
            yield break;
        }

        var returned = function.Body.DescendantsAndSelf<ReturnStatement>().Select(static statement => statement.Value?.Unwrapped).OfType<Expression>().ToList();
        foreach (var choice in returned.OfType<ConditionalExpression>())
        {
            if (NameOf(choice.Condition) is { } error && (choice.WhenTrue is null || NameOf(choice.WhenTrue) == error) && NameOf(choice.WhenFalse) is { } count && IsAddedUp(function, count))
            {
                yield return (choice, error, count);
            }
        }

        // What is returned as a sum elsewhere is the count of this call and of an earlier one.
        var sums = returned.OfType<BinaryExpression>().Where(static sum => sum.Operator == BinaryOperator.Add).Select(static sum => (NameOf(sum.Left), NameOf(sum.Right))).ToList();
        foreach (var error in returned.OfType<NameExpression>())
        {
            var count = sums.Select(sum => sum.Item1 == error.Symbol ? sum.Item2 : sum.Item2 == error.Symbol ? sum.Item1 : null).FirstOrDefault(static other => other is not null);
            if (count is not null && error.Ancestors().OfType<IfStatement>().FirstOrDefault(test => test.Condition.Unwrapped is BinaryExpression { Operator: BinaryOperator.Less, Right.Unwrapped.Constant: 0 } isNegative && NameOf(isNegative.Left) == error.Symbol) is { } branch
                && !branch.Then.DescendantsAndSelf<NameExpression>().Any(name => name.Symbol == count))
            {
                yield return (error, error.Symbol, count);
            }
        }
    }

    private static Symbol? NameOf(Expression expression) => expression.Unwrapped is NameExpression { Symbol: VariableSymbol { IsAutomatic: true } variable } ? variable : null;

    private static bool IsAddedUp(FunctionDefinition function, Symbol count) => function.Body.DescendantsAndSelf<AssignmentExpression>()
        .Any(assignment => assignment.Compound == BinaryOperator.Add && NameOf(assignment.Target) == count);
}
