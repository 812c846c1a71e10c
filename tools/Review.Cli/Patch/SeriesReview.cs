using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Review.Clang;
using Review.Cli.Cache;
using Review.Cli.Check;
using Review.Cli.Output;
using Review.Core.Diagnostics;
using Review.Core.Engine;
using Review.Core.Source;
using Review.Kernel;
using Review.Patches.Diffs;
using Review.Patches.Replies;
using Review.Patches.Series;
using Review.Patches.Threads;

namespace Review.Cli.Patch;

/// <summary>Reviews a series whose trees are known, whether it came by mail or lies in a repository.</summary>
internal sealed class SeriesReview(PatchOptions options, CacheDirectory cache, string folder, KernelSource source, AnalyzerSet rules, CancellationToken cancellation)
{
    private readonly FixesCheck fixes = new();
    private readonly ToolVersions versions = LibraryVersions.Of(cache);

    /// <summary>Reviews.</summary>
    /// <param name="series">The patches.</param>
    /// <param name="trees">The base and the tree after each patch.</param>
    /// <param name="how">What the base is.</param>
    /// <param name="moved">Hunks that landed elsewhere.</param>
    /// <param name="thread">The mails around the series; null for commits.</param>
    /// <param name="previous">The version before; null if it is not known.</param>
    public Report Run(PatchSeries series, ImmutableArray<PatchedTree> trees, string how, ImmutableArray<MovedHunk> moved, MailThread? thread, PatchSeries? previous)
    {
        ManagedHeap.Settle();
        using var parser = new ClangParser();
        var preparation = new BuildPreparation(cache, source, options.Check.UseCache, SelectedFiles.Makers(versions));
        var directories = trees.SelectMany(static tree => tree.Changed.Keys).Where(options.Scope.Contains).Concat(options.Scope.Directories).Distinct(StringComparer.Ordinal);
        var (_, kernels, _) = SelectedFiles.Prepare(options.Check with { Files = [] }, source, preparation, parser, directories);
        var (files, reach) = TouchedFiles.Find(trees, options.Scope.Contains, [.. kernels.Select(static kernel => kernel.Build.Kbuild)]);
        var headers = options.Check.UseCache ? new PrecompiledHeaders(cache, source, SelectedFiles.Makers(versions), cancellation) { Expected = _ => trees.Length * files.Length } : null;
        var analysis = new SeriesAnalysis(kernels, rules, options.Check.Select(rules), options.Check.Parallelism, headers, Kept(kernels));
        var found = analysis.Analyse(trees, files, cancellation);
        ImmutableArray<ImmutableArray<Finding>> each = [.. found.Select(AllOf)];
        var findings = SeriesFindings.Of(each, [.. series.Patches.Select(static patch => patch.Number)], (version, path) => OldPath(series.Patches[version - 1].Files, path));
        var (proved, refuted) = FunctionalChangeClaims.Check(series, trees, options.Check.Architectures[0]);
        var gapsBefore = found[0].SelectMany(static file => file.Gaps).ToHashSet();
        var result = new AnalysisResult
        {
            Tool = Tool(versions),
            Rules = [.. rules.Catalog.Rules.Select(static rule => rule.Name).Order(StringComparer.Ordinal)],
            Kernel = new KernelInfo(
                kernels[0].Build.Version.ToString(), source.Tree.Revision, string.Join(',', options.Check.Architectures.Select(static architecture => architecture.Name)), kernels[0].Build.Configuration.Name),
            Files = [.. found[^1].Select(static file => file.File)],
            Findings = [.. findings.Introduced.Concat(options.ShowOld ? findings.Old : []).Order(FindingOrder.Instance)],
            Proved = proved,
            NotAnalysed = [.. found[^1].SelectMany(static file => file.Gaps).Where(gap => !gapsBefore.Contains(gap))],
        };
        result = options.Check.Baseline.Apply(result);
        var witnesses = WitnessesOf(trees[^1]);
        var shown = new Dictionary<Finding, Finding>(result.Findings.Select(finding => KeyValuePair.Create(finding, witnesses.Of(finding))), ReferenceEqualityComparer.Instance);
        result = result with { Findings = [.. result.Findings.Select(finding => shown[finding])] };
        return new Report(result, rules.Catalog, path => Find(trees[^1], path))
        {
            Series = new SeriesReport
            {
                Series = series,
                Base = how,
                Cured = [.. findings.Cured.Select(cured => cured with { Finding = witnesses.OfCured(cured.Finding, WitnessesOf(trees[0])) })],
                Transient = findings.Transient,
                Old = findings.Old.Length,
                Moved = moved,
                Remarks = [.. reach, .. refuted, .. fixes.Run(folder, series), .. SeriesChanges.Since(previous, series)],
                Refuted = thread is null ? [] : RefutedClaims.Find(thread, Functions(series), (rule, function) => Holds(found, rule, function)),
                Verdicts = thread is null ? [] : [.. CounterProposal.Find(thread, series).Select(proposal => Judge(proposal, series, trees, files, analysis, WitnessesOf))],
                Letters = [.. series.Patches.Select(patch => (patch, Remarks(patch, findings, shown))).Where(static letter => !letter.Item2.IsEmpty)],
            },
        };

        SeriesWitnesses WitnessesOf(PatchedTree tree) => new(tree, kernels[0], options.Check.Witness, cancellation);
    }

    private KeptVersions? Kept(ImmutableArray<PreparedKernel> kernels)
    {
        if (!options.Check.UseCache || !options.Check.Analyzers.IsEmpty || options.Check.Configuration == SelectedFiles.AllConfigurations)
        {
            return null;
        }

        var kernel = KeptVersions.NoKernel with { Version = kernels[0].Build.Version.ToString() };
        return new KeptVersions(new ResultStore(cache, source.Contents), new ResultKey(options.Check, kernel, kernels, [], versions, source.Contents), source, options.Check.Architectures);
    }

    private static ToolInfo Tool(ToolVersions versions) => new("mmreview", versions.Tool, versions.Clang, versions.ClangBinding);

    private static ImmutableArray<Finding> AllOf(ImmutableArray<FileFindings> version) => [.. version.SelectMany(static file => file.Findings)];

    private static string OldPath(ImmutableArray<FilePatch> patch, string path) => patch.LastOrDefault(file => file.NewPath == path)?.OldPath ?? path;

    /// <summary>What is said about one patch, each under its line.</summary>
    private static ImmutableArray<ReplyRemark> Remarks(SeriesPatch patch, SeriesFindings findings, IReadOnlyDictionary<Finding, Finding> shown) =>
    [
        .. findings.Introduced.Where(finding => finding.Patch!.Introduced == patch.Number && shown.ContainsKey(finding))
            .Select(finding => (Finding: shown[finding], First: findings.FirstSeen(finding)))
            .Select(pair => new ReplyRemark(PatchQuote.Of(patch.Files, pair.First.Path, pair.First.Line, pair.First.Function), pair.Finding)),
    ];

    /// <summary>The functions that begin in the hunks of a series or stand above them.</summary>
    private static ImmutableArray<string> Functions(PatchSeries series) =>
    [
        .. series.Patches.SelectMany(static patch => patch.Files).SelectMany(static file => file.Hunks).SelectMany(static hunk => hunk.Lines.Select(static line => line.Bytes).Prepend(hunk.Section))
            .Where(static line => line.Length > 0 && (char.IsAsciiLetter(line[0]) || line[0] == '_') && line.Contains('(', StringComparison.Ordinal))
            .Select(static line => line.Split('(')[0].TrimEnd().Split(' ', '*', '\t')[^1]).Where(static name => name.Length > 0).Distinct(StringComparer.Ordinal),
    ];

    /// <summary>True if a rule ran on the function in every version, looked at all of it and found nothing.</summary>
    private bool Holds(ImmutableArray<ImmutableArray<FileFindings>> versions, string rule, string function) =>
        rules.Catalog.Find(rule) is { } known && options.Check.Select(rules).Contains(known)
        && versions.SelectMany(static version => version).All(file =>
            !file.Findings.Any(finding => finding.Rule == rule && finding.Function == function) && !file.Gaps.Any(gap => (gap.Function is null || gap.Function == function) && (gap.Rule is null || gap.Rule == rule)));

    private ProposalVerdict Judge(CounterProposal proposal, PatchSeries series, ImmutableArray<PatchedTree> trees, ImmutableArray<string> files, SeriesAnalysis analysis, Func<PatchedTree, SeriesWitnesses> witnessesOf)
    {
        if (proposal.On(trees, out var start) is not { } tree)
        {
            return new ProposalVerdict(proposal, [], [], [], "it applies neither before nor after the patch that it answers");
        }

        var answered = series.Patches.FirstOrDefault(patch => patch.Number == proposal.Answers)?.Files ?? [];
        var sections = answered.Concat(proposal.Files).Concat(proposal.Earlier.SelectMany(static earlier => earlier)).SelectMany(static file => file.Hunks).Select(static hunk => hunk.Section).ToList();
        var judged = analysis.Analyse([start, tree], files, cancellation);
        var findings = SeriesFindings.Of([.. judged.Select(AllOf)], [1], static (_, path) => path);
        var (before, after) = (witnessesOf(start), witnessesOf(tree));
        return new ProposalVerdict(
            proposal,
            [.. findings.Cured.Select(cured => after.OfCured(cured.Finding, before))],
            [.. findings.Old.Where(finding => finding.Severity >= DiagnosticSeverity.Warning && sections.Exists(section => finding.Function.Length > 0 && section.Contains(finding.Function + "(", StringComparison.Ordinal))).Select(after.Of)],
            [.. findings.Introduced.Select(after.Of)],
            null);
    }

    private static SourceText? Find(ISourceTree tree, string path)
    {
        try
        {
            return tree.ReadBytes(path) is { } bytes ? new SourceText(path, bytes) : null;
        }
        catch (SourceTreeException)
        {
            return null;
        }
    }
}
