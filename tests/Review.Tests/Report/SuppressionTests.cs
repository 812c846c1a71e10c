using Microsoft.CodeAnalysis;
using Review.Core.Diagnostics;
using Review.Core.Engine;

namespace Review.Tests.Report;

public class SuppressionTests
{
    [Theory]
    [InlineData("\tbad(); /* mmreview: allow call-of-bad -- it is fine */")]
    [InlineData("\t/* mmreview: allow call-of-bad -- it is fine */\n\tbad();")]
    [InlineData("\t// mmreview: allow call-of-bad -- it is fine\n\tbad();")]
    [InlineData("\t/*\n\t * mmreview: allow call-of-bad --\n\t * it is fine\n\t */\n\tbad();")]
    [InlineData("\t/* mmreview: allow KMM9901 -- it is fine */\n\t/* and a remark */\n\tbad();")]
    [InlineData("\t/* mmreview: allow CALL-OF-BAD -- it is fine */ bad();")]
    public void A_comment_on_or_above_the_line_suppresses_with_its_reason(string lines)
    {
        var result = SampleAnalysis.RunOn($"void f(void)\n{{\n{lines}\n}}\n");
        Assert.Empty(result.Findings);
        Assert.Equal(new FindingSuppression(SuppressionKind.Comment, "it is fine"), Assert.Single(result.Suppressed).Suppression);
    }

    [Theory]
    [InlineData("\t/* mmreview: allow call-of-bad -- too far up */\n\n\tbad();")]
    [InlineData("\tgood(); /* mmreview: allow call-of-bad -- shares its line with code */\n\tbad();")]
    [InlineData("\tbad();\n\t/* mmreview: allow call-of-bad -- below */")]
    public void Elsewhere_it_does_not_and_is_reported_as_unused(string lines)
    {
        var result = SampleAnalysis.RunOn($"void f(void)\n{{\n{lines}\n}}\n");
        Assert.Equal(["call-of-bad", "unused-suppression"], result.Findings.Select(finding => finding.Rule).Order(StringComparer.Ordinal));
        Assert.Equal(DiagnosticSeverity.Info, result.Findings.Single(finding => finding.Rule == "unused-suppression").Severity);
        Assert.Empty(result.Suppressed);
    }

    [Theory]
    [InlineData("allow call-of-bad", "the suppression of call-of-bad gives no reason: add '-- reason'")]
    [InlineData("allow call-of-bad --", "the suppression of call-of-bad gives no reason: add '-- reason'")]
    [InlineData("allow", "the suppression names no rule")]
    [InlineData("allow -- because", "the suppression names no rule")]
    [InlineData("disable call-of-bad -- because", "a suppression reads 'mmreview: allow RULE -- reason'")]
    [InlineData("allowed call-of-bad -- because", "a suppression reads 'mmreview: allow RULE -- reason'")]
    [InlineData("allow call-of-bat -- because", "there is no rule 'call-of-bat': did you mean call-of-bad?")]
    [InlineData("allow engine -- because", "engine cannot be suppressed by a comment")]
    public void A_comment_that_cannot_be_obeyed_is_a_finding_and_suppresses_nothing(string words, string message)
    {
        var result = SampleAnalysis.RunOn($"void f(void)\n{{\n\t/* mmreview: {words} */\n\tbad();\n}}\n");
        Assert.Equal(["suppression", "call-of-bad"], result.Findings.Select(finding => finding.Rule));
        Assert.Equal(("KMM0002", DiagnosticSeverity.Warning, message, "f"), Describe(result.Findings[0]));
        Assert.Empty(result.Suppressed);
    }

    [Fact]
    public void Several_rules_are_separated_by_commas_and_each_can_be_unused()
    {
        var result = SampleAnalysis.RunOn("void f(int n)\n{\n\t/* mmreview: allow call-of-bad, empty-switch, many-globals -- all of it */\n\tbad(); switch (n) { }\n}\n");
        Assert.Equal(["call-of-bad", "empty-switch"], result.Suppressed.Select(finding => finding.Rule));
        Assert.Equal("many-globals reports nothing here: the suppression can go", Assert.Single(result.Findings).Message);
    }

    [Fact]
    public void An_unused_one_is_not_reported_where_nothing_was_looked_for()
    {
        const string Code = "void f(void)\n{\n#ifdef NEVER\n\t/* mmreview: allow call-of-bad -- not compiled */\n\tbad();\n#endif\n\tgood(); /* mmreview: allow call-of-bad -- compiled */\n}\n";
        var finding = Assert.Single(SampleAnalysis.RunOn(Code).Findings);
        Assert.Equal(("unused-suppression", 8), (finding.Rule, finding.Line));

        var options = new AnalysisOptions { Parallelism = 1, Rules = RuleSelection.Parse("empty-switch,unused-suppression", SampleRules.All.Catalog) };
        Assert.Empty(SampleAnalysis.RunOn(Code, options).Findings);
    }

    [Fact]
    public void One_architecture_that_needs_it_is_enough()
    {
        const string Code = "void f(void)\n{\n#ifdef ARM\n\tbad();\n#endif\n\tgood();\n}\nvoid g(void)\n{\n#ifdef ARM\n#define CALL bad()\n#else\n#define CALL good()\n#endif\n\tCALL; /* mmreview: allow call-of-bad -- on arm only */\n}\n";
        var result = new SampleAnalysis().Add("mm/a.c", Code).Add("mm/a.c", Code, "-DARM").Run();
        Assert.Equal("f", Assert.Single(result.Findings).Function);
        Assert.Equal("g", Assert.Single(result.Suppressed).Function);
    }

    [Fact]
    public void While_a_patch_is_reviewed_the_tree_has_no_say()
    {
        var options = new AnalysisOptions { Parallelism = 1, HonourComments = false };
        var result = SampleAnalysis.RunOn("void f(void)\n{\n\tbad(); /* mmreview: allow call-of-bad -- please */\n}\n", options);
        Assert.Equal("call-of-bad", Assert.Single(result.Findings).Rule);
    }

    private static (string Id, DiagnosticSeverity Severity, string Message, string Function) Describe(Finding finding) =>
        (finding.Id, finding.Severity, finding.Message, finding.Function);
}
