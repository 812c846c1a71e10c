using Review.Core.Syntax;

namespace Review.Rules.Walk;

/// <summary>A loop keeps a cursor that began as the start of the range, and looks VMAs up at the start itself: it finds the first one again and again.</summary>
internal static class FixedLookup
{
    /// <summary>The lookups that are to find the next VMA of a loop, and ask for where one begins that the loop has already: they find that one again.</summary>
    public static IEnumerable<(CallExpression Lookup, VariableSymbol Vma)> SelfIn(LoopRound round, VmaLookupFacts lookups)
    {
        foreach (var call in round.Nodes.OfType<CallExpression>())
        {
            if (call.Type.IsPointerTo("vm_area_struct") && lookups.LookupOf(call) is var (address, _)
                && address.Unwrapped is MemberExpression { IsArrow: true, Field: { Record: "vm_area_struct", Name: "vm_start" }, Target.Unwrapped: NameExpression { Symbol: VariableSymbol { IsAutomatic: true } vma } })
            {
                yield return (call, vma);
            }
        }
    }

    /// <summary>The lookups of a loop at an address that no round changes, with the cursor that was meant.</summary>
    public static IEnumerable<(CallExpression Lookup, VariableSymbol Start, VariableSymbol Cursor)> In(LoopRound round, FunctionDefinition function, VmaLookupFacts lookups)
    {
        foreach (var call in round.Nodes.OfType<CallExpression>())
        {
            // A call that says whether the area is still there asks for the same area in every round, and is meant to.
            if (call.Type.Canonical is not PointerType || lookups.LookupOf(call) is not var (address, _) || address.Unwrapped is not NameExpression { Symbol: VariableSymbol { IsAutomatic: true } start } || round.Writes(LoopRound.IsVariable(start)))
            {
                continue;
            }

            var cursor = function.Body.DescendantsAndSelf().Select(node => node switch
            {
                AssignmentExpression { Compound: null, Target.Unwrapped: NameExpression { Symbol: VariableSymbol target } } assignment when LoopRound.IsVariable(start)(assignment.Value) && !round.Nodes.Contains(node) => target,
                LocalDeclaration { Initializer: { } initializer } declaration when LoopRound.IsVariable(start)(initializer) && !round.Nodes.Contains(node) => declaration.Symbol,
                _ => null,
            }).OfType<VariableSymbol>().FirstOrDefault(target => target.Type.Canonical == start.Type.Canonical && round.Writes(LoopRound.IsVariable(target)));
            if (cursor is not null)
            {
                yield return (call, start, cursor);
            }
        }
    }
}
