namespace Review.Model.Memory;

/// <summary>Growing MAP_GROWSDOWN mappings: expand_stack().</summary>
public static class StackGrowth
{
    /// <summary>Pages that stay unmapped below a growing stack, unless the mapping there is inaccessible or grows too: stack_guard_gap.</summary>
    private const ulong GuardGap = 256 * Pages.Size;

    /// <summary>RLIMIT_STACK, the usual 8 MiB.</summary>
    private const ulong StackLimit = 8UL << 20;

    /// <summary>expand_downwards(): extends the VMA above an unmapped address down to it, if it grows.</summary>
    public static bool TryExpand(ref Machine machine, int space, ulong address)
    {
        var mm = machine.Space(space);
        address = Pages.RoundDown(address);
        if (mm.FindVma(address) is not { } vma || !vma.Has(VmFlags.GrowsDown))
        {
            return false;
        }

        if (mm.Before(vma) is { } prev && !prev.Has(VmFlags.GrowsDown) && prev.IsAccessible && address - prev.End < GuardGap)
        {
            return false;
        }

        // The anon_vma stays even if the limits forbid the rest.
        Faults.PageFault.TryPrepareAnonVma(ref machine, space, ref vma, Faults.FaultFlags.None);
        mm = machine.Space(space);
        var grown = Pages.Number(vma.Start - address);
        if (vma.End - address > StackLimit || vma.PageOffset < grown || IsOverLockLimit(machine, space, vma, grown))
        {
            return false;
        }

        machine = machine.With(space, mm.Replace(vma, vma with { Start = address, PageOffset = vma.PageOffset - grown }));
        return true;
    }

    // mlock_future_ok()
    private static bool IsOverLockLimit(Machine machine, int space, Vma vma, ulong grown) =>
        vma.Has(VmFlags.Locked) && machine.Processes.FirstOrDefault(process => process.Space == space) is { IsPrivileged: false } owner
        && machine.Space(space).LockedPages + grown > owner.LockLimit >> Pages.Shift;
}
