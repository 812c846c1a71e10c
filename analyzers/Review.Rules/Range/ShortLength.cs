using Review.Core.Syntax;

namespace Review.Rules.Range;

/// <summary>
/// <c>if (len_in &amp;&amp; !len) return -EINVAL;</c> asks whether rounding up has made zero of a very long length. After a rounding down it refuses short ones, which madvise(2) takes.
/// </summary>
internal static class ShortLength
{
    /// <summary>The tests of lengths that were rounded down, with the rounded and the original length.</summary>
    public static IEnumerable<(Expression Test, VariableSymbol Rounded, VariableSymbol Length)> In(FunctionDefinition function)
    {
        foreach (var test in function.Body.DescendantsAndSelf<BinaryExpression>().Where(static node => node.Operator == BinaryOperator.LogicalAnd))
        {
            if (test.Left.Unwrapped is NameExpression { Symbol: VariableSymbol { Kind: VariableKind.Parameter } length }
                && test.Right.Unwrapped is UnaryExpression { Operator: UnaryOperator.LogicalNot, Operand.Unwrapped: NameExpression { Symbol: VariableSymbol { IsAutomatic: true } rounded } }
                && function.Body.DescendantsAndSelf<AssignmentExpression>().LastOrDefault(assignment => assignment.Target is NameExpression target && target.Symbol == rounded && assignment.Span.Start < test.Span.Start)
                    is { Compound: null, Value.Unwrapped: BinaryExpression { Operator: BinaryOperator.BitwiseAnd, Right.Constant: < 0 } mask }
                && mask.Left.Unwrapped is NameExpression masked && masked.Symbol == length)
            {
                yield return (test, rounded, length);
            }
        }
    }
}
