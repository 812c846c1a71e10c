using System.Collections.Immutable;
using Review.Kernel.Architectures;
using Review.Witness.Exploration;

namespace Review.Cli.Witness;

/// <summary>What <c>mmreview witness</c> is asked to do.</summary>
/// <param name="Kernel">The tree.</param>
/// <param name="Revision">The commit to read; null for the work tree.</param>
/// <param name="Architecture">The architecture.</param>
/// <param name="File">The file with the function.</param>
internal sealed record WitnessOptions(string Kernel, string? Revision, Architecture Architecture, string File)
{
    /// <summary>The function to run.</summary>
    public string Entry { get; init; } = "do_madvise";

    /// <summary>Names or numbers of advice; empty for every one.</summary>
    public ImmutableArray<string> Advice { get; init; } = [];

    /// <summary>A program of threads to run instead of the situations of each advice (mmreview-explore/1); null for those.</summary>
    public string? Scenario { get; init; }

    /// <summary>Mails or diffs that are applied to the tree in memory, in this order.</summary>
    public ImmutableArray<string> Patches { get; init; } = [];

    /// <summary>Of a series in <see cref="Patches"/>, the patches up to this number; null for all.</summary>
    public int? UpTo { get; init; }

    /// <summary>How far a search goes.</summary>
    public Bounds Bounds { get; init; } = Bounds.Default;
}
