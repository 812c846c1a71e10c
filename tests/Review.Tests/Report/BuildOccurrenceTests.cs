using System.Text.Json;
using Review.Cli.Output;
using Review.Core.Diagnostics;

namespace Review.Tests.Report;

public class BuildOccurrenceTests
{
    [Theory]
    [InlineData("arm64", "x86_64", "only on arm64")]
    [InlineData("x86_64 A=n", "x86_64 , x86_64 B=y", "only with A=n")]
    [InlineData("x86_64 , x86_64 B=y", "x86_64 A=n", "not with A=n")]
    [InlineData("x86_64 A=n, x86_64 B=y", "x86_64 ", "only with A=n or B=y")]
    [InlineData("x86_64 , x86_64 F=y", "x86_64 A=n, x86_64 B=n, x86_64 C=n, x86_64 D=n, x86_64 E=n", "not with A=n or B=n or C=n or 2 others")]
    [InlineData("arm64 , x86_64 ", "arm64 A=n, x86_64 A=n", "not with A=n")]
    [InlineData("x86_64 , x86_64 A=n", "arm64 , arm64 A=n", "only on x86_64")]
    [InlineData("x86_64 A=n", "arm64 , arm64 A=n, x86_64 ", "not on arm64; on x86_64 only with A=n")]
    [InlineData("x86_64 , arm64 ", "arm64 B=y", "on arm64 not with B=y; on x86_64 always")]
    public void It_is_said_in_few_words(string having, string lacking, string expected) =>
        Assert.Equal(expected, new BuildOccurrence(Read(having), Read(lacking)).Words);

    [Fact]
    public void A_finding_says_where_it_shows_unless_it_does_everywhere()
    {
        const string Code = "void f(void)\n{\n\tbad();\n}\n#ifdef ARM\nvoid arm(void)\n{\n\tbad();\n}\n#endif\n";
        AnalysedBuild[] builds = [new("x86_64", ""), new("arm64", "")];
        var analysis = new SampleAnalysis().Add("mm/a.c", Code, builds[0]).Add("mm/a.c", Code, builds[1], "-DARM").Add("mm/b.c", Code, builds[1], "-DARM");
        var result = analysis.Run();
        Assert.Equal(["f", "arm", "f", "arm"], result.Findings.Select(static finding => finding.Function));
        Assert.Equal([null, "only on arm64", null, null], result.Findings.Select(static finding => finding.Builds?.Words));
        Assert.Equal(4, result.FunctionCount);

        var report = analysis.Report(result);
        Assert.Contains("  shows: only on arm64\n", TextReport.Render(report), StringComparison.Ordinal);
        Assert.Contains("<p class=\"builds\">Shows only on arm64.</p>", HtmlReport.Render(report), StringComparison.Ordinal);
        Assert.Contains("arm() calls bad() (only on arm64) (call-of-bad)", MsBuildReport.Render(report), StringComparison.Ordinal);
        Assert.Contains("arm() calls bad() (only on arm64)%0A", GitHubReport.Render(report), StringComparison.Ordinal);
        using var sarif = JsonDocument.Parse(SarifReport.Render(report));
        Assert.Equal("only on arm64", sarif.RootElement.GetProperty("runs")[0].GetProperty("results")[1].GetProperty("properties").GetProperty("builds").GetString());
    }

    [Fact]
    public void A_gap_that_is_not_everywhere_says_where_it_is()
    {
        const string Code = "void f(void)\n{\n#ifdef ARM\n\tint x = ;\n#endif\n\tbad();\n}\n";
        var result = new SampleAnalysis().Add("mm/a.c", Code, new AnalysedBuild("x86_64", "")).Add("mm/a.c", Code, new AnalysedBuild("x86_64", "CONFIG_ARM=y"), "-DARM").Run();
        Assert.All(result.NotAnalysed, static gap => Assert.EndsWith(" (only with CONFIG_ARM=y)", gap.Reason, StringComparison.Ordinal));
        Assert.NotEmpty(result.NotAnalysed);
        Assert.Equal("not with CONFIG_ARM=y", Assert.Single(result.Findings).Builds?.Words);
    }

    private static System.Collections.Immutable.ImmutableArray<AnalysedBuild> Read(string text) =>
        [.. text.Split(", ").Select(static one => one.Split(' ')).Select(static parts => new AnalysedBuild(parts[0], parts.ElementAtOrDefault(1) ?? ""))];
}
