using Review.Model.Faults;
using Review.Model.Memory;

namespace Review.Model.Advice;

/// <summary>MADV_COLLAPSE: madvise_collapse() in mm/khugepaged.c.</summary>
public static class Collapse
{
    /// <summary>Tries every aligned 2 MiB block inside [start, end) of a VMA.</summary>
    public static Errno Run(ref Machine machine, int space, Vma vma, ulong start, ulong end)
    {
        if (!IsAllowable(machine, space, vma))
        {
            return Errno.EINVAL;
        }

        // A part that begins behind the last block it could end in counts as one with blocks left out.
        var failure = Pages.HugeUp(start) > Pages.HugeDown(end) ? Errno.EINVAL : Errno.None;
        for (var block = Pages.HugeUp(start); block < Pages.HugeDown(end); block += Pages.HugeSize)
        {
            var error = vma.IsAnonymous ? Anonymous(ref machine, space, vma, block, out var goOn) : Shmem(ref machine, space, vma, block, out goOn);
            failure = error != Errno.None ? error : failure;
            if (!goOn)
            {
                break;
            }
        }

        return failure;
    }

    // thp_vma_allowable_order() for a forced collapse
    private static bool IsAllowable(Machine machine, int space, Vma vma)
    {
        if (machine.Space(space).IsThpDisabled || vma.HasAny(VmFlags.Special | VmFlags.HugeTlb | VmFlags.NoHugePage) || vma.Backing is not (Backing.Anonymous or Backing.Shmem))
        {
            return false;
        }

        // Nothing was ever written there.
        if (vma.IsAnonymous && vma.AnonVma == 0)
        {
            return false;
        }

        if (!vma.IsAnonymous && ((Pages.Number(vma.Start) - vma.PageOffset) & (Pages.PerHuge - 1)) != 0)
        {
            return false;
        }

        return Pages.HugeUp(vma.Start) + Pages.HugeSize <= vma.End;
    }

    // hpage_collapse_scan_pmd() and collapse_huge_page()
    private static Errno Anonymous(ref Machine machine, int space, Vma vma, ulong block, out bool goOn)
    {
        goOn = true;
        var table = machine.Space(space).Table;
        var (first, end) = (Pages.Number(block), Pages.Number(block + Pages.HugeSize));
        if (table.TryNext(first, end, out _, out var sample) && sample.Has(PteFlags.Huge))
        {
            return Errno.None;
        }

        // An empty page table is one of zeroes.
        if (!machine.Space(space).HasTable(block))
        {
            return Errno.EINVAL;
        }

        var hasMarker = false;
        for (var number = first; number < end; number++)
        {
            var pte = table[number];
            if (pte.Kind is PteKind.None or PteKind.Zero)
            {
                if (vma.IsUffdArmed)
                {
                    goOn = false;
                    return Errno.EBUSY;
                }
            }
            else if (pte.Kind == PteKind.UffdWpMarker || pte.Has(PteFlags.UffdWp))
            {
                return Errno.EINVAL;
            }
            else if (pte.Kind != PteKind.Page)
            {
                // Taken for a swap entry; reading it in fails later, and ends everything.
                hasMarker = true;
            }
            else if (machine.FrameAt(pte.Frame) is { References: > 0 } or { Pins: > 0 })
            {
                return Errno.EAGAIN;
            }
        }

        if (hasMarker)
        {
            goOn = false;
            return Errno.EINVAL;
        }

        machine = machine.With(space, machine.Space(space).WithoutTable(block));
        for (var address = block; address < block + Pages.HugeSize; address += Pages.Size)
        {
            var pte = table[Pages.Number(address)];
            var content = pte.Kind == PteKind.Page ? machine.FrameAt(pte.Frame).Content : (byte)0;
            machine = machine.ClearPte(space, address).AllocateFrame(PageFault.AnonymousFrame(vma, content, FrameFlags.Large), out var frame);
            machine = machine.MapPage(space, address, PageFault.Entry(vma, frame, vma.Has(VmFlags.Write)).Plus(PteFlags.Huge | PteFlags.Dirty));
        }

        return Errno.None;
    }

    // collapse_file() and mapping the result
    private static Errno Shmem(ref Machine machine, int space, Vma vma, ulong block, out bool goOn)
    {
        var index = vma.OffsetOf(block);
        goOn = machine.File(vma.File).Cache.TryNext(index, index + Pages.PerHuge, out _, out _);
        if (!goOn)
        {
            return Errno.EINVAL;
        }

        for (var address = block; address < block + Pages.HugeSize; address += Pages.Size)
        {
            machine = machine.ReadPage(vma.File, vma.OffsetOf(address), out var frame);
            machine = machine.WithFrame(frame, machine.FrameAt(frame) with { Flags = machine.FrameAt(frame).Flags | FrameFlags.Large });
        }

        return MapCollapsed(ref machine, space, vma, block);
    }

    // collapse_pte_mapped_thp(): a guard keeps the page table.
    private static Errno MapCollapsed(ref Machine machine, int space, Vma vma, ulong block)
    {
        var hasGuard = machine.Space(space).Table.In(Pages.Number(block), Pages.Number(block + Pages.HugeSize)).Any(static entry => entry.Value.Kind == PteKind.Guard);
        for (var address = block; address < block + Pages.HugeSize; address += Pages.Size)
        {
            var pte = machine.Space(space).Table[Pages.Number(address)];
            machine = hasGuard ? pte.Kind == PteKind.Page ? machine.ClearPte(space, address) : machine
                : pte.IsNone ? machine.MapPage(space, address, PageFault.Entry(vma, machine.Cached(vma.File, vma.OffsetOf(address)), isWritable: false).Plus(PteFlags.Huge))
                : machine.ChangePte(space, address, pte.Plus(PteFlags.Huge));
        }

        machine = hasGuard ? machine : machine.With(space, machine.Space(space).WithoutTable(block));
        return hasGuard ? Errno.EINVAL : Errno.None;
    }
}
