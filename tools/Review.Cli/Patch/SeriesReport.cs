using System.Collections.Immutable;
using Review.Core.Diagnostics;
using Review.Patches.Replies;
using Review.Patches.Series;
using Review.Patches.Threads;

namespace Review.Cli.Patch;

/// <summary>What a report on a series says besides the findings that count.</summary>
internal sealed record SeriesReport
{
    /// <summary>The series.</summary>
    public required PatchSeries Series { get; init; }

    /// <summary>What it was applied to, and how that was found out.</summary>
    public required string Base { get; init; }

    /// <summary>What the series takes away.</summary>
    public ImmutableArray<CuredFinding> Cured { get; init; } = [];

    /// <summary>What comes and goes inside the series.</summary>
    public ImmutableArray<Finding> Transient { get; init; } = [];

    /// <summary>How many findings were there before and still are.</summary>
    public int Old { get; init; }

    /// <summary>Hunks that landed away from where they said.</summary>
    public ImmutableArray<MovedHunk> Moved { get; init; } = [];

    /// <summary>What is to be thought of the counter-proposals in the thread.</summary>
    public ImmutableArray<ProposalVerdict> Verdicts { get; init; } = [];

    /// <summary>What is said about each patch that has findings.</summary>
    public ImmutableArray<(SeriesPatch Patch, ImmutableArray<ReplyRemark> Remarks)> Letters { get; init; } = [];

    /// <summary>Remarks in the thread that the analysis shows to be false.</summary>
    public ImmutableArray<RefutedClaim> Refuted { get; init; } = [];

    /// <summary>What else a person should know: lower case, no full stop.</summary>
    public ImmutableArray<string> Remarks { get; init; } = [];
}
