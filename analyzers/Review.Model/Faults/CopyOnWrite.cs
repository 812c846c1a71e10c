using Review.Model.Memory;
using Review.Model.Userfault;

namespace Review.Model.Faults;

/// <summary>Write faults on present pages: do_wp_page().</summary>
internal static class CopyOnWrite
{
    public static FaultOutcome Handle(Machine machine, int space, Vma vma, ulong address, Pte pte, FaultFlags flags)
    {
        if (flags.HasFlag(FaultFlags.Write) && pte.Has(PteFlags.UffdWp) && vma.Has(VmFlags.UffdWp))
        {
            return UserfaultQueue.Ask(machine, vma, address, flags, VmFlags.UffdWp);
        }

        if (vma.HasAny(VmFlags.Shared | VmFlags.MayShare))
        {
            // wp_page_shared(): the file system is told (page_mkwrite), the entry becomes writable.
            return FaultOutcome.Done(vma.Has(VmFlags.Write) ? machine.ChangePte(space, address, pte.Plus(PteFlags.Write | PteFlags.Dirty)) : machine);
        }

        if (pte.Kind == PteKind.HugeZero)
        {
            // do_huge_zero_wp_pmd(): a huge page of its own.
            machine = machine.ChangeEntries(space, Pages.HugeDown(address), Pages.HugeDown(address) + Pages.HugeSize, static _ => Pte.None);
            return PageFault.Handle(machine, space, vma, address, flags);
        }

        var keepsUffdWp = pte.Has(PteFlags.UffdWp) && vma.Has(VmFlags.UffdWp);
        var frame = pte.Kind == PteKind.Page && pte.Frame != 0 ? machine.FrameAt(pte.Frame) : default;
        if (frame.Has(FrameFlags.Anon) && CanReuse(frame))
        {
            machine = machine.WithFrame(pte.Frame, frame with { Flags = frame.Flags | FrameFlags.Exclusive });
            return FaultOutcome.Done(flags.HasFlag(FaultFlags.Write) && vma.Has(VmFlags.Write) ? machine.ChangePte(space, address, pte.Plus(PteFlags.Write | PteFlags.Dirty)) : machine);
        }

        if (flags.HasFlag(FaultFlags.Unshare) && !frame.Has(FrameFlags.Anon))
        {
            return FaultOutcome.Done(machine);
        }

        // wp_page_copy()
        if (!PageFault.TryPrepareAnonVma(ref machine, space, ref vma, flags))
        {
            return FaultOutcome.Failed(machine, FaultCode.NeedsMmapLock);
        }

        machine = Unhuge(machine, space, address).ClearPte(space, address).AllocateFrame(PageFault.AnonymousFrame(vma, frame.Content), out var copy);
        var entry = PageFault.Entry(vma, copy, flags.HasFlag(FaultFlags.Write) && vma.Has(VmFlags.Write) && !keepsUffdWp);
        return FaultOutcome.Done(machine.MapPage(space, address, keepsUffdWp ? entry.Plus(PteFlags.UffdWp) : entry));
    }

    /// <summary>PageAnonExclusive, or wp_can_reuse_anon_folio(): nobody else maps or references it.</summary>
    private static bool CanReuse(Frame frame) => frame.Has(FrameFlags.Exclusive) || frame is { MapCount: 1, References: 0, Pins: 0 };

    /// <summary>A write to a part of a shared huge page splits the mapping first: do_huge_pmd_wp_page().</summary>
    private static Machine Unhuge(Machine machine, int space, ulong address)
    {
        var huge = Pages.HugeDown(address);
        return machine.Space(space).Table[Pages.Number(address)].Has(PteFlags.Huge)
            ? machine.WithTable(space, huge).ChangeEntries(space, huge, huge + Pages.HugeSize, static pte => pte.Minus(PteFlags.Huge))
            : machine;
    }
}
