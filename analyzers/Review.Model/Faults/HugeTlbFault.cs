using Review.Model.Memory;
using Review.Model.Userfault;

namespace Review.Model.Faults;

/// <summary>Faults in memory of hugetlbfs: hugetlb_fault(). One entry and one frame stand for 2 MiB.</summary>
internal static class HugeTlbFault
{
    public static FaultOutcome Handle(Machine machine, int space, Vma vma, ulong address, FaultFlags flags)
    {
        var pte = machine.Space(space).Table[Pages.Number(address)];
        var isWrite = flags.HasFlag(FaultFlags.Write);
        var isShared = vma.Has(VmFlags.MayShare);
        switch (pte.Kind)
        {
            case PteKind.Guard:
                return FaultOutcome.Failed(machine, FaultCode.SigSegv);
            case PteKind.None:
                break;
            default:
                return isWrite && !pte.Has(PteFlags.Write) ? MakeWritable(machine, space, vma, address, pte, isShared) : FaultOutcome.Done(machine);
        }

        if (!isShared && !PageFault.TryPrepareAnonVma(ref machine, space, ref vma, flags))
        {
            return FaultOutcome.Failed(machine, FaultCode.NeedsMmapLock);
        }

        var index = vma.OffsetOf(address) / Pages.PerHuge;
        if (index >= machine.File(vma.File).CacheSize())
        {
            return FaultOutcome.Failed(machine, FaultCode.SigBus);
        }

        var cached = machine.Cached(vma.File, index);
        if (cached == 0 && vma.Has(VmFlags.UffdMissing))
        {
            return UserfaultQueue.Ask(machine, vma, address, flags);
        }

        if (!machine.Build.HasHugePages && (cached == 0 || !isShared))
        {
            // alloc_hugetlb_folio() fails with ENOSPC.
            return FaultOutcome.Failed(machine, FaultCode.SigBus);
        }

        if (isShared || (cached != 0 && !isWrite))
        {
            machine = machine.ReadPage(vma.File, index, out var frame);
            return FaultOutcome.Done(machine.MapPage(space, address, PageFault.Entry(vma, frame, isShared && vma.Has(VmFlags.Write))));
        }

        machine = machine.AllocateFrame(Fresh(cached == 0 ? (byte)0 : machine.FrameAt(cached).Content), out var own);
        return FaultOutcome.Done(machine.MapPage(space, address, PageFault.Entry(vma, own, isWrite && vma.Has(VmFlags.Write))));
    }

    private static FaultOutcome MakeWritable(Machine machine, int space, Vma vma, ulong address, Pte pte, bool isShared)
    {
        var frame = machine.FrameAt(pte.Frame);
        if (isShared || (frame.Has(FrameFlags.Anon) && frame is { MapCount: 1, References: 0, Pins: 0 }))
        {
            return FaultOutcome.Done(machine.ChangePte(space, address, pte.Plus(PteFlags.Write | PteFlags.Dirty)));
        }

        machine = machine.ClearPte(space, address).AllocateFrame(Fresh(frame.Content), out var copy);
        return FaultOutcome.Done(machine.MapPage(space, address, PageFault.Entry(vma, copy, vma.Has(VmFlags.Write))));
    }

    private static Frame Fresh(byte content) => new(FrameFlags.Anon | FrameFlags.Exclusive | FrameFlags.HugeTlb, content);
}
