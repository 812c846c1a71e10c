using System.Collections.Immutable;

namespace Review.Witness.Claims;

/// <summary>What a finding claims: that a function has a defect of a class.</summary>
/// <param name="Rule">The rule's name, e.g. <c>stale-prev</c>.</param>
/// <param name="Function">The function, e.g. <c>madvise_willneed</c>.</param>
public sealed record Claim(string Rule, string Function);

/// <summary>Which properties a defect of a class breaks on the model, if it is one.</summary>
public static class ClaimedProperties
{
    private static readonly ImmutableDictionary<string, ImmutableHashSet<ViolationKind>> ByRule = new Dictionary<string, ImmutableHashSet<ViolationKind>>(StringComparer.Ordinal)
    {
        ["stale-prev"] = [ViolationKind.UseAfterFree, ViolationKind.Unlocked, ViolationKind.NoProgress],
        ["stale-vma-use"] = [ViolationKind.UseAfterFree, ViolationKind.Unlocked, ViolationKind.Reference],
        ["missing-revalidation"] = [ViolationKind.UseAfterFree, ViolationKind.Unlocked, ViolationKind.PageLost, ViolationKind.NullPointer],
        ["walk-progress"] = [ViolationKind.PageSkipped, ViolationKind.NoProgress, ViolationKind.NullPointer],
        ["useless-writeback"] = [ViolationKind.PageSkipped],
        ["lock-dropped-in-batch"] = [ViolationKind.LockDroppedInBatch],
        ["mmap-lock-imbalance"] = [ViolationKind.LockState, ViolationKind.Unlocked],
        ["notifier-range-uninit"] = [ViolationKind.Notifier],
        ["notifier-unpaired"] = [ViolationKind.Notifier],
        ["tlb-gather-unpaired"] = [ViolationKind.TlbGather],
        ["pointer-level"] = [ViolationKind.TlbGather, ViolationKind.Memory],
        ["page-ref-leak"] = [ViolationKind.Reference],
        ["range-rounding"] = [ViolationKind.PageLost],
        ["range-overflow"] = [ViolationKind.PageLost, ViolationKind.WrongResult],
        ["errno-contract"] = [ViolationKind.WrongResult],
        ["silent-default"] = [ViolationKind.WrongResult],
        ["behavior-matrix"] = [ViolationKind.WrongResult],
    }.ToImmutableDictionary(StringComparer.Ordinal);

    /// <summary>Classes of which the model shows some defects only: a search that finds nothing says nothing.</summary>
    private static readonly ImmutableHashSet<string> OnlyConfirmed = ["pointer-level", "page-ref-leak", "range-rounding", "range-overflow", "silent-default", "behavior-matrix"];

    /// <summary>True if a search without a violation refutes a claim of the rule.</summary>
    public static bool MayBeRefuted(string rule) => !OnlyConfirmed.Contains(rule);

    /// <summary>The properties of a rule; null if the model has none for it.</summary>
    public static IReadOnlySet<ViolationKind>? Of(string rule) => ByRule.GetValueOrDefault(rule);
}
