using Review.Cli.Output;
using Review.Core.Diagnostics;
using Review.Core.Engine;
using Review.Tests.Report;

namespace Review.Tests.Flow;

/// <summary>A rule that cannot look at a function says so; its silence is never taken for a clean bill.</summary>
public sealed class GivingUpTests
{
    private const string Code = "void f(void)\n{\n\tbad();\n}\nvoid g(void)\n{\n\tbad();\n}\n";

    private static AnalyzerSet Rules => AnalyzerSet.Create([new CallOfBad(), new DefectiveRule(static context => context.RegisterFunctionAction(static context =>
    {
        if (context.Function.Name == "g")
        {
            throw new NotAnalysedException("it has too many paths to follow");
        }
    }))]);

    [Fact]
    public void The_result_names_function_rule_and_reason()
    {
        var result = new SampleAnalysis { Rules = Rules }.Add("mm/a.c", Code).Run();
        var gap = Assert.Single(result.NotAnalysed);
        Assert.Equal(("mm/a.c", "g", "defective", "defective gave up: it has too many paths to follow"), (gap.Path, gap.Function, gap.Rule, gap.Reason));
        Assert.Equal(["f", "g"], result.Findings.Select(static finding => finding.Function));
        Assert.Equal(2, Assert.Single(result.Files).Functions);
    }

    [Fact]
    public void Json_names_the_rule()
    {
        var json = JsonReport.Render(new SampleAnalysis { Rules = Rules }.Add("mm/a.c", Code).Report());
        Assert.Contains("\"rule\": \"defective\"", json, StringComparison.Ordinal);
        Assert.Contains("gave up: it has too many paths to follow", json, StringComparison.Ordinal);
    }

    [Fact]
    public void A_suppression_there_is_not_called_unused()
    {
        var result = new SampleAnalysis { Rules = Rules }.Add("mm/a.c", "void g(void)\n{\n\t/* mmreview: allow defective -- known */\n\tgood();\n}\n").Run();
        Assert.Empty(result.Findings);
    }

    [Fact]
    public void A_baseline_keeps_the_rules_entries_there_and_only_those()
    {
        var analysis = new SampleAnalysis { Rules = Rules }.Add("mm/a.c", "void g(void)\n{\n\tgood();\n}\n");
        var result = analysis.Run();
        var finding = Assert.Single(new SampleAnalysis().Add("mm/a.c", "void g(void)\n{\n\tbad();\n}\n").Run().Findings);
        var baseline = Baseline.From([finding, finding with { Rule = "defective", Id = DefectiveRule.Rule.Id, Fingerprint = "other" }]);
        Assert.Equal(["defective"], baseline.Prune(result, static _ => false).Entries.Select(static entry => entry.Rule));
    }
}
