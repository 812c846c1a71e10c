using Review.Model.Eras;

namespace Review.Model.Advice;

/// <summary>What an advice does to a VMA or its pages.</summary>
public enum AdviceAction : byte
{
    Normal,
    Random,
    Sequential,
    WillNeed,
    DontNeed,
    Free,
    Remove,
    DontFork,
    DoFork,
    Mergeable,
    Unmergeable,
    HugePage,
    NoHugePage,
    DontDump,
    DoDump,
    WipeOnFork,
    KeepOnFork,
    Cold,
    PageOut,
    PopulateRead,
    PopulateWrite,
    DontNeedLocked,
    Collapse,
    HwPoison,
    SoftOffline,
    GuardInstall,
    GuardRemove,
}

/// <summary>Which lock madvise() holds for an advice (enum madvise_lock_mode).</summary>
public enum AdviceLock : byte
{
    None,
    MmapRead,
    MmapWrite,

    /// <summary>The lock of the one VMA; mmap_lock for reading where that is not possible.</summary>
    VmaRead,
}

/// <summary>What belongs to an advice.</summary>
[Flags]
public enum AdviceTraits : byte
{
    None = 0,

    /// <summary>Changes vm_flags only: splits and merges.</summary>
    ChangesFlags = 1,

    /// <summary>Throws data away: refused on sealed read-only anonymous memory (is_discard()).</summary>
    Discards = 2,

    /// <summary>Allowed on another process (process_madvise_remote_valid()).</summary>
    Remote = 4,

    /// <summary>Populates page by page instead of walking VMAs (is_madvise_populate()).</summary>
    Populates = 8,

    /// <summary>Announces itself to a userfaultfd with EVENT_REMOVE.</summary>
    SendsRemove = 16,

    /// <summary>TLB flushes of several ranges are batched (madvise_batch_tlb_flush()).</summary>
    BatchesTlb = 32,
}

/// <summary>One row of the table of advice.</summary>
/// <param name="Value">The MADV_ value.</param>
/// <param name="Name">Its name.</param>
/// <param name="Action">What it does.</param>
/// <param name="Lock">The lock it takes.</param>
/// <param name="Traits">What belongs to it.</param>
/// <param name="Since">First kernel version that has it, e.g. 601 for 6.1; 0 for all.</param>
/// <param name="RemoteSince">First kernel version in which process_madvise() takes it.</param>
/// <param name="Needs">Whether a kernel was built for it.</param>
public sealed record AdviceInfo(
    int Value, string Name, AdviceAction Action, AdviceLock Lock, AdviceTraits Traits, int Since = 0, int RemoteSince = 0, Func<KernelBuild, bool>? Needs = null)
{
    /// <summary>Whether it has a trait.</summary>
    public bool Has(AdviceTraits trait) => (Traits & trait) != AdviceTraits.None;

    /// <summary>madvise_behavior_valid(): whether a kernel knows it.</summary>
    public bool IsKnown(KernelEra era, KernelBuild build) => Since <= era.Version && Needs?.Invoke(build) != false;

    /// <summary>Whether process_madvise() takes it for another process.</summary>
    public bool IsRemote(KernelEra era) => Has(AdviceTraits.Remote) && RemoteSince <= era.Version;
}

/// <summary>Every MADV_ value of Linux 6.18 on x86, and all that hangs on the value alone. The only place that knows.</summary>
public static class AdviceTable
{
    private const AdviceTraits Flags = AdviceTraits.ChangesFlags;
    private const AdviceTraits Zap = AdviceTraits.Discards | AdviceTraits.SendsRemove | AdviceTraits.BatchesTlb;

    /// <summary>The rows, by value.</summary>
    public static IReadOnlyList<AdviceInfo> All { get; } =
    [
        new(Madv.Normal, "MADV_NORMAL", AdviceAction.Normal, AdviceLock.MmapWrite, Flags),
        new(Madv.Random, "MADV_RANDOM", AdviceAction.Random, AdviceLock.MmapWrite, Flags),
        new(Madv.Sequential, "MADV_SEQUENTIAL", AdviceAction.Sequential, AdviceLock.MmapWrite, Flags),
        new(Madv.WillNeed, "MADV_WILLNEED", AdviceAction.WillNeed, AdviceLock.MmapRead, AdviceTraits.Remote, RemoteSince: 515),
        new(Madv.DontNeed, "MADV_DONTNEED", AdviceAction.DontNeed, AdviceLock.VmaRead, Zap),
        new(Madv.Free, "MADV_FREE", AdviceAction.Free, AdviceLock.VmaRead, Zap),
        new(Madv.Remove, "MADV_REMOVE", AdviceAction.Remove, AdviceLock.MmapRead, AdviceTraits.Discards | AdviceTraits.SendsRemove),
        new(Madv.DontFork, "MADV_DONTFORK", AdviceAction.DontFork, AdviceLock.MmapWrite, Flags | AdviceTraits.Discards),
        new(Madv.DoFork, "MADV_DOFORK", AdviceAction.DoFork, AdviceLock.MmapWrite, Flags),
        new(Madv.Mergeable, "MADV_MERGEABLE", AdviceAction.Mergeable, AdviceLock.MmapWrite, Flags, Needs: static build => build.HasKsm),
        new(Madv.Unmergeable, "MADV_UNMERGEABLE", AdviceAction.Unmergeable, AdviceLock.MmapWrite, Flags, Needs: static build => build.HasKsm),
        new(Madv.HugePage, "MADV_HUGEPAGE", AdviceAction.HugePage, AdviceLock.MmapWrite, Flags, Needs: static build => build.HasThp),
        new(Madv.NoHugePage, "MADV_NOHUGEPAGE", AdviceAction.NoHugePage, AdviceLock.MmapWrite, Flags, Needs: static build => build.HasThp),
        new(Madv.DontDump, "MADV_DONTDUMP", AdviceAction.DontDump, AdviceLock.MmapWrite, Flags),
        new(Madv.DoDump, "MADV_DODUMP", AdviceAction.DoDump, AdviceLock.MmapWrite, Flags),
        new(Madv.WipeOnFork, "MADV_WIPEONFORK", AdviceAction.WipeOnFork, AdviceLock.MmapWrite, Flags | AdviceTraits.Discards),
        new(Madv.KeepOnFork, "MADV_KEEPONFORK", AdviceAction.KeepOnFork, AdviceLock.MmapWrite, Flags),
        new(Madv.Cold, "MADV_COLD", AdviceAction.Cold, AdviceLock.MmapRead, AdviceTraits.Remote, RemoteSince: 510),
        new(Madv.PageOut, "MADV_PAGEOUT", AdviceAction.PageOut, AdviceLock.MmapRead, AdviceTraits.Remote, RemoteSince: 510),
        new(Madv.PopulateRead, "MADV_POPULATE_READ", AdviceAction.PopulateRead, AdviceLock.MmapRead, AdviceTraits.Populates, Since: 514),
        new(Madv.PopulateWrite, "MADV_POPULATE_WRITE", AdviceAction.PopulateWrite, AdviceLock.MmapRead, AdviceTraits.Populates, Since: 514),
        new(Madv.DontNeedLocked, "MADV_DONTNEED_LOCKED", AdviceAction.DontNeedLocked, AdviceLock.VmaRead, Zap, Since: 518),
        new(Madv.Collapse, "MADV_COLLAPSE", AdviceAction.Collapse, AdviceLock.MmapRead, AdviceTraits.Remote, Since: 601, RemoteSince: 601, Needs: static build => build.HasThp),
        new(Madv.HwPoison, "MADV_HWPOISON", AdviceAction.HwPoison, AdviceLock.None, AdviceTraits.None, Needs: static build => build.HasMemoryFailure),
        new(Madv.SoftOffline, "MADV_SOFT_OFFLINE", AdviceAction.SoftOffline, AdviceLock.None, AdviceTraits.None, Needs: static build => build.HasMemoryFailure),
        new(Madv.GuardInstall, "MADV_GUARD_INSTALL", AdviceAction.GuardInstall, AdviceLock.MmapRead, AdviceTraits.Discards, Since: 613),
        new(Madv.GuardRemove, "MADV_GUARD_REMOVE", AdviceAction.GuardRemove, AdviceLock.MmapRead, AdviceTraits.None, Since: 613),
    ];

    /// <summary>The row of a value that a machine's kernel knows, or null.</summary>
    public static AdviceInfo? Find(Machine machine, int value)
    {
        foreach (var row in All)
        {
            if (row.Value == value)
            {
                return row.IsKnown(machine.Era, machine.Build) ? row : null;
            }
        }

        return null;
    }

    /// <summary>The name of a value, or the number where there is none.</summary>
    public static string NameOf(int value) => Madv.NameOf(value);
}
