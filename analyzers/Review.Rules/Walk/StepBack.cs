using Review.Core.Syntax;

namespace Review.Rules.Walk;

/// <summary>
/// A loop over a page table moves two cursors in step: the entry and its address. A round that is to look at the same entry again, as after a page was split,
/// puts both back; where only one goes back the two belong to different pages from there on.
/// </summary>
internal static class StepBack
{
    /// <summary>The steps back of one cursor, with the other one that stays.</summary>
    public static IEnumerable<(Expression Step, VariableSymbol Moved, VariableSymbol Left)> In(LoopRound round)
    {
        if (round.Loop is not ForStatement { Increment: { } increment, Body: var body }
            || Stepped(increment, static variable => TableCursor.IsEntryPointer(variable.Type)) is not { } entry || Stepped(increment, TableCursor.IsAddress) is not { } address)
        {
            yield break;
        }

        var back = body.DescendantsAndSelf<Expression>().Where(node => IsBack(node, entry) || IsBack(node, address)).ToList();
        foreach (var step in back)
        {
            var (moved, left) = IsBack(step, entry) ? (entry, address) : (address, entry);
            if (step.Ancestors().OfType<BlockStatement>().FirstOrDefault() is { } block && !back.Exists(other => IsBack(other, left) && AreTogether(other, block)))
            {
                yield return (step, moved, left);
            }
        }
    }

    /// <summary>True if a step lies in a block, or in one around it: whoever gets to one of the two can have passed the other.</summary>
    private static bool AreTogether(Expression step, BlockStatement block) =>
        step.Ancestors().Contains(block) || (step.Ancestors().OfType<BlockStatement>().FirstOrDefault() is { } outer && block.Ancestors().Contains(outer));

    private static VariableSymbol? Stepped(Expression increment, Func<VariableSymbol, bool> isCursor) => increment.DescendantsAndSelf<Expression>().Select(static node => node switch
    {
        UnaryExpression { Operator: UnaryOperator.PreIncrement or UnaryOperator.PostIncrement } step => step.Operand,
        AssignmentExpression { Compound: BinaryOperator.Add } step => step.Target,
        _ => null,
    }).Select(static target => (target?.Unwrapped as NameExpression)?.Symbol).OfType<VariableSymbol>().FirstOrDefault(isCursor);

    private static bool IsBack(Expression node, VariableSymbol cursor) => node switch
    {
        UnaryExpression { Operator: UnaryOperator.PreDecrement or UnaryOperator.PostDecrement } step => LoopRound.IsVariable(cursor)(step.Operand),
        AssignmentExpression { Compound: BinaryOperator.Subtract } step => LoopRound.IsVariable(cursor)(step.Target),
        _ => false,
    };
}
