using Review.Core.Syntax;
using Review.Flow.Facts;

namespace Review.Rules.Walk;

/// <summary>A loop counts down how much is left and works at the same address in every round.</summary>
internal static class SameAddress
{
    private const string WorksAt = "works at";

    private static readonly FactTable Table = FactResource.Read("PagesAt");

    /// <summary>The calls of such a loop, with the address that no round changes.</summary>
    public static IEnumerable<(CallExpression Call, VariableSymbol Address)> In(LoopRound round)
    {
        if (round.Condition is not { } condition || !condition.DescendantsAndSelf().Any(node => IsCountedDown(node, round)))
        {
            yield break;
        }

        foreach (var call in round.Nodes.OfType<CallExpression>())
        {
            foreach (var (_, parameter) in Table.OutcomesOf(call.Function?.Name ?? "").SelectMany(static outcome => outcome.OnParameters).Where(static effect => effect.Verb == WorksAt))
            {
                if (parameter < call.Arguments.Length && call.Arguments[parameter].Unwrapped is NameExpression { Symbol: VariableSymbol { IsAutomatic: true } address } && !round.Writes(LoopRound.IsVariable(address)))
                {
                    yield return (call, address);
                }
            }
        }
    }

    /// <summary>True for a variable from which a round takes what it has done; one that only counts the tries goes down by one.</summary>
    private static bool IsCountedDown(Node node, LoopRound round) =>
        node is NameExpression { Symbol: VariableSymbol { IsAutomatic: true } left }
        && round.Nodes.Any(step => step is AssignmentExpression { Compound: BinaryOperator.Subtract, Value.Constant: null } done && LoopRound.IsVariable(left)(done.Target));
}
