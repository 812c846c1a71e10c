using System.Collections.Immutable;
using Review.Core.Dependencies;
using Review.Core.Syntax;

namespace Review.Core.Engine;

/// <summary>One run of a rule, on a function or on the file.</summary>
/// <param name="analyzer">The rule.</param>
/// <param name="unit">The file.</param>
/// <param name="function">The function; null for a run on the file.</param>
/// <param name="cancellationToken">Stops it.</param>
internal sealed class RuleRun(LoadedAnalyzer analyzer, TranslationUnit unit, FunctionDefinition? function, CancellationToken cancellationToken)
{
    private readonly List<RuleReport> reports = [];
    private readonly List<string> gaps = [];
    private readonly List<Exception> failures = [];

    /// <summary>What the rule reported, in its order.</summary>
    public IReadOnlyList<RuleReport> Reports => reports;

    /// <summary>Why it gave up, if it did.</summary>
    public IReadOnlyList<string> Gaps => gaps;

    /// <summary>What it threw: a rule that throws must not take the others along.</summary>
    public IReadOnlyList<Exception> Failures => failures;

    /// <summary>Takes a report.</summary>
    /// <exception cref="InvalidOperationException">It is not one that the rule may make.</exception>
    public void Report(RuleReport report)
    {
        if (!analyzer.Descriptors.Contains(report.Rule))
        {
            throw new InvalidOperationException($"{report.Rule.Id} is not among the rule's supported diagnostics");
        }

        reports.Add(report);
    }

    /// <summary>Runs one action of the rule.</summary>
    public void Guard(Action action)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            action();
        }
        catch (NotAnalysedException exception) when (function is not null)
        {
            gaps.Add(exception.Message);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            failures.Add(exception);
        }
    }

    /// <summary>The run for the next version of the file; null if it failed.</summary>
    /// <param name="account">What it has read.</param>
    public KeptRun? Kept(ReadAccount account) => failures.Count > 0 ? null : new KeptRun(unit, [.. account.Reads], [.. reports], [.. gaps]);
}
