using Review.Core.Syntax;

namespace Review.Rules.Walk;

/// <summary>A loop over the entries of a page table goes on to the next address, but looks at the same entry again.</summary>
internal static class TableCursor
{
    private static readonly HashSet<string> Entries = ["pte_t", "pmd_t", "pud_t", "p4d_t", "pgd_t"];

    /// <summary>The pointers to entries that such a loop forgets to advance, each with a use in the loop.</summary>
    public static IEnumerable<(VariableSymbol Pointer, VariableSymbol Address, Expression Use)> In(LoopRound round, FunctionDefinition function)
    {
        // Without a store of its own in the round a pointer stays where the assignment before the loop has put it. One that only some rounds set anew, or back, after they have looked at the entry stays in the others.
        var uses = round.Nodes.OfType<NameExpression>()
            .Where(static name => name is { IsRead: true, Symbol: VariableSymbol { IsAutomatic: true } } && IsEntryPointer(name.Type))
            .GroupBy(static name => (VariableSymbol)name.Symbol)
            .Where(group => !round.Writes(LoopRound.IsVariable(group.Key)) || (!IsSteppedOn(round, group.Key) && round.CanSkip(LoopRound.IsVariable(group.Key))));
        foreach (var group in uses)
        {
            var pointer = group.Key;
            var origins = NamesAssignedTo(pointer, function).ToHashSet();
            foreach (var address in round.Nodes.OfType<NameExpression>().Select(static name => name.Symbol).OfType<VariableSymbol>().Where(IsAddress).Distinct())
            {
                // The pointer was found with the address, or with the one from which the address starts.
                if ((origins.Contains(address) || NamesAssignedTo(address, function).Any(origins.Contains)) && IsAdvanced(round, address) && !group.Any(IsIndexed) && group.FirstOrDefault(use => IsLookedAt(use, address) && round.ReachesUnwritten(use, LoopRound.IsVariable(pointer))) is { } use)
                {
                    yield return (pointer, address, use);
                    break;
                }
            }
        }
    }

    private static bool IsSteppedOn(LoopRound round, VariableSymbol pointer) => round.Nodes.Any(node => node switch
    {
        UnaryExpression { Operator: UnaryOperator.PreIncrement or UnaryOperator.PostIncrement } step => LoopRound.IsVariable(pointer)(step.Operand),
        AssignmentExpression { Compound: BinaryOperator.Add } step => LoopRound.IsVariable(pointer)(step.Target),
        AssignmentExpression { Compound: null } assignment => LoopRound.IsVariable(pointer)(assignment.Target) && assignment.Value.DescendantsAndSelf().Any(part => part is NameExpression name && name.Symbol == pointer),
        UnaryExpression { Operator: UnaryOperator.AddressOf } address => LoopRound.IsVariable(pointer)(address.Operand),
        _ => false,
    });

    public static bool IsEntryPointer(CType type) => type.Canonical is PointerType { Target: TypedefType { Spelling: var name } } && Entries.Contains(name);

    public static bool IsAddress(VariableSymbol variable) => variable is { IsAutomatic: true, Type.Canonical: IntegerType { Size: 8 } };

    /// <summary>The addresses in what a variable gets: <c>addr</c> for <c>pte = pte_offset_map_lock(mm, pmd, addr, &amp;ptl)</c>.</summary>
    private static IEnumerable<VariableSymbol> NamesAssignedTo(VariableSymbol variable, FunctionDefinition function) => NamesAssignedTo(variable, function, isCopy: false);

    /// <param name="variable">The variable.</param>
    /// <param name="function">The function.</param>
    /// <param name="isCopy">True for a pointer of which the one asked about is a copy: <c>pte = start_pte</c>.</param>
    private static IEnumerable<VariableSymbol> NamesAssignedTo(VariableSymbol variable, FunctionDefinition function, bool isCopy)
    {
        foreach (var node in function.Body.DescendantsAndSelf())
        {
            var value = node switch
            {
                AssignmentExpression { Compound: null } assignment when LoopRound.IsVariable(variable)(assignment.Target) => assignment.Value,
                LocalDeclaration { Initializer: { } initializer } declaration when declaration.Symbol == variable => initializer,
                _ => null,
            };
            if (!isCopy && value?.Unwrapped is NameExpression { Symbol: VariableSymbol original } copied && original != variable && IsEntryPointer(copied.Type))
            {
                foreach (var named in NamesAssignedTo(original, function, isCopy: true))
                {
                    yield return named;
                }
            }

            foreach (var name in value?.DescendantsAndSelf<NameExpression>() ?? [])
            {
                if (name.Symbol is VariableSymbol named && IsAddress(named))
                {
                    yield return named;
                }
            }
        }
    }

    /// <summary>True if every round sets the address, as a walk over a table does.</summary>
    private static bool IsAdvanced(LoopRound round, VariableSymbol address) =>
        round.Condition?.DescendantsAndSelf().Any(node => LoopRound.IsWrite(node, LoopRound.IsVariable(address))) == true
        || (round.Loop as ForStatement)?.Increment?.DescendantsAndSelf().Any(node => LoopRound.IsWrite(node, LoopRound.IsVariable(address))) == true;

    private static bool IsIndexed(NameExpression use)
    {
        var parent = use.Parent;
        while (parent is CastExpression)
        {
            parent = parent.Parent;
        }

        return parent is IndexExpression or BinaryExpression { Operator: BinaryOperator.Add or BinaryOperator.Subtract };
    }

    /// <summary>True if the entry itself is read, or somebody gets it with the address.</summary>
    private static bool IsLookedAt(NameExpression use, VariableSymbol address)
    {
        foreach (var parent in use.Ancestors())
        {
            switch (parent)
            {
                case CastExpression:
                    continue;
                case UnaryExpression { Operator: UnaryOperator.Dereference }:
                    return true;
                case CallExpression call:
                    // A table above is the same for all entries below it.
                    return !IsEntryPointer(call.Type) && call.Arguments.Any(argument => LoopRound.IsVariable(address)(argument));
                default:
                    return false;
            }
        }

        return false;
    }
}
