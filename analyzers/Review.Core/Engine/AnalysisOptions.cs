using Review.Core.Diagnostics;

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
}
