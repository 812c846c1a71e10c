using Review.Core.Syntax;

namespace Review.Rules.Walk;

/// <summary>A loop hands a part of its range on, from the cursor to a nearer end, and then sets the cursor to the end of the whole: what lies between is left out.</summary>
internal static class JumpedRange
{
    /// <summary>The assignments that jump, with the call that got the part, the cursor, the end of the part and that of the whole.</summary>
    public static IEnumerable<(AssignmentExpression Jump, CallExpression Call, VariableSymbol Cursor, VariableSymbol Part, VariableSymbol End)> In(LoopRound round)
    {
        foreach (var jump in round.Nodes.OfType<AssignmentExpression>())
        {
            if (jump is not { Compound: null, Target: NameExpression { Symbol: VariableSymbol cursor }, Value.Unwrapped: NameExpression { Symbol: VariableSymbol end }, Parent: ExpressionStatement { Parent: BlockStatement block } }
                || !TableCursor.IsAddress(cursor) || round.Writes(LoopRound.IsVariable(end)) || !round.Loop.Equals(block.Parent) || round.CanSkip(LoopRound.IsVariable(cursor)))
            {
                continue;
            }

            foreach (var call in round.Nodes.OfType<CallExpression>().Where(call => call.Span.End < jump.Span.Start))
            {
                for (var i = 0; i + 1 < call.Arguments.Length; i++)
                {
                    if (LoopRound.IsVariable(cursor)(call.Arguments[i]) && call.Arguments[i + 1].Unwrapped is NameExpression { Symbol: VariableSymbol part } && part != end && TableCursor.IsAddress(part) && IsMadeOf(round, part, end))
                    {
                        yield return (jump, call, cursor, part, end);
                    }
                }
            }
        }
    }

    /// <summary>True if a round sets the end of the part to that of the whole, or to the smaller of that and another one.</summary>
    private static bool IsMadeOf(LoopRound round, VariableSymbol part, VariableSymbol end) => round.Nodes.OfType<AssignmentExpression>()
        .Any(assignment => LoopRound.IsVariable(part)(assignment.Target) && assignment.Value.DescendantsAndSelf<NameExpression>().Any(name => name.Symbol == end));
}
