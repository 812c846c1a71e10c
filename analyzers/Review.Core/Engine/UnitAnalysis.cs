using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Review.Core.Diagnostics;
using Review.Core.Source;
using Review.Core.Syntax;

namespace Review.Core.Engine;

/// <summary>Runs rules over one translation unit.</summary>
/// <param name="unit">The file.</param>
/// <param name="parallel">How many threads work, and when they stop.</param>
/// <param name="profile">Hears how long each rule took; null if nobody asks.</param>
/// <param name="wanted">The functions that rules look at; null for all.</param>
internal sealed class UnitAnalysis(TranslationUnit unit, ParallelOptions parallel, AnalysisProfile? profile, Func<FunctionDefinition, bool>? wanted = null)
{
    private readonly ConcurrentBag<Diagnostic> diagnostics = [];
    private readonly ConcurrentBag<RuleGap> gaps = [];
    private readonly UnitFacts facts = new(unit, profile);
    private readonly ImmutableArray<FunctionDefinition> functions = wanted is null ? unit.Functions : [.. unit.Functions.Where(wanted)];
    private readonly ImmutableArray<(FunctionDefinition Function, SwitchStatement Switch)> switches =
        [.. unit.Functions.Where(wanted ?? (static _ => true)).SelectMany(function => function.Body.DescendantsAndSelf<SwitchStatement>().Select(found => (function, found)))];

    /// <summary>What the rules reported; the order is not defined.</summary>
    public IReadOnlyCollection<Diagnostic> Diagnostics => diagnostics;

    /// <summary>The functions that no rule looked at because nobody wanted it.</summary>
    public IEnumerable<FunctionDefinition> LeftOut => wanted is null ? [] : unit.Functions.Where(function => !wanted(function));

    /// <summary>Where a rule gave up, by place and rule.</summary>
    public ImmutableArray<RuleGap> Gaps =>
        [.. gaps.Distinct().OrderBy(gap => gap.Function.Span.Start).ThenBy(gap => gap.Rule, StringComparer.Ordinal).ThenBy(gap => gap.Reason, StringComparer.Ordinal)];

    /// <summary>Runs the analyzers, each on its own.</summary>
    public UnitAnalysis Run(ImmutableArray<LoadedAnalyzer> analyzers)
    {
        Parallel.ForEach(analyzers, parallel, Measure);
        return this;
    }

    private void Measure(LoadedAnalyzer analyzer)
    {
        if (profile is null)
        {
            Run(analyzer);
            return;
        }

        _ = profile.Measure("rule: " + string.Join(", ", analyzer.Rules.Select(static rule => rule.Name)), () =>
        {
            Run(analyzer);
            return 0;
        });
    }

    private void Run(LoadedAnalyzer analyzer)
    {
        if (analyzer.InitializeFailure is { } failure)
        {
            Add(Failure(analyzer, failure, "Initialize()", default, ""));
            return;
        }

        var token = parallel.CancellationToken;

        void Report(Diagnostic diagnostic)
        {
            if (!analyzer.Descriptors.Contains(diagnostic.Descriptor))
            {
                throw new InvalidOperationException($"{diagnostic.Id} is not among the rule's supported diagnostics");
            }

            Add(diagnostic);
        }

        foreach (var action in analyzer.Actions.UnitActions)
        {
            Guard(analyzer, unit.Path, default, "", () => action(new TranslationUnitAnalysisContext(unit, facts, Report, token)));
        }

        foreach (var function in functions)
        {
            foreach (var action in analyzer.Actions.FunctionActions)
            {
                Guard(analyzer, function, () => action(new FunctionAnalysisContext(unit, function, facts, Report, token)));
            }
        }

        foreach (var (function, statement) in switches)
        {
            foreach (var action in analyzer.Actions.SwitchActions)
            {
                Guard(analyzer, function, () => action(new SwitchAnalysisContext(unit, function, statement, facts, Report, token)));
            }
        }
    }

    private void Guard(LoadedAnalyzer analyzer, FunctionDefinition function, Action action) =>
        Guard(analyzer, function.Name + "()", function.NameSpan, function.Name, () =>
        {
            try
            {
                action();
            }
            catch (NotAnalysedException exception)
            {
                gaps.Add(new RuleGap(function, analyzer.Name, exception.Message));
            }
        });

    // A rule that throws must not take the others along, whatever it throws.
    private void Guard(LoadedAnalyzer analyzer, string where, TextSpan span, string function, Action action)
    {
        parallel.CancellationToken.ThrowIfCancellationRequested();
        try
        {
            action();
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !parallel.CancellationToken.IsCancellationRequested)
        {
            Add(Failure(analyzer, exception, where, span, function));
        }
    }

    private Diagnostic Failure(LoadedAnalyzer analyzer, Exception exception, string where, TextSpan span, string function)
    {
        var type = exception.GetType().Name;
        return KernelDiagnostic.Create(EngineRules.Failure, unit.Text, span, function, analyzer.Name + " " + type, [], null, analyzer.Name, type, where);
    }

    private void Add(Diagnostic diagnostic) => diagnostics.Add(diagnostic);
}

/// <summary>A function that one rule could not look at.</summary>
internal sealed record RuleGap(FunctionDefinition Function, string Rule, string Reason);
