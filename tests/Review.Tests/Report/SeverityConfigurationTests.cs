using Microsoft.CodeAnalysis;
using Review.Core.Diagnostics;

namespace Review.Tests.Report;

public class SeverityConfigurationTests
{
    private static readonly DiagnosticDescriptor Rule = RuleDescriptor.Create("KMM1001", "stale-prev", "t", "m", RuleCategory.Locking, DiagnosticSeverity.Warning);

    [Theory]
    [InlineData("", DiagnosticSeverity.Warning)]
    [InlineData("dotnet_diagnostic.KMM1001.severity = error", DiagnosticSeverity.Error)]
    [InlineData("dotnet_diagnostic.kmm1001.severity = suggestion", DiagnosticSeverity.Info)]
    [InlineData("dotnet_diagnostic.stale-prev.severity = error", DiagnosticSeverity.Error)]
    [InlineData("dotnet_diagnostic.stale-prev.severity = none", null)]
    [InlineData("dotnet_diagnostic.stale-prev.severity = silent", null)]
    [InlineData("dotnet_diagnostic.stale-prev.severity = default", DiagnosticSeverity.Warning)]
    [InlineData("dotnet_analyzer_diagnostic.category-Locking.severity = error", DiagnosticSeverity.Error)]
    [InlineData("dotnet_analyzer_diagnostic.category-Notifier.severity = error", DiagnosticSeverity.Warning)]
    [InlineData("dotnet_analyzer_diagnostic.severity = none", null)]
    [InlineData("dotnet_analyzer_diagnostic.severity = error\ndotnet_analyzer_diagnostic.category-locking.severity = suggestion", DiagnosticSeverity.Info)]
    [InlineData("dotnet_analyzer_diagnostic.category-Locking.severity = none\ndotnet_diagnostic.stale-prev.severity = error", DiagnosticSeverity.Error)]
    [InlineData("dotnet_diagnostic.stale-prev.severity = none\ndotnet_diagnostic.KMM1001.severity = error", DiagnosticSeverity.Error)]
    public void The_most_special_line_wins(string lines, DiagnosticSeverity? expected) =>
        Assert.Equal(expected, Configure("[*.c]\n" + lines).ForFile("mm/madvise.c").Effective(Rule));

    [Theory]
    [InlineData("mm/madvise.c", DiagnosticSeverity.Error)]
    [InlineData("mm/damon/core.c", DiagnosticSeverity.Error)]
    [InlineData("fs/userfaultfd.c", DiagnosticSeverity.Warning)]
    [InlineData("mm/internal.h", DiagnosticSeverity.Warning)]
    public void Sections_choose_folders(string path, DiagnosticSeverity expected) =>
        Assert.Equal(expected, Configure("root = true\n[mm/**.c]\ndotnet_diagnostic.stale-prev.severity = error").ForFile(path).Effective(Rule));

    [Fact]
    public void A_nearer_file_wins_and_counts_for_its_folder_only()
    {
        var configuration = SeverityConfiguration.Create(
        [
            new EditorConfigText("mm/.editorconfig", "[*.c]\ndotnet_diagnostic.stale-prev.severity = none"),
            new EditorConfigText(".editorconfig", "[*.c]\ndotnet_diagnostic.stale-prev.severity = error"),
        ]);
        Assert.Null(configuration.ForFile("mm/gup.c").Effective(Rule));
        Assert.Equal(DiagnosticSeverity.Error, configuration.ForFile("fs/exec.c").Effective(Rule));
    }

    [Fact]
    public void Mistakes_are_named_and_other_tools_are_left_alone()
    {
        var configuration = Configure("""
            [*.c]
            dotnet_diagnostic.stale-perv.severity = error
            dotnet_diagnostic.KMM1002.severity = error
            dotnet_diagnostic.stale-prev.severity = loud
            dotnet_analyzer_diagnostic.category-Locking.severity = fatal
            dotnet_diagnostic.CA1305.severity = none
            """);
        var problems = configuration.ForFile("mm/gup.c").Problems([Rule]);
        Assert.Equal(4, problems.Length);
        Assert.Contains(problems, problem => problem.Contains("'stale-perv': did you mean stale-prev?", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.Contains("kmm1002", StringComparison.OrdinalIgnoreCase));
        Assert.Contains(problems, problem => problem.Contains("loud", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.Contains("'fatal' is not a severity", StringComparison.Ordinal));
    }

    [Fact]
    public void Findings_get_the_configured_severity_and_vanish_with_none()
    {
        const string Code = "void f(int n)\n{\n\tbad();\n\tswitch (n) { }\n}\n";
        var options = new Core.Engine.AnalysisOptions
        {
            Parallelism = 1,
            Severities = Configure("[mm/*.c]\ndotnet_diagnostic.call-of-bad.severity = error\ndotnet_analyzer_diagnostic.category-Behavior.severity = none"),
        };
        var finding = Assert.Single(SampleAnalysis.RunOn(Code, options).Findings);
        Assert.Equal(("call-of-bad", DiagnosticSeverity.Error), (finding.Rule, finding.Severity));
        Assert.Equal(2, SampleAnalysis.RunOn(Code).Findings.Length);
    }

    private static SeverityConfiguration Configure(string text) => SeverityConfiguration.Create([new EditorConfigText(".editorconfig", text)]);
}
