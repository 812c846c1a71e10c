using Review.Model.Memory;
using Review.Model.Userfault;

namespace Review.Model.Faults;

/// <summary>Faults in absent private anonymous memory: do_anonymous_page() and do_huge_pmd_anonymous_page().</summary>
internal static class AnonymousFault
{
    public static FaultOutcome Handle(Machine machine, int space, Vma vma, ulong address, FaultFlags flags)
    {
        var isWrite = flags.HasFlag(FaultFlags.Write);
        var isHuge = !vma.Has(VmFlags.UffdMissing) && IsHugeFault(machine, space, vma, address);
        if ((isWrite || isHuge) && !PageFault.TryPrepareAnonVma(ref machine, space, ref vma, flags))
        {
            return FaultOutcome.Failed(machine, FaultCode.NeedsMmapLock);
        }

        if (VolatileMemory.OnAccess(machine, space, vma, address, flags) is { } purged)
        {
            return purged;
        }

        if (vma.Has(VmFlags.UffdMissing))
        {
            return UserfaultQueue.Ask(machine, vma, address, flags);
        }

        if (isHuge)
        {
            return FaultOutcome.Done(isWrite ? MapHuge(machine, space, vma, Pages.HugeDown(address)) : MapHugeZero(machine, space, vma, Pages.HugeDown(address)));
        }

        if (!isWrite)
        {
            var zero = new Pte(PteKind.Zero, PteFlags.Special | (vma.IsAccessible ? PteFlags.None : PteFlags.ProtNone));
            return FaultOutcome.Done(machine.ChangePte(space, address, zero));
        }

        machine = machine.AllocateFrame(PageFault.AnonymousFrame(vma, 0), out var frame);
        return FaultOutcome.Done(machine.MapPage(space, address, PageFault.Entry(vma, frame, vma.Has(VmFlags.Write))));
    }

    /// <summary>Whether transparent huge pages are wanted here (mode "madvise") and the whole huge page lies in the VMA.</summary>
    public static bool AllowsHuge(Machine machine, int space, Vma vma, ulong huge) =>
        machine.Build.HasThp && !machine.Space(space).IsThpDisabled && !vma.Has(VmFlags.NoHugePage) && vma.Start <= huge && huge + Pages.HugeSize <= vma.End;

    private static bool IsHugeFault(Machine machine, int space, Vma vma, ulong address)
    {
        var huge = Pages.HugeDown(address);
        return vma.Has(VmFlags.HugePage) && AllowsHuge(machine, space, vma, huge) && !machine.Space(space).HasTable(huge)
            && !machine.Space(space).Table.TryNext(Pages.Number(huge), Pages.Number(huge + Pages.HugeSize), out _, out _);
    }

    private static Machine MapHuge(Machine machine, int space, Vma vma, ulong huge)
    {
        for (var address = huge; address < huge + Pages.HugeSize; address += Pages.Size)
        {
            machine = machine.AllocateFrame(PageFault.AnonymousFrame(vma, 0, FrameFlags.Large), out var frame);
            machine = machine.MapPage(space, address, PageFault.Entry(vma, frame, vma.Has(VmFlags.Write)).Plus(PteFlags.Huge));
        }

        return machine;
    }

    private static Machine MapHugeZero(Machine machine, int space, Vma vma, ulong huge)
    {
        var zero = new Pte(PteKind.HugeZero, PteFlags.Huge | (vma.IsAccessible ? PteFlags.None : PteFlags.ProtNone));
        var table = machine.Space(space).Table;
        for (var number = Pages.Number(huge); number < Pages.Number(huge + Pages.HugeSize); number++)
        {
            table = table.With(number, zero);
        }

        return machine.With(space, machine.Space(space) with { Table = table });
    }
}
