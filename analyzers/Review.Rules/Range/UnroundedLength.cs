using System.Collections.Immutable;
using Review.Core.Syntax;

namespace Review.Rules.Range;

/// <summary>
/// A length is rounded up, the rounded one is looked at and nothing else, and the range is made with the length as it came: <c>len = PAGE_ALIGN(len_in); if (len_in &amp;&amp; !len) return -EINVAL;
/// end = start + len_in;</c>. What was found out of the one holds for a range that nobody works on.
/// </summary>
internal static class UnroundedLength
{
    /// <summary>The sums that are made with such a length, with the variable that holds the rounded one.</summary>
    public static IEnumerable<(AssignmentExpression End, VariableSymbol Length, VariableSymbol Rounded)> In(FunctionDefinition function, ImmutableHashSet<VariableSymbol> controlled)
    {
        ArgumentNullException.ThrowIfNull(function);
        foreach (var (rounded, value) in Stores(function))
        {
            if (rounded is not { Kind: VariableKind.Local } || RoundedUp(value) is not { } length || !controlled.Contains(length) || !IsOnlyTested(function, rounded))
            {
                continue;
            }

            foreach (var end in function.Body.DescendantsAndSelf<AssignmentExpression>())
            {
                if (end is { Compound: null, Target: NameExpression, Value.Unwrapped: BinaryExpression { Operator: BinaryOperator.Add } sum } && Names(sum.Right, length)
                    && sum.Left.Unwrapped is NameExpression { Symbol: VariableSymbol start } && controlled.Contains(start))
                {
                    yield return (end, length, rounded);
                }
            }
        }
    }

    private static IEnumerable<(VariableSymbol Variable, Expression Value)> Stores(FunctionDefinition function) =>
        function.Body.DescendantsAndSelf<AssignmentExpression>().Where(static assignment => assignment.Compound is null && assignment.Target is NameExpression { Symbol: VariableSymbol })
            .Select(static assignment => ((VariableSymbol)((NameExpression)assignment.Target).Symbol, assignment.Value))
            .Concat(function.Body.DescendantsAndSelf<LocalDeclaration>().Where(static declaration => declaration.Initializer is not null).Select(static declaration => (declaration.Symbol, declaration.Initializer!)));

    /// <summary>The parameter that an expression rounds up to a whole number of pages or more.</summary>
    private static VariableSymbol? RoundedUp(Expression value) =>
        value.Unwrapped is BinaryExpression { Operator: BinaryOperator.BitwiseAnd, Left.Unwrapped: BinaryExpression { Operator: BinaryOperator.Add } filled }
            ? filled.DescendantsAndSelf<NameExpression>().Select(static name => name.Symbol).OfType<VariableSymbol>().SingleOrDefault() : null;

    /// <summary>True if whatever reads a variable stands in a condition, and something does.</summary>
    private static bool IsOnlyTested(FunctionDefinition function, VariableSymbol variable)
    {
        var reads = function.Body.DescendantsAndSelf<NameExpression>().Where(name => name.Symbol == variable && name.IsRead).ToList();
        return reads.Count > 0 && reads.TrueForAll(static read => read.Ancestors().OfType<IfStatement>().FirstOrDefault()?.Condition.DescendantsAndSelf().Contains(read) == true);
    }

    private static bool Names(Expression expression, VariableSymbol variable) => expression.Unwrapped is NameExpression name && name.Symbol == variable;
}
