using Review.Core.Diagnostics;
using Review.Core.Syntax;

namespace Review.Core.Engine;

/// <summary>How an analysis runs. None of it may change what a rule finds.</summary>
public sealed record AnalysisOptions
{
    /// <summary>How many threads work at once, from 1.</summary>
    public int Parallelism { get; init; } = Environment.ProcessorCount;

    /// <summary>Which rules run.</summary>
    public RuleSelection Rules { get; init; } = RuleSelection.All;

    /// <summary>The severities.</summary>
    public SeverityConfiguration Severities { get; init; } = SeverityConfiguration.Default;

    /// <summary>True if suppression comments count; false while a patch is reviewed, whose author must not be asked.</summary>
    public bool HonourComments { get; init; } = true;

    /// <summary>Findings that were there before.</summary>
    public Baseline Baseline { get; init; } = Baseline.Empty;

    /// <summary>Hears where the time goes; null if nobody asks.</summary>
    public AnalysisProfile? Profile { get; init; }

    /// <summary>Hears of every input that is done, from any thread.</summary>
    public Action<string>? Progress { get; init; }

    /// <summary>Hears of every file that is done, from any thread, with the result as if there were no other; the baseline is not applied.</summary>
    public Action<AnalysisResult>? Finished { get; init; }

    /// <summary>
    /// Looks at all files of one build and group together before any rule looks at one of them; then all their trees are there at once. A file under a change of the
    /// configuration is a group of its own. Null if every file is looked at alone: then a tree is dropped before another one is loaded.
    /// </summary>
    public Action<IReadOnlyList<TranslationUnit>>? LookAtAll { get; init; }
}
