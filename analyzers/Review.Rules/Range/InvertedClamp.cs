using Review.Core.Syntax;

namespace Review.Rules.Range;

/// <summary>
/// The end of a VMA is to be brought down to the end that was asked for, and the comparison is the wrong way round: <c>tmp = vma->vm_end; if (end &gt; tmp) tmp = end;</c> takes the
/// larger of the two.
/// </summary>
internal static class InvertedClamp
{
    /// <summary>The assignments that bring a bound behind the end of its VMA, with the bound and the other end.</summary>
    public static IEnumerable<(AssignmentExpression At, VariableSymbol Bound, VariableSymbol End)> In(FunctionDefinition function)
    {
        ArgumentNullException.ThrowIfNull(function);
        foreach (var test in function.Body.DescendantsAndSelf<IfStatement>())
        {
            if (test is { Else: null, Parent: BlockStatement block } && Only(test.Then) is { Compound: null, Target: NameExpression { Symbol: VariableSymbol bound }, Value.Unwrapped: NameExpression { Symbol: VariableSymbol end } } raise
                && IsSmaller(bound, end, test.Condition.Unwrapped) && block.Statements.IndexOf(test) is > 0 and var index && EdgeIn(block.Statements[index - 1]) == bound)
            {
                yield return (raise, bound, end);
            }
        }
    }

    private static AssignmentExpression? Only(Statement then) =>
        (then is BlockStatement { Statements: [var single] } ? single : then) is ExpressionStatement { Expression: AssignmentExpression assignment } ? assignment : null;

    private static bool IsSmaller(VariableSymbol bound, VariableSymbol end, Expression condition) => condition is BinaryExpression { Left.Unwrapped: NameExpression left, Right.Unwrapped: NameExpression right } comparison && comparison.Operator switch
    {
        BinaryOperator.Less or BinaryOperator.LessOrEqual => left.Symbol == bound && right.Symbol == end,
        BinaryOperator.Greater or BinaryOperator.GreaterOrEqual => left.Symbol == end && right.Symbol == bound,
        _ => false,
    };

    /// <summary>The variable that a statement gives the end of a VMA.</summary>
    private static VariableSymbol? EdgeIn(Statement statement) =>
        statement is ExpressionStatement { Expression: AssignmentExpression { Compound: null, Target: NameExpression { Symbol: VariableSymbol bound }, Value.Unwrapped: MemberExpression { Field: { Record: "vm_area_struct", Name: "vm_end" } } } } ? bound : null;
}
