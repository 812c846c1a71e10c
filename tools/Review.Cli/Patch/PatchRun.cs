using System.Collections.Immutable;
using System.Globalization;
using Review.Clang;
using Review.Cli.Cache;
using Review.Cli.Check;
using Review.Cli.Commands;
using Review.Cli.Mail;
using Review.Cli.Output;
using Review.Cli.Trees;
using Review.Core.Diagnostics;
using Review.Core.Engine;
using Review.Core.Source;
using Review.Kernel;
using Review.Patches.Series;
using Review.Patches.Threads;

namespace Review.Cli.Patch;

/// <summary>One run of <c>mmreview patch</c>: reads the mails, puts the newest series on its base, and compares what is found before and after each patch.</summary>
internal sealed class PatchRun(PatchOptions options, CancellationToken cancellation)
{
    /// <summary>Runs, and hands the report on while the tree is still open.</summary>
    public int Run(Func<Report, int> finish)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timer.CancelAfter(options.Timeout);
        try
        {
            return Run(MailSource.Read(options.Mail), finish, timer.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new UserError(string.Create(CultureInfo.InvariantCulture, $"the series was not analysed within {options.Timeout.TotalSeconds} seconds"), "give it more time with --timeout");
        }
        catch (KernelTreeException trouble)
        {
            throw new UserError(trouble.Message, "name another tree with --kernel, or another configuration with --config");
        }
    }

    private int Run(MailThread thread, Func<Report, int> finish, CancellationToken token)
    {
        var all = SeriesAssembler.Assemble(thread);
        var series = all.IsEmpty ? throw new UserError($"no patch in {options.Mail}", "name a mail or mailbox that holds patches") : all[^1];
        var rules = RuleAssemblies.Load(options.Check.Analyzers);
        if (!series.Patches.Any(patch => patch.Trouble is not null || patch.Files.Any(file => options.IsInScope(file.Path) || options.IsInScope(file.OldPath ?? "") || IsHeader(file.Path))))
        {
            return finish(Nothing(rules, series, $"no file under {string.Join(", ", options.Paths)} is touched"));
        }

        using var cache = CacheDirectory.Open();
        var location = new KernelLocator(cache, Environment.CurrentDirectory, Environment.GetEnvironmentVariable)
            .Locate(options.Check.Kernel, Progress.ToTerminal, token);
        var revision = options.Base;
        using var source = KernelSource.Open(cache, location.Folder, revision);
        var how = revision is null ? "the files of the work tree" : $"{revision}, as given";
        var applied = AppliedSeries.On(source.Tree, series);
        var trouble = series.Trouble ?? (applied.IsComplete ? null : $"it does not apply: {applied.Failure}");
        if (trouble is not null)
        {
            var cure = applied.IsComplete ? "name a mailbox that holds the whole series" : "name the revision that it was made for with --base";
            _ = finish(Nothing(rules, series, null) with { Result = Empty(rules) with { NotAnalysed = [new NotAnalysed(series.Title, null, trouble, cure)] } });
            throw new UserError($"not analysed: {trouble}", cure);
        }

        return finish(Analyse(cache, source, rules, series, applied, how, token));
    }

    private Report Analyse(CacheDirectory cache, KernelSource source, AnalyzerSet rules, PatchSeries series, AppliedSeries applied, string how, CancellationToken token)
    {
        var versions = ToolVersions.Read();
        var selection = options.Check.Select(rules);
        using var parser = new ClangParser();
        var preparation = new BuildPreparation(cache, source, options.Check.UseCache, SelectedFiles.Makers(versions));
        var directories = applied.Trees.SelectMany(static tree => tree.Changed.Keys).Where(options.IsInScope).Concat(options.Paths).Distinct(StringComparer.Ordinal);
        var (_, kernels, _) = SelectedFiles.Prepare(options.Check with { Files = [] }, source, preparation, parser, directories);
        var files = TouchedFiles.Find(applied.Trees, options.IsInScope, [.. kernels.Select(static kernel => kernel.Build.Kbuild)]);
        var analysis = new SeriesAnalysis(kernels, rules, selection, options.Check.Parallelism);
        var found = analysis.Analyse(applied.Trees, files, token);
        var findings = SeriesFindings.Of(
            [.. found.Select(static version => version.SelectMany(static file => file.Findings).ToImmutableArray())],
            [.. series.Patches.Select(static patch => patch.Number)],
            (version, path) => series.Patches[version - 1].Files.LastOrDefault(file => file.NewPath == path)?.OldPath ?? path);
        var gapsBefore = found[0].SelectMany(static file => file.Gaps).ToHashSet();
        var result = Empty(rules) with
        {
            Kernel = new KernelInfo(
                kernels[0].Build.Version.ToString(), source.Tree.Revision, string.Join(',', options.Check.Architectures.Select(static architecture => architecture.Name)), kernels[0].Build.Configuration.Name),
            Files = [.. found[^1].Select(static file => file.File)],
            Findings = [.. findings.Introduced.Concat(options.ShowOld ? findings.Old : []).Order(FindingOrder.Instance)],
            NotAnalysed = [.. found[^1].SelectMany(static file => file.Gaps).Where(gap => !gapsBefore.Contains(gap))],
        };
        return new Report(result, rules.Catalog, path => Find(applied.Trees[^1], path))
        {
            Series = new SeriesReport
            {
                Series = series,
                Base = how,
                Cured = findings.Cured,
                Transient = findings.Transient,
                Old = findings.Old.Length,
                Moved = applied.Moved,
            },
        };
    }

    private static bool IsHeader(string path) => path.EndsWith(".h", StringComparison.Ordinal);

    private static Report Nothing(AnalyzerSet rules, PatchSeries series, string? why) => new(Empty(rules), rules.Catalog, static _ => null)
    {
        Series = new SeriesReport { Series = series, Base = "none", Remarks = why is null ? [] : [why] },
    };

    private static AnalysisResult Empty(AnalyzerSet rules)
    {
        var versions = ToolVersions.Read();
        return new AnalysisResult
        {
            Tool = new ToolInfo("mmreview", versions.Tool, versions.Clang, versions.ClangBinding),
            Kernel = new KernelInfo("", null, "", ""),
            Rules = [.. rules.Catalog.Rules.Select(static rule => rule.Name).Order(StringComparer.Ordinal)],
        };
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
