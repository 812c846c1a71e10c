using Review.Core.Syntax;

namespace Review.Rules.Walk;

/// <summary>A loop moves an address on and keeps the VMA that was found for an earlier one, without asking whether it reaches that far.</summary>
internal static class OutgrownVma
{
    /// <summary>The lookups whose VMA is kept for later addresses, with the address.</summary>
    public static IEnumerable<(CallExpression Lookup, VariableSymbol Address)> In(LoopRound round, VmaLookupFacts lookups)
    {
        foreach (var assignment in round.Nodes.OfType<AssignmentExpression>())
        {
            if (assignment is { Compound: null, Target: NameExpression { Symbol: VariableSymbol { IsAutomatic: true } vma }, Value.Unwrapped: CallExpression call }
                && assignment.Ancestors().OfType<IfStatement>().FirstOrDefault() is { } test && IsNull(test.Condition, vma) && test.Ancestors().Contains(round.Loop)
                && lookups.LookupOf(call) is ({ Unwrapped: NameExpression { Symbol: VariableSymbol { IsAutomatic: true } address } }, _)
                && round.Writes(LoopRound.IsVariable(address)) && !IsGivenUp(round, assignment, vma) && !round.Nodes.Any(node => IsBound(node, vma, address, round)))
            {
                yield return (call, address);
            }
        }
    }

    private static bool IsNull(Expression condition, VariableSymbol vma) =>
        condition.Unwrapped is UnaryExpression { Operator: UnaryOperator.LogicalNot, Operand.Unwrapped: NameExpression name } && name.Symbol == vma;

    /// <summary>True if the round lets go of the VMA, or steps on to another one.</summary>
    private static bool IsGivenUp(LoopRound round, AssignmentExpression lookup, VariableSymbol vma) =>
        round.Nodes.Any(node => node is AssignmentExpression other && other != lookup && LoopRound.IsVariable(vma)(other.Target));

    /// <summary>The end of the VMA stands beside the address, or in a bound that does; where only another end is brought down to it, the address may lie behind both.</summary>
    private static bool IsBound(Node node, VariableSymbol vma, VariableSymbol address, LoopRound round)
    {
        if (node is not MemberExpression { Field.Name: "vm_end" } edge || !LoopRound.IsVariable(vma)(edge.Target))
        {
            return false;
        }

        var whole = edge.Ancestors().TakeWhile(static outer => outer is Expression or LocalDeclaration).LastOrDefault() ?? edge;
        var bound = whole switch
        {
            AssignmentExpression { Compound: null, Target: NameExpression { Symbol: VariableSymbol target } } => target,
            LocalDeclaration declaration => declaration.Symbol,
            _ => null,
        };
        return bound is null || Names(whole, address) || round.Nodes.Any(other => other is BinaryExpression && Names(other, bound) && Names(other, address));
    }

    private static bool Names(Node node, VariableSymbol variable) => node.DescendantsAndSelf<NameExpression>().Any(name => name.Symbol == variable);
}
