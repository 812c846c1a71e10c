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

    /// <summary>
    /// The steps of a round that leave out one cursor, which the loop's condition asks for, where another way through the round moves the same cursors and that one:
    /// <c>addr += size; left -= n; i += n;</c> in one place and <c>addr += size; i += n;</c> in the other.
    /// </summary>
    public static IEnumerable<(Expression Step, VariableSymbol Moved, VariableSymbol Left)> SkippedIn(LoopRound round)
    {
        var blocks = round.Condition is null ? [] : round.Loop.DescendantsAndSelf<BlockStatement>().Select(static block => (Block: block, Steps: StepsOf(block))).Where(static steps => steps.Steps.Count > 1).ToList();
        foreach (var (full, all) in blocks)
        {
            foreach (var (part, some) in blocks)
            {
                if (some.Count + 1 == all.Count && some.Keys.All(all.ContainsKey) && all.Keys.First(variable => !some.ContainsKey(variable)) is var left
                    && round.Condition!.DescendantsAndSelf<NameExpression>().Any(name => name.Symbol == left) && full.Statements[^1] is ContinueStatement
                    && round.Nodes.Where(node => LoopRound.IsWrite(node, LoopRound.IsVariable(left))).All(write => write.Ancestors().Contains(full) || IsOnTheWayOut(write)))
                {
                    // Which of them comes first says nothing.
                    var (moved, step) = some.OrderBy(static pair => pair.Key.Span.Start).First();
                    yield return (step, moved, left);
                }
            }
        }
    }

    private static bool IsOnTheWayOut(Node write) => write.Ancestors().OfType<BlockStatement>().FirstOrDefault()?.Statements is [.., BreakStatement or ReturnStatement or GotoStatement];

    /// <summary>The steps that a block makes itself, by variable.</summary>
    private static Dictionary<VariableSymbol, Expression> StepsOf(BlockStatement block)
    {
        var steps = new Dictionary<VariableSymbol, Expression>();
        foreach (var statement in block.Statements.OfType<ExpressionStatement>())
        {
            if (statement.Expression is AssignmentExpression { Compound: BinaryOperator.Add or BinaryOperator.Subtract, Target: NameExpression { Symbol: VariableSymbol { IsAutomatic: true } variable } })
            {
                _ = steps.TryAdd(variable, statement.Expression);
            }
        }

        return steps;
    }
}
