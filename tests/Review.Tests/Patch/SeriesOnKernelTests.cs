using System.Collections.Immutable;
using Review.Core.Diagnostics;
using SeriesReport = Review.Cli.Output.Report;

namespace Review.Tests.Patch;

/// <summary>Series of known bugs and neutral edits on the real kernel, made by git: what is new, what survives, what is cured, what comes and goes.</summary>
public sealed class SeriesOnKernelTests(KernelSeriesBench bench) : IClassFixture<KernelSeriesBench>
{
    private static readonly ImmutableArray<CorpusSeries> Table =
    [
        new("several bugs, a neutral patch among them", "", ["+005-willneed-prev-never-set", "+061-free-finish-before-end", "+benign-mlock-helper", "+range-mprotect-no-wrap-check"]),
        new("two bugs in one patch, of which a later one takes one away", "", ["+042-longterm-put-on-pinned +098-mm-populate-double-unlock", "+benign-gup-flags-split", "-098-mm-populate-double-unlock"]),
        new("a bug that the next patch takes away", "", ["+086-follow-page-protnone", "-086-follow-page-protnone", "+lock-mm-populate-leak"]),
        new("bugs of the base, one of them cured", "+012-remove-no-file-ref +prev-collapse-only-file", ["+080-madvise-no-wrap-check", "-012-remove-no-file-ref"]),
    ];

    public static TheoryData<string> Names => [.. Table.Select(static series => series.Name)];

    [KernelTheory]
    [MemberData(nameof(Names))]
    public void Every_bug_is_placed_where_the_series_puts_it(string name)
    {
        var series = Table.Single(series => series.Name == name);
        var mails = bench.Write("series.mbox", bench.Mails(bench.Commit(series)));
        Check(series, bench.Review(mails));
    }

    private static void Check(CorpusSeries series, SeriesReport report)
    {
        var expected = series.Expected(KernelSeriesBench.Corpus);
        var found = Placements(report).ToList();
        foreach (var (bug, placement) in expected.Where(static one => one.Placement.List != FindingList.Old))
        {
            Assert.Contains((bug.Rule!, bug.Function, placement), found.Select(static one => (one.Finding.Rule, one.Finding.Function, one.Placement)));
        }

        // A bug may break more than one rule; but nothing else happens than what the bugs do, and when they do it.
        var wanted = expected.Select(static one => one.Placement).ToHashSet();
        Assert.Empty(found.Where(one => !wanted.Contains(one.Placement)).Select(static one => $"{one.Placement}: {one.Finding.Function}: {one.Finding.Rule}: {one.Finding.Message}"));
    }

    private static IEnumerable<(Finding Finding, Placement Placement)> Placements(SeriesReport report)
    {
        Assert.Empty(report.Result.NotAnalysed);
        foreach (var finding in report.Result.Findings)
        {
            Assert.True(finding.Patch!.Survives);
            yield return (finding, new Placement(FindingList.Introduced, finding.Patch.Introduced, null));
        }

        foreach (var finding in report.Series!.Transient)
        {
            Assert.False(finding.Patch!.Survives);
            yield return (finding, new Placement(FindingList.Transient, finding.Patch.Introduced, null));
        }

        foreach (var cured in report.Series.Cured)
        {
            yield return (cured.Finding, new Placement(FindingList.Cured, null, cured.By));
        }
    }
}
