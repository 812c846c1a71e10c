using Review.Model.Memory;
using Review.Witness.Interpretation;

namespace Review.Witness.Bindings;

/// <summary>Going over the VMAs of an address space by a struct ma_state (lib/maple_tree.c), as the kernel did from 6.1 on before it had iterators of its own.</summary>
internal static class MapleState
{
    private const string Record = "ma_state";

    // MAS_START; another value says that the state stands at an entry.
    private const long Start = 1;
    private const long Standing = 0x10;

    /// <summary>mas_find(): (state, max). The entry at the index or behind it; in a state that stands at one, the next. None begins behind max.</summary>
    public static Value Find(KernelCall call)
    {
        var from = Load(call, "node") == Start ? (ulong)Load(call, "index") : (ulong)Load(call, "last") + 1;
        return Stand(call, call.Mm.FindVma(from) is { } vma && vma.Start <= call.Number(1) ? vma : null, from);
    }

    /// <summary>mas_prev(): (state, min). The entry before the index, if it ends behind min.</summary>
    public static Value Previous(KernelCall call)
    {
        var index = (ulong)Load(call, "index");
        var at = call.Mm.IndexAfter(index);
        return Stand(call, at > 0 && call.Mm.Vmas[at - 1] is var vma && vma.End > call.Number(1) ? vma : null, index);
    }

    private static Value Stand(KernelCall call, Vma? vma, ulong address)
    {
        var found = Lookup.Found(call, vma, address);
        if (vma is not null)
        {
            Store(call, "index", (long)vma.Start);
            Store(call, "last", (long)vma.End - 1);
            Store(call, "node", Standing);
        }

        return found;
    }

    private static long Load(KernelCall call, string member)
    {
        var value = call.Execution.Memory.Load(Place(call, member), sizeof(ulong));
        return value.IsDefined ? value.Bits : throw StopException.Violates(ViolationKind.Memory, $"{call.Caller}() hands a struct {Record} to {call.Function}() that was never set");
    }

    private static void Store(KernelCall call, string member, long value) => call.Execution.Memory.Store(Place(call, member), sizeof(ulong), Value.Of(value));

    private static ulong Place(KernelCall call, string member) =>
        call.Number(0) + (ulong)(call.Program.OffsetOf(Record, member) ?? throw StopException.Needs($"where {Record}.{member} lies"));
}
