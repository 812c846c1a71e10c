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

        var reported = units.SelectMany(unit => unit.Diagnostics)
            .Select(diagnostic => (Diagnostic: diagnostic, Comment: suppressions.Find(comment => Allows(comment, diagnostic))))
            .ToList();
        foreach (var (diagnostic, comment) in reported.Where(pair => pair.Comment is not null))
        {
            used.Add((comment!, diagnostic.Id));
        }

        var remarks = suppressions.SelectMany(RemarksAbout).Select(diagnostic => (diagnostic, (SuppressionComment?)null));
        All = ToFindings([.. reported, .. remarks]);
    }

    /// <summary>The file's findings, suppressed ones included, in order.</summary>
    public ImmutableArray<Finding> All { get; }

    public AnalysedFile File => new(units[0].Path, units.SelectMany(unit => unit.Functions).Select(function => function.Name).Distinct(StringComparer.Ordinal).Count());

    public IEnumerable<NotAnalysed> Gaps => units.SelectMany(unit => unit.Gaps).Distinct();

    private ImmutableArray<Finding> ToFindings(List<(Diagnostic Diagnostic, SuppressionComment? Comment)> reported)
    {
        // The counter in the fingerprint wants source order, and suppressed findings must count.
        var fingerprints = new Fingerprint();
        return
        [
            .. reported
                .Select(pair => (Finding: Draft(pair.Diagnostic), pair.Diagnostic, pair.Comment))
                .OrderBy(item => item.Finding, FindingOrder.Instance)
                .ThenBy(item => item.Finding.Trace.Length)
                .ThenBy(item => Rest(item.Finding), StringComparer.Ordinal)
                .DistinctBy(item => (item.Finding.Id, item.Finding.Path, item.Finding.Line, item.Finding.Column, item.Finding.Message))
                .Select(item => (Finding: item.Finding with { Fingerprint = fingerprints.Next(item.Diagnostic) }, item.Diagnostic, item.Comment))
                .Select(item => (item.Finding, Severity: SeverityOf(item.Diagnostic), item.Comment))
                .Where(item => item.Severity is not null)
                .Select(item => item.Finding with
                {
                    Severity = item.Severity!.Value,
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
