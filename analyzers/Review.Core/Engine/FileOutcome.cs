using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Review.Core.Diagnostics;
using Review.Core.Source;

namespace Review.Core.Engine;

/// <summary>One file's findings, out of everything that its inputs (one per architecture) reported.</summary>
internal sealed class FileOutcome
{
    private readonly ImmutableArray<UnitOutcome> units;
    private readonly FileSeverities severities;
    private readonly ImmutableArray<RuleInfo> active;
    private readonly RuleCatalog catalog;
    private readonly HashSet<(SuppressionComment Comment, string Rule)> used = [];

    /// <param name="units">The inputs of one path.</param>
    /// <param name="severities">The configuration for this path.</param>
    /// <param name="active">The rules that run.</param>
    /// <param name="catalog">All rules that exist.</param>
    /// <param name="honourComments">False while a patch is reviewed: then the tree has no say.</param>
    public FileOutcome(
        ImmutableArray<UnitOutcome> units, FileSeverities severities, ImmutableArray<RuleInfo> active, RuleCatalog catalog, bool honourComments)
    {
        this.units = units;
        this.severities = severities;
        this.active = active;
        this.catalog = catalog;
        var suppressions = honourComments ? units.SelectMany(unit => unit.Suppressions).DistinctBy(comment => comment.Span).OrderBy(comment => comment.Span.Start).ToList() : [];

        var reported = units.SelectMany(unit => unit.Diagnostics.Select(diagnostic => (diagnostic, unit.Build)))
            .Select(pair => (Diagnostic: pair.diagnostic, Comment: suppressions.Find(comment => Allows(comment, pair.diagnostic)), Build: (AnalysedBuild?)pair.Build))
            .ToList();
        foreach (var (diagnostic, comment, _) in reported.Where(pair => pair.Comment is not null))
        {
            used.Add((comment!, diagnostic.Id));
        }

        var remarks = suppressions.SelectMany(RemarksAbout).Select(diagnostic => (diagnostic, (SuppressionComment?)null, (AnalysedBuild?)null));
        All = ToFindings([.. reported, .. remarks]);
    }

    /// <summary>The file's findings, suppressed ones included, in order.</summary>
    public ImmutableArray<Finding> All { get; }

    public AnalysedFile File => new(units[0].Path, units.SelectMany(unit => unit.Functions).Select(function => function.Name).Distinct(StringComparer.Ordinal).Count());

    /// <summary>What was not looked at; a gap that is not there in every build says where it is.</summary>
    public IEnumerable<NotAnalysed> Gaps => units
        .SelectMany(unit => unit.Gaps.Select(gap => (Gap: gap, unit.Build)))
        .GroupBy(pair => pair.Gap)
        .Select(group => Occurrence(group.Select(pair => pair.Build), units) is { } occurrence ? group.Key with { Reason = $"{group.Key.Reason} ({occurrence.Words})" } : group.Key);

    // Null where it shows in every build.
    private static BuildOccurrence? Occurrence(IEnumerable<AnalysedBuild> builds, IEnumerable<UnitOutcome> all)
    {
        var having = builds.ToHashSet();
        var groups = all.Select(unit => unit.Build).Distinct().ToLookup(having.Contains);
        return groups[false].Any() ? new BuildOccurrence([.. groups[true]], [.. groups[false]]) : null;
    }

    private static object Place(Finding finding) => (finding.Id, finding.Path, finding.Line, finding.Column, finding.Message);

    private ImmutableArray<Finding> ToFindings(List<(Diagnostic Diagnostic, SuppressionComment? Comment, AnalysedBuild? Build)> reported)
    {
        // The counter in the fingerprint wants source order, and suppressed findings must count.
        var fingerprints = new Fingerprint();
        var drafts = reported.ConvertAll(item => (Finding: Draft(item.Diagnostic), item.Diagnostic, item.Comment, item.Build));
        var builds = drafts.Where(item => item.Build is not null).ToLookup(item => Place(item.Finding), item => item.Build!);
        var analysed = units.Where(unit => unit.Text is not null).ToList();
        return
        [
            .. drafts
                .OrderBy(item => item.Finding, FindingOrder.Instance)
                .ThenBy(item => item.Finding.Trace.Length)
                .ThenBy(item => Rest(item.Finding), StringComparer.Ordinal)
                .DistinctBy(item => Place(item.Finding))
                .Select(item => (Finding: item.Finding with { Fingerprint = fingerprints.Next(item.Diagnostic) }, item.Diagnostic, item.Comment, item.Build))
                .Select(item => (item.Finding, Severity: SeverityOf(item.Diagnostic), item.Comment, item.Build))
                .Where(item => item.Severity is not null)
                .Select(item => item.Finding with
                {
                    Severity = item.Severity!.Value,
                    Builds = item.Build is null ? null : Occurrence(builds[Place(item.Finding)], analysed),
                    Suppression = item.Comment is null ? null : new FindingSuppression(SuppressionKind.Comment, item.Comment.Reason),
                }),
        ];
    }

    // Two paths may lead to the same finding: the shorter trace is kept, and which of equals must not depend on threads.
    private static string Rest(Finding finding) =>
        string.Create(CultureInfo.InvariantCulture, $"{finding.EndLine}:{finding.EndColumn}\n{string.Join('\n', finding.Trace)}");

    private static Finding Draft(Diagnostic diagnostic) => Finding.From(diagnostic, diagnostic.DefaultSeverity, "");

    // A failed rule means that something was not looked at: no configuration may hide that.
    private DiagnosticSeverity? SeverityOf(Diagnostic diagnostic) =>
        diagnostic.Id == EngineRules.Failure.Id ? DiagnosticSeverity.Error
        : active.Any(rule => rule.Number == diagnostic.Id) ? severities.Effective(diagnostic.Descriptor)
        : null;

    private static bool Allows(SuppressionComment comment, Diagnostic diagnostic)
    {
        var line = diagnostic.Location.GetLineSpan().StartLinePosition.Line + 1;
        return comment.Problem is null
            && line >= comment.FirstLine && line <= comment.LastLine
            && diagnostic.Descriptor.Category != RuleCategory.Engine
            && comment.Names.Any(diagnostic.Descriptor.IsCalled);
    }

    private IEnumerable<Diagnostic> RemarksAbout(SuppressionComment comment)
    {
        if (comment.Problem is { } problem)
        {
            yield return Remark(EngineRules.Suppression, comment, problem);
        }

        foreach (var name in comment.Names)
        {
            if (catalog.Find(name) is not { } rule)
            {
                yield return Remark(EngineRules.Suppression, comment, catalog.Complain(name));
            }
            else if (rule.Descriptor.Category == RuleCategory.Engine)
            {
                yield return Remark(EngineRules.Suppression, comment, $"{rule.Name} cannot be suppressed by a comment");
            }
            else if (comment.Problem is null && !used.Contains((comment, rule.Number)) && WasLookedFor(rule, comment))
            {
                yield return Remark(EngineRules.UnusedSuppression, comment, rule.Name);
            }
        }
    }

    private bool WasLookedFor(RuleInfo rule, SuppressionComment comment) =>
        active.Contains(rule)
        && severities.Effective(rule.Descriptor) is not null
        && units.All(unit => unit.Text is not null && !unit.Blind.Any(span => Covers(unit.Text, span, comment)));

    private static bool Covers(SourceText text, TextSpan span, SuppressionComment comment) =>
        text.PositionOf(span.Start).Line <= comment.LastLine && text.PositionOf(span.End).Line >= comment.FirstLine;

    private Diagnostic Remark(DiagnosticDescriptor rule, SuppressionComment comment, string message)
    {
        var unit = units.First(unit => unit.Text is not null);
        var function = unit.Functions.FirstOrDefault(function => function.Span.Contains(comment.Span)).Name ?? "";
        return KernelDiagnostic.Create(rule, unit.Text!, comment.Span, function, comment.Text, [], null, message);
    }
}
