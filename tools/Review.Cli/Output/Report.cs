using Review.Cli.Patch;
using Review.Core.Diagnostics;
using Review.Core.Engine;
using Review.Core.Source;

namespace Review.Cli.Output;

/// <summary>Everything an output format is a function of.</summary>
/// <param name="Result">What was found.</param>
/// <param name="Rules">The rules that exist, for titles and pages.</param>
/// <param name="FindSource">The text of a file of the tree, or null if it is not known; used for excerpts only.</param>
internal sealed record Report(AnalysisResult Result, RuleCatalog Rules, Func<string, SourceText?> FindSource)
{
    /// <summary>The series that was reviewed; null for a tree.</summary>
    public SeriesReport? Series { get; init; }

    /// <summary>True if the text format may use colours: the output is a terminal and nobody objects.</summary>
    public bool UseColors { get; init; }
}
