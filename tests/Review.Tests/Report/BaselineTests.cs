using Review.Core.Diagnostics;
using Review.Core.Engine;

namespace Review.Tests.Report;

public class BaselineTests
{
    private const string Old = "void f(void)\n{\n\tbad();\n}\nvoid g(void)\n{\n\tbad();\n}\n";

    [Fact]
    public void What_it_covers_is_suppressed_and_what_is_new_is_shown()
    {
        var baseline = Reread(Baseline.From(SampleAnalysis.RunOn(Old).Findings));
        var result = SampleAnalysis.RunOn("int x;\n" + Old + "void h(void)\n{\n\tbad();\n}\n", With(baseline));
        Assert.Equal("h", Assert.Single(result.Findings).Function);
        Assert.Equal(["f", "g"], result.Suppressed.Select(finding => finding.Function));
        Assert.All(result.Suppressed, finding => Assert.Equal(new FindingSuppression(SuppressionKind.Baseline, "in the baseline"), finding.Suppression));
    }

    [Fact]
    public void An_entry_covers_one_finding()
    {
        var baseline = Baseline.From(SampleAnalysis.RunOn("void f(void)\n{\n\tbad();\n}\n").Findings);
        var result = new SampleAnalysis { Options = With(baseline) }
            .Add("mm/copy.c", "void f(void)\n{\n\tbad();\n}\n")
            .Add("mm/sample.c", "void f(void)\n{\n\tbad();\n}\n")
            .Run();
        Assert.Equal("mm/copy.c", Assert.Single(result.Findings).Path);
        Assert.Equal("mm/sample.c", Assert.Single(result.Suppressed).Path);
    }

    [Fact]
    public void A_renamed_file_keeps_its_entries()
    {
        var baseline = Baseline.From(SampleAnalysis.RunOn(Old).Findings);
        var result = new SampleAnalysis { Options = With(baseline) }.Add("mm/renamed.c", Old).Run();
        Assert.Empty(result.Findings);
        Assert.Equal(2, result.Suppressed.Length);
    }

    [Fact]
    public void Pruning_drops_what_was_looked_at_and_is_gone()
    {
        var baseline = Baseline.From(SampleAnalysis.RunOn(Old).Findings);
        var mended = SampleAnalysis.RunOn("void g(void)\n{\n\tbad();\n}\n", With(baseline));
        Assert.Equal("g", Assert.Single(baseline.Prune(mended, _ => false).Entries).Function);
    }

    [Fact]
    public void Pruning_keeps_what_was_not_looked_at()
    {
        var baseline = Baseline.From(SampleAnalysis.RunOn(Old).Findings);
        var otherFile = new SampleAnalysis().Add("mm/other.c", "int x;\n").Run();
        Assert.Equal(2, baseline.Prune(otherFile, _ => false).Entries.Length);
        Assert.Empty(baseline.Prune(otherFile, path => path == "mm/sample.c").Entries);

        var otherRule = SampleAnalysis.RunOn("int x;\n", new AnalysisOptions { Parallelism = 1, Rules = RuleSelection.Parse("empty-switch", SampleRules.All.Catalog) });
        Assert.Equal(2, baseline.Prune(otherRule, _ => false).Entries.Length);

        var failed = new SampleAnalysis().Add(new AnalysisInput("mm/sample.c", _ => LoadedUnit.Failed("it is binary", "leave it out"))).Run();
        Assert.Equal(2, baseline.Prune(failed, _ => false).Entries.Length);
    }

    [Fact]
    public void The_file_is_sorted_one_line_per_entry_and_stable()
    {
        var findings = SampleAnalysis.RunOn(Old).Findings;
        var text = BaselineFile.ToText(Baseline.From(findings));
        Assert.Equal(text, BaselineFile.ToText(Baseline.From(findings.Reverse())));
        Assert.Equal(text, BaselineFile.ToText(BaselineFile.Parse(text, "b.json")));
        Assert.StartsWith("{\n  \"schema\": \"mmreview-baseline/1\",\n", text, StringComparison.Ordinal);
        Assert.Equal(2, text.Split('\n').Count(line => line.Contains("\"fingerprint\"", StringComparison.Ordinal)));
        Assert.DoesNotContain("\"line\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Strange_text_survives_the_file()
    {
        var entry = new BaselineEntry("0123456789abcdef", "r", "mm/a \"b\"\n\u202e\e[31m.c", "", "größer < é \\ 😀");
        var text = BaselineFile.ToText(new Baseline([entry]));
        HostileResult.AssertHarmlessOnTerminal(text);
        Assert.Equal(entry, Assert.Single(BaselineFile.Parse(text, "b.json").Entries));
        Assert.Empty(BaselineFile.Parse(BaselineFile.ToText(Baseline.Empty), "b.json").Entries);
    }

    [Theory]
    [InlineData("", "line 1 is not JSON")]
    [InlineData("{\n  \"schema\": \"mmreview-baseline/1\",\n  \"findings\": [,]\n}", "line 3 is not JSON")]
    [InlineData("[]", "it has no \"schema\"")]
    [InlineData("{\"schema\": \"mmreview-findings/1\"}", "its schema is 'mmreview-findings/1'")]
    [InlineData("{\"schema\": \"mmreview-baseline/1\"}", "it has no list \"findings\"")]
    [InlineData("{\"schema\": \"mmreview-baseline/1\", \"findings\": [1]}", "finding 1 has no \"fingerprint\"")]
    [InlineData("{\"schema\": \"mmreview-baseline/1\", \"findings\": [{\"fingerprint\": \"xyz\"}]}", "finding 1: 'xyz' is not a fingerprint")]
    [InlineData("{\"schema\": \"mmreview-baseline/1\", \"findings\": [{\"fingerprint\": \"0123456789abcdef\", \"rule\": 3}]}", "finding 1 has no \"rule\"")]
    public void A_broken_file_is_one_clear_error(string text, string what)
    {
        var exception = Assert.Throws<BaselineException>(() => BaselineFile.Parse(text, "known.json"));
        Assert.StartsWith("known.json: not a usable baseline: " + what, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', exception.Message);
    }

    private static Baseline Reread(Baseline baseline) => BaselineFile.Parse(BaselineFile.ToText(baseline), "b.json");

    private static AnalysisOptions With(Baseline baseline) => new() { Parallelism = 2, Baseline = baseline };
}
