using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Review.Core.Diagnostics;

namespace Review.Cli.Output;

/// <summary>GitHub's workflow commands: a run prints them, GitHub shows them beside the lines of a pull request.</summary>
internal static class GitHubReport
{
    public static string Render(Report report)
    {
        var text = new StringBuilder();
        foreach (var finding in report.Result.Findings)
        {
            text.Append(Command(finding)).Append('\n');
        }

        foreach (var gap in report.Result.NotAnalysed)
        {
            var subject = gap.Function is null ? "" : gap.Function + "() is ";
            text.Append(CultureInfo.InvariantCulture, $"::notice file={Property(gap.Path)},title=not analysed::")
                .Append(Data($"{subject}not analysed: {gap.Reason}; {gap.Cure}"))
                .Append('\n');
        }

        return text.Append(Summary.Of(report.Result)).Append('\n').ToString();
    }

    /// <summary>Escapes the text of a workflow command; the line breaks of the text stay line breaks.</summary>
    internal static string Data(string text) =>
        string.Join("%0A", text.Split('\n').Select(line => VisibleText.Of(line).Replace("%", "%25", StringComparison.Ordinal)));

    /// <summary>Escapes a property of a workflow command.</summary>
    internal static string Property(string text) =>
        VisibleText.Of(text)
            .Replace("%", "%25", StringComparison.Ordinal)
            .Replace(":", "%3A", StringComparison.Ordinal)
            .Replace(",", "%2C", StringComparison.Ordinal);

    private static string Command(Finding finding)
    {
        var level = finding.Severity switch
        {
            DiagnosticSeverity.Error => "error",
            DiagnosticSeverity.Warning => "warning",
            _ => "notice",
        };

        // GitHub takes columns only for a range within one line.
        var columns = finding.EndLine > finding.Line
            ? string.Create(CultureInfo.InvariantCulture, $",endLine={finding.EndLine}")
            : string.Create(CultureInfo.InvariantCulture, $",col={finding.Column},endColumn={finding.EndColumn}");
        var trace = finding.Trace.Select(step => $"\n{step.Function}: {step.Message}");
        var builds = finding.Builds is { } occurrence ? $" ({occurrence.Words})" : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"::{level} file={Property(finding.Path)},line={finding.Line}{columns},title={Property($"{finding.Rule} {finding.Id}")}::{Data(VisibleText.Of(finding.Message + builds) + string.Concat(trace))}");
    }
}
