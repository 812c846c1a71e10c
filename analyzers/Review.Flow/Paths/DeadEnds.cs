using System.Runtime.CompilerServices;
using Review.Core.Flow;
using Review.Core.Syntax;

namespace Review.Flow.Paths;

/// <summary>
/// The blocks that lead out of the function nowhere and in which nothing happens: what BUG() is made of. Nobody learns anything there.
/// </summary>
internal sealed class DeadEnds
{
    private static readonly ConditionalWeakTable<ControlFlowGraph, DeadEnds> Known = [];

    private readonly bool[] isDead;

    private DeadEnds(ControlFlowGraph graph)
    {
        isDead = new bool[graph.Blocks.Length];
        for (var i = isDead.Length - 1; i >= 0; i--)
        {
            // Blocks of a loop stay alive: one of them has a successor that does not come behind it.
            var block = graph.Blocks[i];
            isDead[i] = block != graph.Exit && block.Nodes.All(IsNothing) && block.Successors.All(edge => edge.To.Index > i && isDead[edge.To.Index]);
        }
    }

    /// <summary>The dead ends of a graph, worked out once for all who follow its paths.</summary>
    public static DeadEnds Of(ControlFlowGraph graph) => Known.GetValue(graph, static graph => new DeadEnds(graph));

    public bool Contains(BasicBlock block) => isDead[block.Index];

    private static bool IsNothing(Node node) => node switch
    {
        AsmStatement assembly => assembly.Outputs.IsEmpty,
        CallExpression call => call.Function?.Name is "__builtin_unreachable" or "__builtin_trap",
        CastExpression { Kind: CastKind.Decay } or NameExpression { Symbol: FunctionSymbol } or LiteralExpression or ExpressionStatement or DoStatement => true,
        _ => false,
    };
}
