using Review.Model.Memory;
using Review.Model.Userfault;

namespace Review.Model.Faults;

/// <summary>Faults in absent memory of files: do_fault() with its read, copy and shared variants.</summary>
internal static class FileFault
{
    public static FaultOutcome Handle(Machine machine, int space, Vma vma, ulong address, FaultFlags flags)
    {
        switch (vma.Backing)
        {
            case Backing.Vvar:
                return FaultOutcome.Done(machine.ChangePte(space, address, new Pte(PteKind.Page, PteFlags.Special)));
            case Backing.Vdso:
                // The pages of the image are nobody's: each mapping shows one of its own here.
                machine = machine.AllocateFrame(new Frame(FrameFlags.None), out var image);
                return FaultOutcome.Done(machine.MapPage(space, address, PageFault.Entry(vma, image, isWritable: false)));
            case Backing.PerfRing or Backing.IoUringRing or Backing.PacketRing:
                // Their pages were mapped by mmap(); there is no fault handler.
                return FaultOutcome.Failed(machine, FaultCode.SigBus);
        }

        var isWrite = flags.HasFlag(FaultFlags.Write);
        if (IsHugeFault(machine, space, vma, address))
        {
            return FaultOutcome.Done(MapHuge(machine, space, vma, Pages.HugeDown(address), isWrite));
        }

        var isShared = vma.HasAny(VmFlags.Shared | VmFlags.MayShare);
        var copies = isWrite && !isShared;
        if (copies && !PageFault.TryPrepareAnonVma(ref machine, space, ref vma, flags))
        {
            return FaultOutcome.Failed(machine, FaultCode.NeedsMmapLock);
        }

        var index = vma.OffsetOf(address);
        var file = vma.File;
        if (!isWrite && MapsAround(vma))
        {
            machine = MapAround(machine, space, vma, address);
            if (!machine.Space(space).Table[Pages.Number(address)].IsNone)
            {
                return FaultOutcome.Done(machine);
            }
        }

        if (index >= machine.File(file).SizePages)
        {
            return FaultOutcome.Failed(machine, FaultCode.SigBus);
        }

        if (vma.Backing == Backing.Shmem && vma.Has(machine.Cached(file, index) == 0 ? VmFlags.UffdMissing : VmFlags.UffdMinor))
        {
            return UserfaultQueue.Ask(machine, vma, address, flags, machine.Cached(file, index) == 0 ? VmFlags.UffdMissing : VmFlags.UffdMinor);
        }

        var wasCached = machine.Cached(file, index) != 0;
        machine = (wasCached ? machine : machine.ReadPageAround(file, index, vma)).ReadPage(file, index, out var frame);
        if (machine.FrameAt(frame).Has(FrameFlags.Reclaim))
        {
            // page_cache_async_ra() takes the bit for its own and clears it.
            machine = machine.WithFrame(frame, machine.FrameAt(frame) with { Flags = machine.FrameAt(frame).Flags & ~FrameFlags.Reclaim });
        }

        if (!wasCached && !isWrite && machine.File(file).ReadsAhead && flags.HasFlag(FaultFlags.AllowRetry))
        {
            // The lock was dropped for reading in; the fault is handled once more, and finds the page cached.
            machine = MapAround(machine, space, vma, address);
            if (!machine.Space(space).Table[Pages.Number(address)].IsNone)
            {
                return FaultOutcome.Done(machine);
            }
        }

        if (copies)
        {
            machine = machine.AllocateFrame(PageFault.AnonymousFrame(vma, machine.FrameAt(frame).Content), out frame);
        }

        return FaultOutcome.Done(machine.MapPage(space, address, PageFault.Entry(vma, frame, isWrite && vma.Has(VmFlags.Write))));
    }

    // do_set_pmd(): a page of a huge folio of shared memory brings all of it, where there is no page table yet.
    private static bool IsHugeFault(Machine machine, int space, Vma vma, ulong address)
    {
        var huge = Pages.HugeDown(address);
        return vma.Backing == Backing.Shmem && vma.Has(VmFlags.Shared) && !vma.IsUffdArmed && vma.Start <= huge && huge + Pages.HugeSize <= vma.End && !machine.Space(space).HasTable(huge)
            && vma.OffsetOf(huge) % Pages.PerHuge == 0 && !machine.Space(space).Table.TryNext(Pages.Number(huge), Pages.Number(huge + Pages.HugeSize), out _, out _)
            && machine.Cached(vma.File, vma.OffsetOf(address)) is not 0 and var frame && machine.FrameAt(frame).Has(FrameFlags.Large);
    }

    private static Machine MapHuge(Machine machine, int space, Vma vma, ulong huge, bool isWrite)
    {
        for (var address = huge; address < huge + Pages.HugeSize; address += Pages.Size)
        {
            machine = machine.MapPage(space, address, PageFault.Entry(vma, machine.Cached(vma.File, vma.OffsetOf(address)), isWrite && vma.Has(VmFlags.Write)).Plus(PteFlags.Huge));
        }

        return machine;
    }

    // should_fault_around()
    private static bool MapsAround(Vma vma) => vma.Backing is Backing.DiskFile or Backing.Shmem && !vma.HasAny(VmFlags.UffdWp | VmFlags.UffdMinor);

    /// <summary>do_fault_around() and filemap_map_pages(): maps the cached pages around, where nothing is mapped yet.</summary>
    private static Machine MapAround(Machine machine, int space, Vma vma, ulong address)
    {
        var window = Pages.FaultAround * Pages.Size;
        var start = Math.Max(address / window * window, vma.Start);
        var end = Math.Min(Math.Min(start + window, vma.End), Pages.HugeDown(address) + Pages.HugeSize);
        var file = machine.File(vma.File);
        if (IsStoppedAtFileEnd(machine, space, file, vma.OffsetOf(start), vma.OffsetOf(end), address))
        {
            return machine;
        }

        for (var at = start; at < end; at += Pages.Size)
        {
            var index = vma.OffsetOf(at);
            var frame = index < file.SizePages ? file.Cache[index] : 0;
            if (frame != 0 && machine.Space(space).Table[Pages.Number(at)].IsNone && !machine.FrameAt(frame).Has(FrameFlags.Reclaim))
            {
                machine = machine.MapPage(space, at, PageFault.Entry(vma, frame, isWritable: false));
            }
        }

        return machine;
    }

    // Only filemap_map_pmd() would install the page table, and it is left out when the first page found is the file's last.
    private static bool IsStoppedAtFileEnd(Machine machine, int space, FileObject file, ulong first, ulong end, ulong address) =>
        machine.Era.FaultAroundNeedsTableAtFileEnd && file.Backing == Backing.DiskFile && !machine.Space(space).HasTable(address)
        && file.Cache.TryNext(first, Math.Min(end, file.SizePages), out var found, out _) && found + 1 == file.SizePages;
}
