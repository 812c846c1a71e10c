using System.Collections.Concurrent;
using System.Collections.Immutable;
using Review.Core.Diagnostics;
using Review.Core.Syntax;

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
        var empty = new AnalysisResult { Tool = tool, Kernel = kernel, Rules = [.. active.Select(rule => rule.Name).Order(StringComparer.Ordinal)] };
        return options.Baseline.Apply(AnalysisResult.Join([empty, .. RunFiles([.. inputs], empty, cancellationToken)]));
    }

    private List<AnalysisResult> RunFiles(ImmutableArray<AnalysisInput> inputs, AnalysisResult empty, CancellationToken cancellationToken)
    {
        var results = new List<AnalysisResult>();
        var files = Enumerable.Range(0, inputs.Length).Where(index => !inputs[index].IsContext).GroupBy(index => inputs[index].Path, StringComparer.Ordinal)
            .ToDictionary(static file => file.Key, static file => new OpenFile([.. file]), StringComparer.Ordinal);
        RunUnits(inputs, (index, unit) =>
        {
            if (files[unit.Path].Add(index, unit) is { } units)
            {
                var result = ResultOf(units, empty);
                options.Finished?.Invoke(result);
                lock (results)
                {
                    results.Add(result);
                }
            }
        }, cancellationToken);
        return results;
    }

    private AnalysisResult ResultOf(ImmutableArray<UnitOutcome> units, AnalysisResult empty)
    {
        var file = new FileOutcome(units, options.Severities.ForFile(units[0].Path), active, analyzers.Catalog, options.HonourComments);
        return empty with
        {
            Files = [file.File],
            Findings = [.. file.All.Where(static finding => finding.Suppression is null).Order(FindingOrder.Instance)],
            Suppressed = [.. file.All.Where(static finding => finding.Suppression is not null).Order(FindingOrder.Instance)],
            NotAnalysed = [.. file.Gaps],
        };
    }

    private void RunUnits(ImmutableArray<AnalysisInput> inputs, Action<int, UnitOutcome> finished, CancellationToken cancellationToken)
    {
        // One scheduler for both levels: files times rules must not become more threads than were asked for.
        var scheduler = new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, options.Parallelism).ConcurrentScheduler;
        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = options.Parallelism,
            TaskScheduler = scheduler,
            CancellationToken = cancellationToken,
        };
        try
        {
            var loaded = LoadAll(inputs, parallel);
            Parallel.ForEach(OneByOne(Enumerable.Range(0, inputs.Length).OrderByDescending(index => loaded?[index]?.Unit?.Text.Length)), parallel, index =>
            {
                if (!inputs[index].IsContext)
                {
                    finished(index, RunUnit(inputs[index], loaded?[index], parallel));
                    options.Progress?.Invoke(inputs[index].Path);
                }

                if (loaded is not null)
                {
                    loaded[index] = null;
                }
            });
        }
        catch (AggregateException exception) when (exception.Flatten().InnerExceptions.All(inner => inner is OperationCanceledException))
        {
            throw new OperationCanceledException(exception.Message, exception, cancellationToken);
        }
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
        Parallel.ForEach(OneByOne(together.Where(index => !inputs[index].IsContext)), parallel, LoadOne);

        // Where nothing can be looked at nobody asks for the files around it.
        var wanted = together.Where(IsThere).Select(index => (inputs[index].Group, inputs[index].Build)).ToHashSet();
        Parallel.ForEach(OneByOne(together.Where(index => inputs[index].IsContext && wanted.Contains((inputs[index].Group, inputs[index].Build)))), parallel, LoadOne);
        foreach (var build in together.Where(IsThere).GroupBy(index => (inputs[index].Group, inputs[index].Build)))
        {
            lookAtAll([.. build.Select(index => loaded[index]!.Unit!)]);
        }

        return loaded;

        void LoadOne(int index) => loaded[index] = Load(inputs[index], parallel.CancellationToken);

        bool IsThere(int index) => loaded[index]?.Unit is not null;
    }

    /// <summary>For Parallel.ForEach, which else hands out more and more at once: whoever got the last ones would work on alone for seconds.</summary>
    private static OrderablePartitioner<int> OneByOne(IEnumerable<int> indexes) => Partitioner.Create(indexes, EnumerablePartitionerOptions.NoBuffering);

    private static LoadedUnit Load(AnalysisInput input, CancellationToken cancellationToken)
    {
        try
        {
            var loaded = input.Load(cancellationToken);
            return loaded.Unit is { } unit ? LoadedUnit.Parsed(Forwarders.SeeThrough(unit, input.History?.Trees)) : loaded;
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
            ? UnitOutcome.Of(input, unit, new UnitAnalysis(unit, parallel, options.Profile, input.Functions, input.History).Run(running))
            : UnitOutcome.Missing(input, loaded.Reason, loaded.Cure);
    }

    /// <summary>A file some of whose inputs are not done yet.</summary>
    private sealed class OpenFile(ImmutableArray<int> inputs)
    {
        private readonly UnitOutcome?[] units = new UnitOutcome?[inputs.Length];
        private int count;

        /// <summary>Adds what came of an input; all of them in the order of the inputs once none is missing, else null.</summary>
        public ImmutableArray<UnitOutcome>? Add(int input, UnitOutcome unit)
        {
            units[inputs.IndexOf(input)] = unit;
            return Interlocked.Increment(ref count) == units.Length ? [.. units!] : null;
        }
    }
}
