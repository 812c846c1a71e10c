namespace Review.Model.Eras;

/// <summary>
/// What differs between kernels, each point named by the change that made it. Everything else in the model is as in 6.18.
/// </summary>
public sealed record KernelEra
{
    /// <summary>The name of the preset, e.g. "v6.12".</summary>
    public required string Name { get; init; }

    /// <summary>Version as number, e.g. 612 for 6.12: which advice exists (see the table of advice).</summary>
    public required int Version { get; init; }

    /// <summary>
    /// madvise_walk_vmas() hands the end of a VMA's part to its callee by value: an end that the callee clamped after it had dropped
    /// mmap_lock is lost, and the walk goes on behind the unclamped end. True up to 6.12; later the range travels in a structure.
    /// </summary>
    public bool WalkerLosesClampedEnd { get; init; }

    /// <summary>process_madvise() on the caller's own memory takes every advice, without CAP_SYS_NICE. From 6.13 on.</summary>
    public bool SelfProcessMadviseTakesAll { get; init; }

    /// <summary>process_madvise() takes mmap_lock once for the whole vector. From 6.15 on; before, each range was a madvise() of its own.</summary>
    public bool VectorTakesLockOnce { get; init; }

    /// <summary>MADV_DONTNEED, DONTNEED_LOCKED and FREE inside one VMA take its lock instead of mmap_lock. From 6.17 on.</summary>
    public bool ZapUnderVmaLock { get; init; }

    /// <summary>Page faults take the VMA's lock first. From 6.4 on.</summary>
    public bool FaultUnderVmaLock { get; init; }

    /// <summary>mseal() exists. From 6.10 on.</summary>
    public bool HasMseal { get; init; }

    /// <summary>mremap() moves several VMAs at once when the size stays. From 6.17 on.</summary>
    public bool MremapMovesSeveralVmas { get; init; }

    /// <summary>MADV_DONTNEED works on hugetlb memory. From 5.18 on.</summary>
    public bool ZapsHugeTlb { get; init; }

    /// <summary>Guards work in file-backed memory. From 6.15 on.</summary>
    public bool GuardsInFiles { get; init; }

    /// <summary>VM_MAYBE_GUARD marks VMAs that may hold guards ("gu" in smaps).</summary>
    public bool MarksMaybeGuard { get; init; }

    /// <summary>
    /// filemap_map_pages() does not map the last page of a disk file where it would have to install a page table first. From 6.18 on,
    /// which keeps huge pages from reaching past the end of a file.
    /// </summary>
    public bool FaultAroundNeedsTableAtFileEnd { get; init; }

    /// <summary>Splitting a transparent huge page replaces pages that hold only zeroes by the zero page. From 6.12 on.</summary>
    public bool MapsZeroPagesOnSplit { get; init; }

    /// <summary>MADV_DONTNEED on the whole range of a page table frees it when it is left empty (CONFIG_PT_RECLAIM). From 6.14 on.</summary>
    public bool ReclaimsEmptyTables { get; init; }

    /// <summary>
    /// MADV_POPULATE_READ and _WRITE stop at a hole. From 6.9 on; before, madvise_walk_vmas() only remembered it and went on behind.
    /// </summary>
    public bool PopulateStopsAtHole { get; init; }

    /// <summary>A fault in a mapping of code reads only behind the missing page (VM_EXEC in do_sync_mmap_readahead()). From 6.16 on.</summary>
    public bool ReadsCodeForward { get; init; }

    /// <summary>MAP_DROPPABLE exists. From 6.11 on.</summary>
    public bool HasDroppable { get; init; }

    /// <summary>Linux 5.15.</summary>
    public static KernelEra V5_15 { get; } = new() { Name = "v5.15", Version = 515, WalkerLosesClampedEnd = true };

    /// <summary>Linux 6.1.</summary>
    public static KernelEra V6_1 { get; } = V5_15 with { Name = "v6.1", Version = 601, ZapsHugeTlb = true };

    /// <summary>Linux 6.12.</summary>
    public static KernelEra V6_12 { get; } = V6_1 with { Name = "v6.12", Version = 612, FaultUnderVmaLock = true, HasMseal = true, HasDroppable = true, MapsZeroPagesOnSplit = true, PopulateStopsAtHole = true };

    /// <summary>Linux 6.18, which the facts were recorded on.</summary>
    public static KernelEra V6_18 { get; } = V6_12 with
    {
        Name = "v6.18",
        Version = 618,
        WalkerLosesClampedEnd = false,
        SelfProcessMadviseTakesAll = true,
        VectorTakesLockOnce = true,
        ZapUnderVmaLock = true,
        MremapMovesSeveralVmas = true,
        GuardsInFiles = true,
        MarksMaybeGuard = true,
        ReadsCodeForward = true,
        FaultAroundNeedsTableAtFileEnd = true,
        ReclaimsEmptyTables = true,
    };

    /// <summary>The presets, oldest first.</summary>
    public static IReadOnlyList<KernelEra> All { get; } = [V5_15, V6_1, V6_12, V6_18];

    /// <summary>The preset with this name ("v6.12" or "6.12"), or null.</summary>
    public static KernelEra? Find(string name) => All.FirstOrDefault(era => era.Name == name || era.Name[1..] == name);
}
