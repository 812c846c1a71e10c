using Review.Model.Collections;

namespace Review.Model.Memory;

/// <summary>The page cache: reading in, truncating and punching holes. Indexes are pages of 4 KiB; for hugetlbfs, of 2 MiB.</summary>
public static class PageCache
{
    /// <summary>Pages that a fault in an uncached page of a disk file reads around it: the default read-ahead of 128 KiB.</summary>
    private const ulong ReadAround = 32;

    /// <summary>How far an index may go: the size in units of the cache.</summary>
    public static ulong CacheSize(this FileObject file) => file.Backing == Backing.HugeTlb ? file.SizePages / Pages.PerHuge : file.SizePages;

    /// <summary>The frame that caches a page of a file, 0 for none.</summary>
    public static int Cached(this Machine machine, int file, ulong index) => machine.File(file).Cache[index];

    /// <summary>Finds a page or brings it in; holes give zeroes: filemap_get_folio(), shmem_get_folio().</summary>
    public static Machine ReadPage(this Machine machine, int file, ulong index, out int frame)
    {
        frame = machine.Cached(file, index);
        return frame != 0 ? machine : machine.AddToCache(file, index, 0, out frame);
    }

    /// <summary>
    /// Brings in a page that a VMA misses and, in a disk file, those that are read with it (do_sync_mmap_readahead()): around it, or
    /// only behind it for sequential access and, inside the VMA, for code; none for random access.
    /// </summary>
    public static Machine ReadPageAround(this Machine machine, int file, ulong index, Vma vma)
    {
        var isCode = machine.Era.ReadsCodeForward && vma.Has(VmFlags.Exec);
        if (machine.File(file).ReadsAhead && (isCode || !vma.Has(VmFlags.RandRead)))
        {
            var isForward = isCode || vma.Has(VmFlags.SeqRead);
            var start = isForward ? index : index < ReadAround / 2 ? 0 : index - (ReadAround / 2);
            var end = Math.Min(start + ReadAround, machine.File(file).SizePages);
            end = isCode && !vma.Has(VmFlags.SeqRead) ? Math.Min(end, vma.OffsetOf(vma.End)) : end;
            for (var page = start; page < end; page++)
            {
                machine = machine.ReadPage(file, page, out _);
            }
        }

        return machine.ReadPage(file, index, out _);
    }

    /// <summary>Puts a page with this content into the cache, or changes the one that is there: write().</summary>
    public static Machine WritePage(this Machine machine, int file, ulong index, byte content)
    {
        var number = machine.Cached(file, index);
        machine = number != 0 ? machine.WithFrame(number, machine.FrameAt(number) with { Content = content }) : machine.AddToCache(file, index, content, out number);
        return machine.MarkDirty(number);
    }

    /// <summary>Takes pages [first, end) out of the cache and out of all mappings; private copies stay: shmem_fallocate() and others with PUNCH_HOLE.</summary>
    public static Machine PunchHole(this Machine machine, int file, ulong first, ulong end) =>
        machine.UnmapMappings(file, first, end, ZapScope.KeepCopies).SplitFolioAt(file, first).SplitFolioAt(file, end).DropCached(file, first, end);

    /// <summary>Changes a file's size; what is behind a smaller size is lost, in private copies too: truncate_pagecache().</summary>
    public static Machine Truncate(this Machine machine, int file, ulong sizePages)
    {
        var old = machine.File(file);
        if (sizePages < old.SizePages)
        {
            var first = old.Backing == Backing.HugeTlb ? sizePages / Pages.PerHuge : sizePages;
            machine = machine.UnmapMappings(file, first, old.CacheSize(), ZapScope.Pages).SplitFolioAt(file, first).DropCached(file, first, old.CacheSize());
        }

        return machine.With(file, machine.File(file) with { SizePages = sizePages });
    }

    /// <summary>unmap_mapping_range(): takes pages [first, end) of a file out of every address space.</summary>
    public static Machine UnmapMappings(this Machine machine, int file, ulong first, ulong end, ZapScope scope)
    {
        for (var space = 1; space <= machine.Spaces.Count; space++)
        {
            foreach (var vma in machine.Space(space).Vmas.Where(vma => vma.File == file))
            {
                var shift = vma.IsHugeTlb ? 21 : Pages.Shift;
                var offset = vma.IsHugeTlb ? vma.PageOffset / Pages.PerHuge : vma.PageOffset;
                var firstHere = Math.Max(first, offset);
                var endHere = Math.Min(end, offset + ((vma.End - vma.Start) >> shift));
                if (firstHere < endHere)
                {
                    machine = machine.ZapRange(space, vma, vma.Start + ((firstHere - offset) << shift), vma.Start + ((endHere - offset) << shift), scope);
                }
            }
        }

        return machine;
    }

    private static Machine AddToCache(this Machine machine, int file, ulong index, byte content, out int frame)
    {
        var backing = machine.File(file).Backing;
        var flags = FrameFlags.Cached | (backing == Backing.HugeTlb ? FrameFlags.HugeTlb : FrameFlags.None) | (backing == Backing.Secret ? FrameFlags.Secret : FrameFlags.None);
        machine = machine.AllocateFrame(new Frame(flags, content, File: file, Index: (uint)index), out frame);
        return machine.With(file, machine.File(file) with { Cache = machine.File(file).Cache.With(index, frame) });
    }

    // truncate_inode_partial_folio(): a huge folio that loses only a part becomes single pages.
    private static Machine SplitFolioAt(this Machine machine, int file, ulong index)
    {
        var first = index / Pages.PerHuge * Pages.PerHuge;
        if (machine.File(file).Backing != Backing.Shmem || first == index || machine.Cached(file, index - 1) is not (not 0 and var before) || !machine.FrameAt(before).Has(FrameFlags.Large))
        {
            return machine;
        }

        for (var at = first; at < first + Pages.PerHuge; at++)
        {
            if (machine.Cached(file, at) is not 0 and var frame)
            {
                machine = machine.WithFrame(frame, machine.FrameAt(frame) with { Flags = machine.FrameAt(frame).Flags & ~FrameFlags.Large });
            }
        }

        return machine;
    }

    private static Machine DropCached(this Machine machine, int file, ulong first, ulong end)
    {
        SparseMap<int> cache = machine.File(file).Cache;
        while (cache.TryNext(first, end, out var index, out var frame))
        {
            first = index + 1;
            cache = cache.With(index, 0);
            machine = machine.WithFrame(frame, machine.FrameAt(frame) with { Flags = machine.FrameAt(frame).Flags & ~FrameFlags.Cached, File = 0, Index = 0 });
        }

        return machine.With(file, machine.File(file) with { Cache = cache });
    }
}
