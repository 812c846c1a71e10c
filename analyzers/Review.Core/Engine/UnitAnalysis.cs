using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Review.Core.Dependencies;
using Review.Core.Diagnostics;
using Review.Core.Source;
using Review.Core.Syntax;

namespace Review.Core.Engine;

/// <summary>Runs rules over one translation unit.</summary>
/// <param name="unit">The file.</param>
/// <param name="parallel">How many threads work, and when they stop.</param>
/// <param name="profile">Hears how long each rule took; null if nobody asks.</param>
/// <param name="wanted">The functions that rules look at; null for all.</param>
/// <param name="history">The runs on the versions of the file before; null if each is looked at alone.</param>
internal sealed class UnitAnalysis(TranslationUnit unit, ParallelOptions parallel, AnalysisProfile? profile, Func<FunctionDefinition, bool>? wanted = null, RunHistory? history = null)
{
    private readonly bool isKept = history?.Begin(unit) == true;
    private readonly ConcurrentBag<(string Rule, string Function)> ran = [];
    private readonly ConcurrentBag<Diagnostic> diagnostics = [];
    private readonly ConcurrentBag<RuleGap> gaps = [];
    private readonly UnitFacts facts = new(unit, profile);

    /// <summary>Kept while it is asked whether a run would be the same.</summary>
    private readonly ReadAccount asking = ReadAccount.ForShow(unit);
    private readonly ImmutableArray<FunctionDefinition> functions = wanted is null ? unit.Functions : [.. unit.Functions.Where(wanted)];

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
        history?.End(facts, ran);
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

        var actions = analyzer.Actions;
        if (actions.UnitActions.Count > 0)
        {
            Run(analyzer, function: null);
        }

        if (actions.FunctionActions.Count > 0 || actions.SwitchActions.Count > 0)
        {
            foreach (var function in functions)
            {
                Run(analyzer, function);
            }
        }
    }

    /// <summary>Runs a rule on a function, or on the file; what its last run said is taken over if it would be the same.</summary>
    private void Run(LoadedAnalyzer analyzer, FunctionDefinition? function)
    {
        parallel.CancellationToken.ThrowIfCancellationRequested();
        if (isKept && KnownOf(analyzer, function) is { } known)
        {
            history!.Keep(analyzer, function, known);
            Add(analyzer, function, known.Reports, known.Gaps);
            return;
        }

        ran.Add((analyzer.Name, function?.Name ?? ""));
        Add(analyzer, function, Made(analyzer, function));
    }

    private KeptRun? KnownOf(LoadedAnalyzer analyzer, FunctionDefinition? function) => asking.Keep(() => history!.Find(analyzer, function, facts)?.In(unit));

    private RuleRun Made(LoadedAnalyzer analyzer, FunctionDefinition? function)
    {
        var made = new RuleRun(analyzer, unit, function, parallel.CancellationToken);
        if (!isKept)
        {
            return Act(made, analyzer.Actions, function);
        }

        var account = new ReadAccount(unit, function);
        if (account.Keep(() => Act(made, analyzer.Actions, function)).Kept(account) is { } kept)
        {
            history!.Keep(analyzer, function, kept);
        }

        return made;
    }

    private RuleRun Act(RuleRun run, KernelAnalysisContext actions, FunctionDefinition? function)
    {
        if (function is null)
        {
            foreach (var action in actions.UnitActions)
            {
                run.Guard(() => action(new TranslationUnitAnalysisContext(unit, facts, run.Report, parallel.CancellationToken)));
            }

            return run;
        }

        foreach (var action in actions.FunctionActions)
        {
            run.Guard(() => action(new FunctionAnalysisContext(unit, function, facts, run.Report, parallel.CancellationToken)));
        }

        foreach (var found in actions.SwitchActions.Count > 0 ? function.Body.DescendantsAndSelf<SwitchStatement>() : [])
        {
            foreach (var action in actions.SwitchActions)
            {
                run.Guard(() => action(new SwitchAnalysisContext(unit, function, found, facts, run.Report, parallel.CancellationToken)));
            }
        }

        return run;
    }

    private void Add(LoadedAnalyzer analyzer, FunctionDefinition? function, RuleRun made)
    {
        Add(analyzer, function, made.Reports, made.Gaps);
        foreach (var failure in made.Failures)
        {
            Add(Failure(analyzer, failure, function is null ? unit.Path : function.Name + "()", function?.NameSpan ?? default, function?.Name ?? ""));
        }
    }

    private void Add(LoadedAnalyzer analyzer, FunctionDefinition? function, IEnumerable<RuleReport> reports, IEnumerable<string> reasons)
    {
        foreach (var report in reports)
        {
            Add(report.In(unit.Text));
        }

        foreach (var reason in reasons)
        {
            gaps.Add(new RuleGap(function!, analyzer.Name, reason));
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
