using System.Globalization;
using System.Text;
using Review.Cli.Patch;
using Review.Core.Diagnostics;
using Review.Patches.Series;

namespace Review.Cli.Output;

/// <summary>What a text report says of a series below its findings, one line for each.</summary>
internal static class SeriesText
{
    /// <summary>The lines.</summary>
    public static IEnumerable<string> Lines(SeriesReport report)
    {
        var series = report.Series;
        var revision = series.Revision > 1 ? string.Create(CultureInfo.InvariantCulture, $"v{series.Revision}, ") : "";
        yield return VisibleText.Of($"series: {series.Title} ({revision}{Summary.Count(series.Patches.Length, "patch").Replace("patchs", "patches", StringComparison.Ordinal)}) on {report.Base}");
        foreach (var cured in report.Cured)
        {
            yield return VisibleText.Of(string.Create(CultureInfo.InvariantCulture, $"cured by patch {cured.By}: {Describe(cured.Finding)}"));
        }

        foreach (var finding in report.Transient)
        {
            yield return VisibleText.Of(string.Create(CultureInfo.InvariantCulture, $"introduced by patch {finding.Patch!.Introduced} and gone at the end: {Describe(finding)}"));
        }

        foreach (var moved in report.Moved)
        {
            yield return VisibleText.Of(string.Create(CultureInfo.InvariantCulture, $"patch {moved.Patch}: {moved.Path}, hunk {moved.Hunk} landed {Math.Abs(moved.Lines)} lines {(moved.Lines > 0 ? "further down" : "further up")}"));
        }

        foreach (var line in report.Verdicts.SelectMany(Lines))
        {
            yield return VisibleText.Of(line);
        }

        foreach (var remark in report.Remarks)
        {
            yield return VisibleText.Of(remark);
        }
    }

    private static IEnumerable<string> Lines(ProposalVerdict verdict)
    {
        var subject = string.Create(CultureInfo.InvariantCulture, $"counter-proposal of {verdict.Proposal.Mail.From} to patch {verdict.Proposal.Answers}{(verdict.Proposal.Earlier.IsEmpty ? "" : ", on top of the one before")}");
        return verdict.Trouble is { } trouble
            ? [$"{subject}: not judged: {trouble}"]
            :
            [
                .. verdict.Cures.Select(finding => $"{subject} cures: {Describe(finding)}"),
                .. verdict.Leaves.Select(finding => $"{subject} leaves: {Describe(finding)}"),
                .. verdict.Introduces.Select(finding => $"{subject} introduces: {Describe(finding)}"),
            ];
    }

    private static string Describe(Finding finding) => $"{finding.Path}: {(finding.Function.Length > 0 ? finding.Function + "(): " : "")}{finding.Message} [{finding.Rule} {finding.Id}]{(WitnessWords.Of(finding.Witness) is { Length: > 0 } words ? $"; {words}" : "")}";
}
