using Review.Model.Memory;

namespace Review.Model.Faults;

/// <summary>The page fault handler (mm/memory.c). The caller has found the VMA and tested the access rights.</summary>
public static class PageFault
{
    /// <summary>handle_mm_fault(): brings in, or makes writable, the page at an address of a VMA.</summary>
    public static FaultOutcome Handle(Machine machine, int space, Vma vma, ulong address, FaultFlags flags)
    {
        if (vma.IsHugeTlb)
        {
            return HugeTlbFault.Handle(machine, space, vma, Pages.HugeDown(address), flags);
        }

        address = Pages.RoundDown(address);
        var pte = machine.Space(space).Table[Pages.Number(address)];
        switch (pte.Kind)
        {
            case PteKind.None:
                return Missing(machine, space, vma, address, flags);
            case PteKind.Guard:
                return FaultOutcome.Failed(machine, FaultCode.SigSegv);
            case PteKind.Poisoned:
                return FaultOutcome.Failed(machine, FaultCode.SigBus);
            case PteKind.Migration:
                return FaultOutcome.Failed(machine, FaultCode.Wait);
            case PteKind.UffdWpMarker:
                // pte_marker_handle_uffd_wp(): the page comes in, write-protected as long as the VMA is registered.
                var missing = Missing(machine.ChangePte(space, address, Pte.None), space, vma, address, flags);
                return missing.Code != FaultCode.Done || !vma.Has(VmFlags.UffdWp)
                    ? missing with { Machine = missing.Code == FaultCode.Done ? missing.Machine : machine }
                    : FaultOutcome.Done(missing.Machine.ChangePte(space, address, missing.Machine.Space(space).Table[Pages.Number(address)].Plus(PteFlags.UffdWp).Minus(PteFlags.Write)));
        }

        if (pte.Has(PteFlags.ProtNone) && vma.IsAccessible)
        {
            // do_numa_page(): the hint has done its work.
            machine = machine.ChangePte(space, address, pte.Minus(PteFlags.ProtNone));
            pte = pte.Minus(PteFlags.ProtNone);
        }

        return (flags & (FaultFlags.Write | FaultFlags.Unshare)) != FaultFlags.None && !pte.Has(PteFlags.Write)
            ? CopyOnWrite.Handle(machine, space, vma, address, pte, flags)
            : FaultOutcome.Done(machine);
    }

    /// <summary>
    /// The entry that maps a frame in a VMA with its access rights (vm_page_prot); writable only if asked for.
    /// </summary>
    public static Pte Entry(Vma vma, int frame, bool isWritable)
    {
        var flags = (vma.IsAccessible ? PteFlags.None : PteFlags.ProtNone) | (isWritable ? PteFlags.Write | PteFlags.Dirty : PteFlags.None);
        return new Pte(PteKind.Page, flags, frame);
    }

    /// <summary>A fresh anonymous frame with this content, exclusive to one mapping.</summary>
    public static Frame AnonymousFrame(Vma vma, byte content, FrameFlags more = FrameFlags.None) =>
        new(more | FrameFlags.Anon | FrameFlags.Exclusive | (vma.Has(VmFlags.Droppable) ? FrameFlags.LazyFree : FrameFlags.None), content);

    /// <summary>
    /// anon_vma_prepare(): makes sure the VMA has an anon_vma, its own or one of a neighbour. Takes mmap_lock, so it fails under a VMA's lock.
    /// </summary>
    public static bool TryPrepareAnonVma(ref Machine machine, int space, ref Vma vma, FaultFlags flags)
    {
        if (vma.AnonVma != 0)
        {
            return true;
        }

        if (flags.HasFlag(FaultFlags.VmaLock))
        {
            return false;
        }

        var mm = machine.Space(space);
        var reused = VmaMerge.ReusableAnonVma(mm, vma);
        var prepared = vma with { AnonVma = reused != 0 ? reused : machine.NextAnonVma };
        machine = (reused != 0 ? machine : machine with { NextAnonVma = machine.NextAnonVma + 1 }).With(space, mm.Replace(vma, prepared));
        vma = prepared;
        return true;
    }

    /// <summary>As <see cref="TryPrepareAnonVma"/> with mmap_lock held, for memory that gets pages of its own.</summary>
    internal static void TryPrepareAnonVmaIfPrivate(ref Machine machine, int space, ref Vma vma)
    {
        if (!vma.Has(VmFlags.Shared))
        {
            TryPrepareAnonVma(ref machine, space, ref vma, FaultFlags.None);
        }
    }

    private static FaultOutcome Missing(Machine machine, int space, Vma vma, ulong address, FaultFlags flags) =>
        vma.IsAnonymous ? AnonymousFault.Handle(machine, space, vma, address, flags) : FileFault.Handle(machine, space, vma, address, flags);
}
