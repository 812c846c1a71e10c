using Review.Core.Syntax;

namespace Review.Rules.Walk;

/// <summary>A loop over pages counts several of them as done in one step, and moves the address on by one page: the next round is at a page that was done already, and the last ones never are.</summary>
internal static class UnevenStep
{
    private const long PageSize = 4096;

    /// <summary>The steps of an address by one page beside a count that goes down by a number of pages.</summary>
    public static IEnumerable<(AssignmentExpression Step, VariableSymbol Address, VariableSymbol Pages)> In(LoopRound round)
    {
        foreach (var step in round.Nodes.OfType<AssignmentExpression>())
        {
            if (step is { Compound: BinaryOperator.Add, Value.Constant: PageSize, Target: NameExpression { Symbol: VariableSymbol address }, Parent: ExpressionStatement { Parent: BlockStatement block } }
                && TableCursor.IsAddress(address)
                && block.Statements.OfType<ExpressionStatement>().Select(static statement => statement.Expression).OfType<AssignmentExpression>()
                    .FirstOrDefault(count => count is { Compound: BinaryOperator.Subtract, Target: NameExpression left, Value.Unwrapped: NameExpression { Symbol: VariableSymbol { IsAutomatic: true } } }
                        && round.Condition?.DescendantsAndSelf<NameExpression>().Any(name => name.Symbol == left.Symbol) == true) is { Value.Unwrapped: NameExpression { Symbol: VariableSymbol pages } })
            {
                yield return (step, address, pages);
            }
        }
    }
}
