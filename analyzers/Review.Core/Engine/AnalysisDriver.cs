using System.Collections.Immutable;
using Review.Core.Diagnostics;

namespace Review.Core.Engine;

/// <summary>
/// Runs rules over files, in parallel over files and, within a file, over rules. The result does not depend on how
/// many threads there are.
/// </summary>
public sealed class AnalysisDriver
{
    private readonly AnalyzerSet analyzers;
    private readonly AnalysisOptions options;
    private readonly ImmutableArray<RuleInfo> active;
    private readonly ImmutableArray<LoadedAnalyzer> running;

    public AnalysisDriver(AnalyzerSet analyzers, AnalysisOptions options)
    {
        ArgumentNullException.ThrowIfNull(analyzers);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Parallelism, 1, nameof(options));
        this.analyzers = analyzers;
        this.options = options;
        active = [.. analyzers.Catalog.Rules.Where(options.Rules.Contains)];
        running = [.. analyzers.Analyzers.Where(analyzer => analyzer.Rules.Any(options.Rules.Contains))];
    }

    /// <summary>Analyses files.</summary>
    /// <param name="tool">What makes the result.</param>
    /// <param name="kernel">What is looked at.</param>
    /// <param name="inputs">The files, in any order.</param>
    /// <param name="cancellationToken">Stops the analysis with an <see cref="OperationCanceledException"/>.</param>
    public AnalysisResult Run(ToolInfo tool, KernelInfo kernel, IReadOnlyCollection<AnalysisInput> inputs, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var files = RunUnits([.. inputs], cancellationToken)
            .GroupBy(unit => unit.Path, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new FileOutcome(
                [.. group], options.Severities.ForFile(group.Key), active, analyzers.Catalog, options.HonourComments))
            .ToList();
        var findings = files.SelectMany(file => file.All).Order(FindingOrder.Instance).ToList();
        var result = new AnalysisResult
        {
            Tool = tool,
            Kernel = kernel,
            Rules = [.. active.Select(rule => rule.Name).Order(StringComparer.Ordinal)],
            Files = [.. files.Select(file => file.File)],
            Findings = [.. findings.Where(finding => finding.Suppression is null)],
            Suppressed = [.. findings.Where(finding => finding.Suppression is not null)],
            NotAnalysed = [.. files.SelectMany(file => file.Gaps)],
        };
        return options.Baseline.Apply(result);
    }

    private UnitOutcome[] RunUnits(ImmutableArray<AnalysisInput> inputs, CancellationToken cancellationToken)
    {
        // One scheduler for both levels: files times rules must not become more threads than were asked for.
        var scheduler = new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, options.Parallelism).ConcurrentScheduler;
        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = options.Parallelism,
            TaskScheduler = scheduler,
            CancellationToken = cancellationToken,
        };
        var outcomes = new UnitOutcome[inputs.Length];
        try
        {
            var loaded = LoadAll(inputs, parallel);
            Parallel.For(0, inputs.Length, parallel, index =>
            {
                outcomes[index] = RunUnit(inputs[index], loaded?[index], parallel);
                if (loaded is not null)
                {
                    loaded[index] = null;
                }

                options.Progress?.Invoke(inputs[index].Path);
            });
        }
        catch (AggregateException exception) when (exception.Flatten().InnerExceptions.All(inner => inner is OperationCanceledException))
        {
            throw new OperationCanceledException(exception.Message, exception, cancellationToken);
        }

        return outcomes;
    }

    /// <summary>The trees of all files, if somebody wants to look at them together, else null; without those that differ in a change of the configuration, which are looked at alone.</summary>
    private LoadedUnit?[]? LoadAll(ImmutableArray<AnalysisInput> inputs, ParallelOptions parallel)
    {
        if (options.LookAtAll is not { } lookAtAll)
        {
            return null;
        }

        var loaded = new LoadedUnit?[inputs.Length];
        var together = Enumerable.Range(0, inputs.Length).Where(index => inputs[index].Build.Change.Length == 0).ToList();
        Parallel.ForEach(together, parallel, index => loaded[index] = Load(inputs[index], parallel.CancellationToken));
        foreach (var build in together.Where(index => loaded[index]!.Unit is not null).GroupBy(index => inputs[index].Build))
        {
            lookAtAll([.. build.Select(index => loaded[index]!.Unit!)]);
        }

        return loaded;
    }

    private static LoadedUnit Load(AnalysisInput input, CancellationToken cancellationToken)
    {
        try
        {
            return input.Load(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A file that cannot be read must not take the others along; its reason is part of the result.
            return LoadedUnit.Failed($"it cannot be read: {exception.Message}", "look at the file, or leave it out");
        }
    }

    private UnitOutcome RunUnit(AnalysisInput input, LoadedUnit? known, ParallelOptions parallel)
    {
        var loaded = known ?? Load(input, parallel.CancellationToken);
        if (known is null && loaded.Unit is { } alone)
        {
            options.LookAtAll?.Invoke([alone]);
        }

        return loaded.Unit is { } unit
            ? UnitOutcome.Of(input, unit, new UnitAnalysis(unit, parallel, options.Profile, input.Functions).Run(running))
            : UnitOutcome.Missing(input, loaded.Reason, loaded.Cure);
    }
}
