using System.Globalization;
using System.Text;
using Review.Core.Diagnostics;

namespace Review.Cli.Output;

/// <summary>MSBuild's canonical form, which editors and build logs turn into links: <c>file(line,col,line,col): warning KMM1001: message</c>.</summary>
internal static class MsBuildReport
{
    public static string Render(Report report)
    {
        var text = new StringBuilder();
        foreach (var finding in report.Result.Findings)
        {
            var builds = finding.Builds is { } occurrence ? $" ({occurrence.Words})" : "";
            text.Append(CultureInfo.InvariantCulture, $"{VisibleText.Of(finding.Path)}({finding.Line},{finding.Column},{finding.EndLine},{finding.EndColumn}): ")
                .Append(CultureInfo.InvariantCulture, $"{finding.Severity.Word()} {finding.Id}: {VisibleText.Of(finding.Message + builds)} ({finding.Rule})\n");
        }

        foreach (var gap in report.Result.NotAnalysed)
        {
            var subject = gap.Function is null ? "" : gap.Function + "() is ";
            text.Append(CultureInfo.InvariantCulture, $"{VisibleText.Of(gap.Path)}: info: {VisibleText.Of($"{subject}not analysed: {gap.Reason}; {gap.Cure}")}\n");
        }

        return text.Append(Summary.Of(report.Result)).Append('\n').ToString();
    }
}
