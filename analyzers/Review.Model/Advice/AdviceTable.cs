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

    /// <summary>Whether it is the same row: there is one for each value.</summary>
    public bool Equals(AdviceInfo? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => Value;
}

/// <summary>Every MADV_ value of Linux 6.18 on x86, and all that hangs on the value alone, as Madvise.table says it: the lookups are generated from it.</summary>
public static class AdviceTable
{
    private const MadviseInfoOptions EveryOption = MadviseInfoOptions.Ksm | MadviseInfoOptions.MemoryFailure | MadviseInfoOptions.TransparentHugepage;

    /// <summary>The rows, by value.</summary>
    public static IReadOnlyList<AdviceInfo> All { get; } = [.. MadviseInfo.All.Select(RowOf)];

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

    private static AdviceInfo RowOf(MadviseInfoAdvice advice)
    {
        var value = (int)advice;
        var name = advice.ToString();
        var since = MadviseInfo.SinceOf(value).Split(",remote:");
        return new AdviceInfo(
            value,
            name,
            Enum.Parse<AdviceAction>(name["MADV_".Length..].Replace("_", "", StringComparison.Ordinal), ignoreCase: true),
            MadviseInfo.LockOf(value, EveryOption) switch
            {
                MadviseInfoLock.Write => AdviceLock.MmapWrite,
                MadviseInfoLock.Read => AdviceLock.MmapRead,
                MadviseInfoLock.VmaRead => AdviceLock.VmaRead,
                _ => AdviceLock.None,
            },
            Trait(AdviceTraits.ChangesFlags, MadviseInfo.ChangesFlagsOf(value, EveryOption))
                | Trait(AdviceTraits.Discards, MadviseInfo.DiscardOf(value, EveryOption))
                | Trait(AdviceTraits.Remote, MadviseInfo.ProcessMadviseOf(value, EveryOption))
                | Trait(AdviceTraits.Populates, MadviseInfo.PopulateOf(value, EveryOption))
                | Trait(AdviceTraits.SendsRemove, MadviseInfo.AnnounceOf(value, EveryOption))
                | Trait(AdviceTraits.BatchesTlb, MadviseInfo.TlbBatchingOf(value, EveryOption)),
            VersionOf(since[0]),
            VersionOf(since[^1]),
            build => MadviseInfo.ValidOf(value, OptionsOf(build)));
    }

    private static AdviceTraits Trait(AdviceTraits trait, bool isSet) => isSet ? trait : AdviceTraits.None;

    private static MadviseInfoOptions OptionsOf(KernelBuild build) =>
        (build.HasKsm ? MadviseInfoOptions.Ksm : MadviseInfoOptions.None)
        | (build.HasThp ? MadviseInfoOptions.TransparentHugepage : MadviseInfoOptions.None)
        | (build.HasMemoryFailure ? MadviseInfoOptions.MemoryFailure : MadviseInfoOptions.None);

    /// <summary>5.15 as 515.</summary>
    private static int VersionOf(string text) => Version.Parse(text) is var version ? (version.Major * 100) + version.Minor : 0;
}
