using Review.Core.Flow;
using Review.Core.Syntax;

namespace Review.Rules.Walk;

/// <summary>
/// A loop that fills an array of pages moves two cursors: the address at which the next page is looked for, and the place in the array. A way from one call to
/// the next one that moves only one of them puts a page where another one was, or asks for the same page again.
/// </summary>
internal static class LaggingCursor
{
    /// <summary>The calls that get an address and a place in an array, with the cursor that a way to them has moved and the one that it has not.</summary>
    public static IEnumerable<(CallExpression Call, VariableSymbol Moved, VariableSymbol Left, Node Step)> In(LoopRound round)
    {
        var calls = round.Nodes.OfType<CallExpression>().Select(static call => (Call: call, Cursors: CursorsOf(call))).Where(static pair => pair.Cursors is not null).ToList();
        foreach (var (call, cursors) in calls)
        {
            var (address, array) = cursors!.Value;
            if (round.Writes(LoopRound.IsVariable(address)) && round.Writes(LoopRound.IsVariable(array))
                && WayToNext(round, call, address, array) is var (next, moved, left, step))
            {
                yield return (next, moved, left, step);
            }
        }
    }

    /// <summary>The variables of the loop that a call gets as its address and as its array; null if it gets no such two.</summary>
    private static (VariableSymbol Address, VariableSymbol Array)? CursorsOf(CallExpression call)
    {
        var variables = call.Arguments.Select(static argument => (argument.Unwrapped as NameExpression)?.Symbol).OfType<VariableSymbol>().Where(static variable => variable.IsAutomatic).ToList();
        var address = variables.Find(static variable => variable.Type.Canonical is IntegerType { Size: 8, IsSigned: false });
        var array = variables.Find(static variable => variable.Type.IsPointerToPointerTo("page"));
        return address is null || array is null ? null : (address, array);
    }

    /// <summary>Follows the ways from one call to the next one that gets the same cursors, to one on which only one of them was moved.</summary>
    private static (CallExpression Next, VariableSymbol Moved, VariableSymbol Left, Node Step)? WayToNext(LoopRound round, CallExpression from, VariableSymbol address, VariableSymbol array)
    {
        var home = round.Blocks.First(block => block.Nodes.Contains(from));
        var seen = new HashSet<(BasicBlock Block, bool HasAddress, bool HasArray)>();
        var work = new Stack<(BasicBlock Block, int Start, Node? Address, Node? Array)>([(home, home.Nodes.TakeWhile(node => node != from).Count() + 1, null, null)]);
        while (work.TryPop(out var item))
        {
            var (block, start, hasAddress, hasArray) = item;
            var isOver = false;
            foreach (var node in block.Nodes.Skip(start))
            {
                hasAddress = LoopRound.IsWrite(node, LoopRound.IsVariable(address)) ? node : hasAddress;
                hasArray = LoopRound.IsWrite(node, LoopRound.IsVariable(array)) ? node : hasArray;
                if (node is CallExpression call && CursorsOf(call) == (address, array))
                {
                    if (hasAddress is not null && hasArray is null)
                    {
                        return (call, address, array, hasAddress);
                    }

                    if (hasArray is not null && hasAddress is null)
                    {
                        return (call, array, address, hasArray);
                    }

                    isOver = true;
                    break;
                }
            }

            foreach (var edge in isOver ? [] : block.Successors.Where(edge => round.Blocks.Contains(edge.To)))
            {
                // Where there is no array there is no place in it.
                var array2 = edge.Condition is BranchCondition { Outcome: false } none && LoopRound.IsVariable(array)(none.Expression) ? none.Expression : hasArray;
                if (seen.Add((edge.To, hasAddress is not null, array2 is not null)))
                {
                    work.Push((edge.To, 0, hasAddress, array2));
                }
            }
        }

        return null;
    }
}
