using Review.Witness.Interpretation;

namespace Review.Witness.Bindings;

/// <summary>Changes of entries that are one instruction of the processor (arch/x86/include/asm/pgtable.h).</summary>
internal static class TableEntries
{
    /// <summary>ptep_get_and_clear(), ptep_get_and_clear_full(): (mm, address, entry, ...). pmdp_invalidate(): (vma, address, entry), which leaves it not present. What was in it.</summary>
    public static Value Clear(KernelCall call)
    {
        var old = call.Execution.Memory.Load(call.Number(2), sizeof(ulong));
        call.Execution.Memory.Store(call.Number(2), sizeof(ulong), Value.Of(call.Function.Name == "pmdp_invalidate" ? old.Bits & ~1 : 0));
        return old;
    }
}
