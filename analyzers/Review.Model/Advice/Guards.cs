using Review.Model.Faults;
using Review.Model.Memory;

namespace Review.Model.Advice;

/// <summary>MADV_GUARD_INSTALL and MADV_GUARD_REMOVE.</summary>
public static class Guards
{
    /// <summary>madvise_guard_install(): every page of the range becomes a guard.</summary>
    public static Errno Install(ref Machine machine, int space, Vma vma, ulong start, ulong end)
    {
        if (!IsAllowed(machine, vma, VmFlags.Special | VmFlags.HugeTlb | VmFlags.Locked))
        {
            return Errno.EINVAL;
        }

        // So that fork() copies the page table. Where VM_MAYBE_GUARD sees to that, memory of files needs no anon_vma for it.
        if (vma.IsAnonymous || !machine.Era.MarksMaybeGuard)
        {
            PageFault.TryPrepareAnonVma(ref machine, space, ref vma, FaultFlags.None);
        }

        if (machine.Era.MarksMaybeGuard)
        {
            var marked = vma with { Flags = vma.Flags | VmFlags.MaybeGuard };
            machine = machine.With(space, machine.Space(space).Replace(vma, marked));
            vma = marked;
        }

        machine = machine.ZapRange(space, vma, start, end, ZapScope.Markers);
        var table = machine.Space(space).Table;
        for (var number = Pages.Number(start); number < Pages.Number(end); number++)
        {
            table = table.With(number, new Pte(PteKind.Guard));
        }

        machine = machine.With(space, machine.Space(space).WithTables(start, end) with { Table = table });
        return Errno.None;
    }

    /// <summary>madvise_guard_remove(): guards become empty entries; other pages stay.</summary>
    public static Errno Remove(ref Machine machine, int space, Vma vma, ulong start, ulong end)
    {
        if (!IsAllowed(machine, vma, VmFlags.Special | VmFlags.HugeTlb))
        {
            return Errno.EINVAL;
        }

        machine = machine.ChangeEntries(space, start, end, static pte => pte.Kind == PteKind.Guard ? Pte.None : pte);
        return Errno.None;
    }

    private static bool IsAllowed(Machine machine, Vma vma, VmFlags forbidden) =>
        !vma.HasAny(forbidden) && (vma.IsAnonymous || machine.Era.GuardsInFiles);
}
