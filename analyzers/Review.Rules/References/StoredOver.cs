using Review.Core.Flow;
using Review.Core.Syntax;
using Review.Rules.Walk;

namespace Review.Rules.References;

/// <summary>A loop that puts page after page into an array of its caller has to count them: what is put where the last one was takes its place, and nobody gives that one back.</summary>
internal static class StoredOver
{
    /// <summary>The stores that the next round makes at the same place, with the array.</summary>
    public static IEnumerable<(AssignmentExpression Store, VariableSymbol Array)> In(FunctionDefinition function)
    {
        ArgumentNullException.ThrowIfNull(function);
        if (!function.Parameters.Any(static parameter => parameter.Type.IsPointerToPointerTo("page")) || !function.Body.DescendantsAndSelf<IndexExpression>().Any())
        {
            yield break;
        }

        var seen = new HashSet<AssignmentExpression>();
        foreach (var round in LoopRound.In(ControlFlowGraph.Create(function)))
        {
            foreach (var store in round.Nodes.OfType<AssignmentExpression>())
            {
                if (store is { Compound: null, Target.Unwrapped: IndexExpression { Index: { Constant: null } index, Target.Unwrapped: NameExpression { Symbol: VariableSymbol { Kind: VariableKind.Parameter } array } } }
                    && array.Type.IsPointerToPointerTo("page") && store.Value.Unwrapped is NameExpression { Symbol: VariableSymbol page } && round.Writes(LoopRound.IsVariable(page)) && ComesAgain(round, store, index, array) && seen.Add(store))
                {
                    yield return (store, array);
                }
            }
        }
    }

    /// <summary>True if a way leads from a store to itself on which neither the array nor the place in it moves on.</summary>
    private static bool ComesAgain(LoopRound round, AssignmentExpression store, Expression index, VariableSymbol array)
    {
        var moved = index.DescendantsAndSelf<NameExpression>().Select(static name => name.Symbol).OfType<VariableSymbol>().Append(array).ToHashSet();
        var home = round.Blocks.First(block => block.Nodes.Contains(store));
        var seen = new HashSet<BasicBlock>();
        var work = new Stack<(BasicBlock Block, int Start)>([(home, home.Nodes.TakeWhile(node => node != store).Count() + 1)]);
        while (work.TryPop(out var item))
        {
            var isOver = false;
            foreach (var node in item.Block.Nodes.Skip(item.Start))
            {
                if (node == store)
                {
                    return true;
                }

                if (MayMove(node, moved))
                {
                    isOver = true;
                    break;
                }
            }

            foreach (var edge in isOver ? [] : item.Block.Successors.Where(edge => round.Blocks.Contains(edge.To)))
            {
                if (seen.Add(edge.To))
                {
                    work.Push((edge.To, 0));
                }
            }
        }

        return false;
    }

    /// <summary>True for what writes one of the variables, or what one of them points to, or hands one over by address.</summary>
    private static bool MayMove(Node node, HashSet<VariableSymbol> variables) => node switch
    {
        AssignmentExpression assignment => IsOne(assignment.Target, variables),
        UnaryExpression { IsStep: true } step => IsOne(step.Operand, variables),
        UnaryExpression { Operator: UnaryOperator.AddressOf } address => IsOne(address.Operand, variables),
        CallExpression call => call.Arguments.Any(argument => argument.Type.Canonical is PointerType && IsOne(argument, variables)),
        LocalDeclaration declaration => variables.Contains(declaration.Symbol),
        _ => false,
    };

    private static bool IsOne(Expression place, HashSet<VariableSymbol> variables) => place.Unwrapped switch
    {
        NameExpression { Symbol: VariableSymbol variable } => variables.Contains(variable),
        UnaryExpression { Operator: UnaryOperator.Dereference } pointee => IsOne(pointee.Operand, variables),
        BinaryExpression { Operator: BinaryOperator.Add or BinaryOperator.Subtract } moved => IsOne(moved.Left, variables),
        _ => false,
    };
}
