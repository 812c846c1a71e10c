using Review.Model.Memory;

namespace Review.Model.Advice;

/// <summary>MADV_FREE and reclaim on demand.</summary>
public static class LazyFree
{
    /// <summary>madvise_free_pte_range(): pages may be dropped by reclaim until they are written again.</summary>
    public static Machine Free(Machine machine, int space, ulong start, ulong end)
    {
        machine = HugeFolio.SplitPartial(machine, space, start, end);
        var from = Pages.Number(start);
        while (machine.Space(space).Table.TryNext(from, Pages.Number(end), out var number, out var pte))
        {
            from = number + 1;
            if (pte.Kind == PteKind.Page && !IsOfWhole(machine, pte) && machine.FrameAt(pte.Frame) is var frame && frame.Has(FrameFlags.Anon))
            {
                machine = machine.ChangePte(space, number << Pages.Shift, pte.Minus(PteFlags.Dirty))
                    .WithFrame(pte.Frame, frame with { Flags = (frame.Flags | FrameFlags.LazyFree) & ~FrameFlags.Dirty });
            }
        }

        return machine;
    }

    /// <summary>
    /// MADV_PAGEOUT: madvise_cold_or_pageout_pte_range() and reclaim_pages(), without swap. Pages that others map as well, or that are
    /// not on an LRU list, stay.
    /// </summary>
    public static Machine PageOut(Machine machine, int space, Vma vma, ulong start, ulong end)
    {
        machine = HugeFolio.SplitPartial(machine, space, start, end);
        for (var block = Pages.HugeDown(start); block < end; block += Pages.HugeSize)
        {
            // A whole huge page cannot go to swap in one piece, so reclaim splits it.
            var first = machine.Space(space).PteAt(block);
            machine = HugeFolio.IsLarge(machine, first) && !machine.FrameAt(first.Frame).Has(FrameFlags.LazyFree) ? HugeFolio.Split(machine, space, block) : machine;
        }

        var reclaimsFile = MayReclaimFile(machine, space, vma);
        var from = Pages.Number(start);
        while (machine.Space(space).Table.TryNext(from, Pages.Number(end), out var number, out var pte))
        {
            from = number + 1;
            if (pte.Kind != PteKind.Page || pte.Frame == 0 || machine.FrameAt(pte.Frame) is not { MapCount: 1 } frame || frame.Has(FrameFlags.LeftLocked))
            {
                continue;
            }

            if (!frame.Has(FrameFlags.Anon))
            {
                machine = vma.Backing is Backing.DiskFile or Backing.Shmem && frame.Has(FrameFlags.Cached) && reclaimsFile ? ReclaimCached(machine, space, number, pte.Frame) : machine;
            }
            else if (frame.Has(FrameFlags.LazyFree))
            {
                machine = Reclaim(machine, space, vma, number, pte, frame);
            }
        }

        return machine;
    }

    /// <summary>can_do_file_pageout(): nobody learns or changes what is cached of a file that belongs to another user.</summary>
    public static bool MayReclaimFile(Machine machine, int space, Vma vma) =>
        vma.File == 0 || !machine.File(vma.File).IsPrivateToRoot || machine.Processes.Any(process => process.Space == space && process.IsPrivileged);

    // The entry goes; the page itself goes too if it is clean, which of shared memory it is only as long as nobody wrote it.
    private static Machine ReclaimCached(Machine machine, int space, ulong number, int page)
    {
        machine = machine.ClearPte(space, number << Pages.Shift);
        var frame = machine.FrameAt(page);
        if (frame.Has(FrameFlags.Dirty) && machine.File(frame.File).Backing == Backing.DiskFile)
        {
            return machine.WithFrame(page, frame with { Flags = frame.Flags | FrameFlags.Reclaim });
        }

        return frame.Has(FrameFlags.Dirty) || frame.References > 0 || frame.Pins > 0 ? machine : machine.PunchHole(frame.File, frame.Index, frame.Index + 1UL);
    }

    // A large folio that could not be split, because others share it, is left alone.
    private static bool IsOfWhole(Machine machine, Pte pte) => HugeFolio.IsLarge(machine, pte) && machine.FrameAt(pte.Frame).MapCount > 1;

    // try_to_unmap_one() for a page that is not swap-backed.
    private static Machine Reclaim(Machine machine, int space, Vma vma, ulong number, Pte pte, Frame frame)
    {
        if (frame.References > 0 || frame.Pins > 0)
        {
            return machine;
        }

        return (pte.Has(PteFlags.Dirty) || frame.Has(FrameFlags.Dirty)) && !vma.Has(VmFlags.Droppable)
            ? machine.WithFrame(pte.Frame, frame with { Flags = frame.Flags & ~(FrameFlags.LazyFree | FrameFlags.Dirty) })
            : machine.ClearPte(space, number << Pages.Shift);
    }
}
