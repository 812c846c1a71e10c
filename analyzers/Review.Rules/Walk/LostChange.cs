using Review.Core.Flow;
using Review.Core.Syntax;

namespace Review.Rules.Walk;

/// <summary>Looks behind a store for a change of the stored variable that never gets to where the variable was stored.</summary>
internal static class LostChange
{
    /// <summary>The first change after a store from which the function can end without another store to the same variable's place; null if there is none.</summary>
    public static Expression? After(ControlFlowGraph graph, AssignmentExpression store)
    {
        var variable = ((NameExpression)store.Value.Unwrapped).Symbol;
        var home = graph.Blocks.FirstOrDefault(block => block.Nodes.Contains(store));
        return home is null ? null : Walk<Expression>(graph, home, Position(home, store) + 1, (block, from) =>
        {
            for (var i = from; i < block.Nodes.Count; i++)
            {
                switch (block.Nodes[i])
                {
                    case AssignmentExpression { Compound: null, Value.Constant: not null, Target: NameExpression reused } when reused.Symbol == variable:
                        // The variable is used for something else from here on.
                        return (null, true);
                    case AssignmentExpression change when change.Target is NameExpression name && name.Symbol == variable:
                        return (Ends(graph, block, i + 1, store, variable) ? change : null, true);
                    case UnaryExpression { IsStep: true, Operand.Unwrapped: NameExpression stepped } step when stepped.Symbol == variable:
                        return (Ends(graph, block, i + 1, store, variable) ? step : null, true);
                    case AssignmentExpression other when IsStoreOf(other, variable):
                        return (null, true);
                }
            }

            return (null, false);
        });
    }

    private static bool Ends(ControlFlowGraph graph, BasicBlock block, int from, AssignmentExpression store, Symbol variable)
    {
        var ends = false;
        _ = Walk<AssignmentExpression>(graph, block, from, (current, start) =>
        {
            for (var i = start; i < current.Nodes.Count; i++)
            {
                if (current.Nodes[i] is AssignmentExpression assignment && (assignment == store || IsStoreOf(assignment, variable)))
                {
                    return (null, true);
                }
            }

            ends |= current.Successors.Any(edge => edge.To == graph.Exit);
            return (null, false);
        });
        return ends;
    }

    private static bool IsStoreOf(AssignmentExpression assignment, Symbol variable) =>
        assignment.Target is not NameExpression && assignment.Value.DescendantsAndSelf<NameExpression>().Any(name => name.Symbol == variable);

    private static int Position(BasicBlock block, Node node)
    {
        var index = 0;
        while (block.Nodes[index] != node)
        {
            index++;
        }

        return index;
    }

    /// <summary>Goes from a place in a block along all edges; a visit says what it has found, and whether to go no further there.</summary>
    private static T? Walk<T>(ControlFlowGraph graph, BasicBlock block, int from, Func<BasicBlock, int, (T? Found, bool IsEnd)> visit)
        where T : class
    {
        var seen = new HashSet<BasicBlock>();
        var work = new Queue<(BasicBlock Block, int From)>([(block, from)]);
        while (work.TryDequeue(out var item))
        {
            var (found, isEnd) = visit(item.Block, item.From);
            if (found is not null)
            {
                return found;
            }

            foreach (var edge in isEnd ? [] : item.Block.Successors)
            {
                if (edge.To != graph.Exit && seen.Add(edge.To))
                {
                    work.Enqueue((edge.To, 0));
                }
            }
        }

        return null;
    }
}
