using System.Collections.Immutable;

namespace Review.Witness.Claims;

/// <summary>Which properties a defect of a class breaks on the model, if it is one.</summary>
public static class ClaimedProperties
{
    private static readonly ImmutableDictionary<string, ImmutableHashSet<ViolationKind>> ByRule = new Dictionary<string, ImmutableHashSet<ViolationKind>>(StringComparer.Ordinal)
    {
        ["stale-prev"] = [ViolationKind.UseAfterFree, ViolationKind.Unlocked, ViolationKind.Contract, ViolationKind.EndlessLoop],
        ["stale-vma-use"] = [ViolationKind.UseAfterFree, ViolationKind.Unlocked, ViolationKind.Reference],
        ["missing-revalidation"] = [ViolationKind.UseAfterFree, ViolationKind.Unlocked, ViolationKind.PageLost, ViolationKind.NullPointer],
        ["walk-progress"] = [ViolationKind.PageSkipped, ViolationKind.NoProgress, ViolationKind.EndlessLoop, ViolationKind.NullPointer],
        ["useless-writeback"] = [ViolationKind.PageSkipped],
        ["lock-dropped-in-batch"] = [ViolationKind.LockDroppedInBatch],
        ["mmap-lock-imbalance"] = [ViolationKind.LockState, ViolationKind.Unlocked],
        ["pte-lock"] = [ViolationKind.PageTableLock],
        ["sleep-in-atomic"] = [ViolationKind.SleepInAtomic],
        ["notifier-range-uninit"] = [ViolationKind.Notifier, ViolationKind.Memory],
        ["notifier-unpaired"] = [ViolationKind.Notifier],
        ["tlb-gather-unpaired"] = [ViolationKind.TlbGather],
        ["pointer-level"] = [ViolationKind.TlbGather, ViolationKind.Memory],
        ["page-ref-leak"] = [ViolationKind.Reference, ViolationKind.NullPointer],
        ["range-rounding"] = [ViolationKind.PageLost],
        ["range-overflow"] = [ViolationKind.PageLost, ViolationKind.WrongResult],
        ["errno-contract"] = [ViolationKind.WrongResult],
        ["destructive-remote"] = [ViolationKind.RemoteAccess],
        ["silent-default"] = [ViolationKind.WrongResult],
        ["behavior-matrix"] = [ViolationKind.WrongResult],
    }.ToImmutableDictionary(StringComparer.Ordinal);

    /// <summary>Classes of which the model shows some defects only: a search that finds nothing says nothing.</summary>
    private static readonly ImmutableHashSet<string> OnlyConfirmed = ["pointer-level", "page-ref-leak", "pte-lock", "sleep-in-atomic", "range-rounding", "range-overflow", "silent-default", "behavior-matrix"];

    /// <summary>Classes whose defects show only if others change the mappings while mmap_lock is dropped.</summary>
    private static readonly ImmutableHashSet<string> OverDrops = ["stale-prev", "stale-vma-use", "missing-revalidation", "walk-progress", "useless-writeback"];

    /// <summary>True if a run says nothing of a claim of the rule when nobody else came in where mmap_lock was dropped.</summary>
    public static bool NeedInterference(string rule) => OverDrops.Contains(rule);

    /// <summary>Classes whose defects show where the code calls, looks at a member of a structure or stores something: a return without more is not one.</summary>
    private static readonly ImmutableHashSet<string> AtContacts = ["stale-prev", "stale-vma-use", "missing-revalidation", "notifier-range-uninit", "lock-dropped-in-batch", "walk-progress", "useless-writeback"];

    /// <summary>True if a defect of a rule may lie in any statement of a function, such as a return without more.</summary>
    public static bool NeedWholeFunction(string rule) => !AtContacts.Contains(rule);

    /// <summary>True if a defect of a rule shows in what the call returns, which says nothing where a run was made to take a branch.</summary>
    public static bool ShowInResult(string rule) => Of(rule)?.Overlaps([ViolationKind.WrongResult, ViolationKind.RemoteAccess]) == true;

    /// <summary>Classes whose defects are of what is opened and closed in order, whatever the data are.</summary>
    private static readonly ImmutableHashSet<string> OfOrder = ["notifier-range-uninit", "notifier-unpaired", "tlb-gather-unpaired", "mmap-lock-imbalance", "lock-dropped-in-batch"];

    /// <summary>True if a defect of a rule shows on a way through a function whatever the data on it are.</summary>
    public static bool ShowInOrder(string rule) => OfOrder.Contains(rule);

    /// <summary>True if a search by <see cref="Exploration.DirectCall"/>s without a violation refutes a claim of the rule: what a function does with pages is not known there.</summary>
    public static bool MayBeRefutedByDirectCalls(string rule) => ShowInOrder(rule) || rule == "stale-prev";

    /// <summary>True if defects of the rule show only where the callbacks of page walks are interpreted.</summary>
    public static bool IsOfWalks(string rule) => rule is "pte-lock" or "sleep-in-atomic";

    /// <summary>True if the rule is about what is done to another process.</summary>
    public static bool IsOfOthers(string rule) => rule == "destructive-remote";

    /// <summary>True if a search says nothing of a claim of the rule unless every function that may drop mmap_lock has done so.</summary>
    public static bool NeedDrops(string rule) => NeedInterference(rule) || rule is "mmap-lock-imbalance" or "lock-dropped-in-batch";

    /// <summary>True if a search without a violation refutes a claim of the rule.</summary>
    public static bool MayBeRefuted(string rule) => !OnlyConfirmed.Contains(rule);

    /// <summary>The properties of a rule; null if the model has none for it.</summary>
    public static IReadOnlySet<ViolationKind>? Of(string rule) => ByRule.GetValueOrDefault(rule);
}
