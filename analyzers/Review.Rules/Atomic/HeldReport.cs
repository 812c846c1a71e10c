using System.Collections.Immutable;
using Review.Core.Syntax;

namespace Review.Rules.Atomic;

/// <summary>What went wrong with something that is held.</summary>
internal enum Incident
{
    /// <summary>A path leaves the function with a lock that nobody else can release.</summary>
    LockKept,

    /// <summary>A path leaves the function with a mapping that nobody else can end.</summary>
    MappingKept,

    /// <summary>A lock is released that the path has released before.</summary>
    ReleasedTwice,

    /// <summary>A lock is taken that the path holds.</summary>
    TakenTwice,

    /// <summary>An entry is used after its mapping ended.</summary>
    UsedAfterUnmap,

    /// <summary>An entry is used where there is no page table.</summary>
    NoEntryUsed,

    /// <summary>A mapping is ended through a pointer that may stand behind its last entry.</summary>
    UnmappedBehind,

    /// <summary>A call may sleep while something that forbids it is held.</summary>
    SleptHolding,

    /// <summary>A call may sleep in a section that forbids it.</summary>
    SleptInSection,

    /// <summary>The page table lock is dropped in lazy MMU mode.</summary>
    DroppedInLazyMode,

    /// <summary>A call may sleep in lazy MMU mode.</summary>
    SleptInLazyMode,
}

/// <summary>One thing that went wrong.</summary>
/// <param name="Kind">What.</param>
/// <param name="At">The node to show.</param>
/// <param name="Since">What began what is held.</param>
/// <param name="End">Where the path left the function, if that is what is wrong.</param>
internal sealed record HeldFinding(Incident Kind, Node At, Hold Since, ReturnStatement? End)
{
    /// <summary>The returns before which it is to be given back: every path to each of them has it. Empty where only a person can tell.</summary>
    public ImmutableArray<ReturnStatement> Returns { get; init; } = [];
}

/// <summary>What the paths of one function do to what is held: what goes wrong, and what callers have to know.</summary>
/// <param name="Findings">What goes wrong, in the order in which it was found.</param>
/// <param name="KeepsLocks">True if some path returns with a lock or mapping that it began.</param>
/// <param name="ReleasesForeign">True if some path ends a lock, mapping or section that the function did not begin.</param>
/// <param name="Sections">The sections that some path begins or ends for the caller.</param>
internal sealed record HeldReport(ImmutableArray<HeldFinding> Findings, bool KeepsLocks, bool ReleasesForeign, ImmutableHashSet<string> Sections)
{
    /// <summary>Nobody knows: the function has too many paths, or it is one of a circle that is being looked at.</summary>
    public static readonly HeldReport Unknown = new([], true, true, []);

    /// <summary>The function leaves everything as it was.</summary>
    public static readonly HeldReport Neutral = new([], false, false, []);

    /// <summary>True if a caller can take the function for one that does nothing to what is held.</summary>
    public bool IsNeutral => !KeepsLocks && !ReleasesForeign && Sections.IsEmpty;
}
