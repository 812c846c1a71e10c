using System.Collections.Immutable;
using System.Text;
using Review.Cli;
using Review.Core.Diagnostics;
using Review.Patches.Mail;
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
        new("a bug that goes and comes back", "", ["+016-dontneed-no-hole-check", "-016-dontneed-no-hole-check", "+016-dontneed-no-hole-check"]),
        new("a cure of the base that is undone", "+012-remove-no-file-ref +prev-collapse-only-file", ["-012-remove-no-file-ref", "+012-remove-no-file-ref"]),
        new("bugs in five files", "", ["+053-mremap-return-without-end", "+range-msync-no-wrap-check", "+ptelock-mincore-no-unlock", "+lock-mprotect-return", "+range-mlock-no-wrap-check"]),
        new("the cure comes first in one file and last in another", "+012-remove-no-file-ref +prev-collapse-only-file", ["-prev-collapse-only-file", "+progress-msync-not-advanced", "-012-remove-no-file-ref"]),
        new("neutral patches only", "", ["+benign-willneed-offset-early", "+benign-msync-helper", "+benign-mprotect-ternary"]),
        new("everything comes and goes", "", ["+047-anon-name-no-get +range-msync-no-wrap-check", "-range-msync-no-wrap-check", "-047-anon-name-no-get"]),
        new("one patch with three bugs", "", ["+067-silent-default +074-pageout-no-side-channel-check +048-inject-error-put-leak"]),
        new("a bug in the code that an earlier patch moved", "", ["+benign-lock-unlock-helper", "+030-swapin-sleep-under-ptl", "+benign-inject-while"]),
        new("a long series with one bug in the middle", "", ["+benign-willneed-offset-early", "+benign-populate-errno-if", "+benign-walk-ternary", "+013-willneed-getfile-after-unlock", "+benign-remote-valid-chain", "+benign-process-madvise-count-if"]),
        new("two bugs of one rule in one file", "", ["+gup-flags-not-before-and", "+gup-flags-retry-without-word"]),
        new("the build breaks and is mended", "", ["+build-no-page-table-no-value", "-build-no-page-table-no-value", "+build-mlock-ret-unset"]),
        new("a table is guessed and another bug is cured", "+range-msync-no-wrap-check", ["+table-remote-unchecked", "-range-msync-no-wrap-check"]),
    ];

    private static readonly CorpusSeries Posted = new("posted", "", ["+range-msync-no-wrap-check", "+benign-mlock-helper", "+lock-mprotect-return"]);

    public static TheoryData<string> Names => [.. Table.Select(static series => series.Name)];

    [KernelTheory]
    [MemberData(nameof(Names))]
    public void Every_bug_is_placed_where_the_series_puts_it(string name)
    {
        var series = Table.Single(series => series.Name == name);
        Check(series, bench.Review(bench.Write("series.mbox", bench.Mails(bench.Commit(series)))));
    }

    /// <summary>Of a version that differs from the one before in the body of a function, little is compiled, and few rules run; of one that differs in several, all.</summary>
    [KernelTheory]
    [InlineData("a long series with one bug in the middle")]
    [InlineData("a bug in the code that an earlier patch moved")]
    [InlineData("several bugs, a neutral patch among them")]
    public void Step_by_step_a_series_leads_to_what_its_patches_as_one_lead_to(string name)
    {
        var range = bench.Commit(Table.Single(series => series.Name == name));
        var steps = bench.Review(bench.Write("steps.mbox", bench.Mails(range)));
        var leap = bench.Review(bench.Write("leap.mbox", bench.Mails(bench.Squash(range))));
        Assert.NotEmpty(steps.Result.Findings);
        Assert.Equal(leap.Result.Findings.Select(static finding => (finding.Rule, finding.Path, finding.Line, finding.Message)), steps.Result.Findings.Select(static finding => (finding.Rule, finding.Path, finding.Line, finding.Message)));
        Assert.Equal(leap.Series!.Old, steps.Series!.Old);
    }

    [KernelFact]
    public void Neither_the_order_of_the_mails_nor_where_they_lie_matters()
    {
        var mails = MailContainer.Split(Encoding.UTF8.GetBytes(bench.Mails(bench.Commit(Posted), "--cover-letter")));
        Check(Posted, bench.Review(bench.Write("reordered.mbox", string.Concat(mails.Reverse().Select(static mail => "From git@z Thu Jan  1 00:00:00 1970\n" + Encoding.UTF8.GetString(mail) + "\n")))));
        foreach (var name in (string[])["maildir/cur/", "maildir/tmp/", "maildir/new/"])
        {
            _ = bench.Write(name + ".keep", "");
        }

        for (var i = 0; i < mails.Length; i++)
        {
            _ = bench.Write(i % 2 == 0 ? $"maildir/cur/{9 - i}.host:2,S" : $"maildir/new/{i}.host", Encoding.UTF8.GetString(mails[i]));
            _ = bench.Write($"folder/{9 - i}.eml", Encoding.UTF8.GetString(mails[i]));
        }

        _ = bench.Write("maildir/tmp/half", "Subject: [PATCH 1/3] half\n\nwritten");
        Check(Posted, bench.Review(bench.Beside("maildir")));
        Check(Posted, bench.Review(bench.Beside("folder")));
    }

    [KernelFact]
    public void A_series_with_a_hole_is_not_analysed()
    {
        var mails = MailContainer.Split(Encoding.UTF8.GetBytes(bench.Mails(bench.Commit(Posted))));
        var holed = bench.Write("holed.mbox", string.Concat(mails.Where(static (_, index) => index != 1).Select(static mail => "From git@z Thu Jan  1 00:00:00 1970\n" + Encoding.UTF8.GetString(mail) + "\n")));
        Assert.Contains("patch 2 of 3 is missing", Assert.Throws<UserError>(() => bench.Review(holed)).Message, StringComparison.Ordinal);
    }

    [KernelFact]
    public void The_second_version_is_reviewed_and_compared_with_the_first()
    {
        var first = bench.Mails(bench.Commit(Posted));

        // The bugs move to other patches, one patch goes, one is new.
        var second = new CorpusSeries("posted again", "", ["+benign-mprotect-ternary", "+range-msync-no-wrap-check"]);
        var report = bench.Review(bench.Write("versions.mbox", bench.Mails(bench.Commit(second), "--reroll-count=2") + first));
        Check(second, report);
        Assert.Equal(2, report.Series!.Series.Revision);
        Assert.Contains("since v1: patch 2 is as it was, was patch 1", report.Series.Remarks);
        Assert.Contains(report.Series.Remarks, static remark => remark.StartsWith("since v1: patch 1 ", StringComparison.Ordinal));
        Assert.Contains(report.Series.Remarks, static remark => remark.EndsWith("is gone", StringComparison.Ordinal));
    }

    [KernelFact]
    public void The_base_commit_that_the_cover_letter_names_is_taken()
    {
        var series = new CorpusSeries("on a base of its own", "+012-remove-no-file-ref +prev-collapse-only-file", ["+lock-mprotect-return", "-012-remove-no-file-ref"]);
        var range = bench.Commit(series);
        var mails = bench.Write("based.mbox", bench.Mails(range, "--cover-letter", $"--base={range.Base}"));
        bench.Commit(Posted);
        var report = bench.Review(mails);
        Assert.Equal($"{range.Base[..12]}, the base-commit that it names", report.Series!.Base);
        Check(series, report);
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
