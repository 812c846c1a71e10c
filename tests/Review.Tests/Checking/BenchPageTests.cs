using System.Xml.Linq;
using Review.Dev.Bench;

namespace Review.Tests.Checking;

/// <summary>The comparison with other tools: what is read of their output, and what is written.</summary>
public sealed class BenchPageTests
{
    [Fact]
    public void Findings_are_read_once_and_notes_are_none()
    {
        const string Output = "/tree/mm/a.c:10:5: warning: narrowing [bugprone-x]\n  code\n/tree/mm/a.c:10:5: warning: narrowing [bugprone-x]\n/tree/mm/b.c:1:2: note: see here\n/tree/include/c.h:3: warn: odd\n2 warnings generated.\nmm/d.c:7:1-9: ERROR: lock\n";
        Assert.Equal(
            ["mm/a.c 10 warning: narrowing [bugprone-x]", "include/c.h 3 warn: odd", "mm/d.c 7 ERROR: lock"],
            PeerFinding.Read("tool", "/tree", Output).Select(static finding => $"{finding.File} {finding.Line} {finding.Message}"));
    }

    [Fact]
    public void The_first_verdict_that_fits_counts_and_without_one_a_finding_is_unread()
    {
        PeerVerdict[] verdicts = [new("clang-tidy*", "*", "*bugprone-x*", false, "r", "style"), new("*", "*", "*", true, "r", "all")];
        Assert.Equal("style", PeerVerdict.Of(verdicts, new PeerFinding("clang-tidy a", "mm/a.c", 1, "w [bugprone-x]"))!.Reason);
        Assert.Equal("all", PeerVerdict.Of(verdicts, new PeerFinding("sparse", "mm/a.c", 1, "w [bugprone-x]"))!.Reason);
        Assert.Null(PeerVerdict.Of(verdicts[..1], new PeerFinding("sparse", "mm/a.c", 1, "w")));
    }

    [Fact]
    public void Programs_are_run_in_turns_and_their_medians_and_peaks_are_told()
    {
        var measurements = new Measurements();
        var order = new List<string>();
        foreach (var name in (string[])["first", "second"])
        {
            measurements.Add(name, () =>
            {
                order.Add(name);
                return new MeasuredRun(order.Count, 2 * order.Count, "", 100 - order.Count);
            });
        }

        measurements.Run(3);
        Assert.Equal(["first", "second", "first", "second", "first", "second"], order);
        Assert.Equal(new MeasuredRun(3, 6, "", 99), measurements.MedianOf("first"));
        Assert.False(measurements.Has("third"));
    }

    [Fact]
    public void What_takes_long_is_run_once_and_what_takes_a_second_more_often_than_the_rest()
    {
        var measurements = new Measurements();
        measurements.Add("usual", static () => new MeasuredRun(5, 5, ""));
        measurements.Add("long", static () => new MeasuredRun(9, 9, ""), Repetition.Once);
        measurements.Add("short", static () => new MeasuredRun(1, 1, ""), Repetition.Often);
        measurements.Run(3);
        Assert.Equal((3, 1, 9), (measurements.RunsOf("usual").Count, measurements.RunsOf("long").Count, measurements.RunsOf("short").Count));
    }

    [Fact]
    public void The_memory_of_a_program_is_seen_while_it_runs()
    {
        var run = MeasuredRun.Of("perl", ["-e", "$x = 'x' x 60_000_000; select(undef, undef, undef, 0.3)"], "/");
        Assert.InRange(run.Memory, 60_000_000, 300_000_000);
    }

    [Fact]
    public void The_page_has_a_line_for_each_tool_and_the_chart_a_bar_for_each_that_ran()
    {
        var page = new BenchPage("Linux", new BenchRow("clang", new MeasuredRun(1, 1, "")), [new BenchRow("mmreview <x>", new MeasuredRun(2, 1.5, ""), 4, 3, 1), new BenchRow("absent", null)], [new Aim("start", "0.2 s", "at most 0.1 s", false), new Aim("memory", "5 MB", "at most 6 MB", true), new Aim("wait", "2 s (1 s)", "at most 1.5 s", false, true)]);
        var markdown = page.ToMarkdown("chart.svg");
        Assert.Contains("| mmreview <x> | 2.00 | 2.00 | 1.50 | 1.50 | 4 | 3 | 0 | 1 |", markdown, StringComparison.Ordinal);
        Assert.Contains("| absent | not installed |", markdown, StringComparison.Ordinal);
        Assert.Contains("| start | 0.2 s | at most 0.1 s | NO |\n| memory | 5 MB | at most 6 MB | yes |\n| wait | 2 s (1 s) | at most 1.5 s | only there |\n", markdown, StringComparison.Ordinal);
        Assert.Contains("](chart.svg)\n", markdown, StringComparison.Ordinal);
        var chart = XDocument.Parse(page.ToSvg());
        Assert.Equal(3, chart.Descendants().Count(static element => element.Name.LocalName == "rect"));
        Assert.Contains(chart.Descendants(), static element => element.Value == "mmreview <x>");
    }
}
