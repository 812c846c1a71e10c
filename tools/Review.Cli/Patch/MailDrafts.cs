using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Review.Cli.Letters;
using Review.Cli.Output;
using Review.Core.Diagnostics;
using Review.Patches.Replies;

namespace Review.Cli.Patch;

/// <summary>
/// <c>--format mail</c>: one draft for each patch with findings, and the same letters as a page. Remarks of severity info are left out. Nothing is sent, and a clean
/// series gives nothing at all.
/// </summary>
internal static class MailDrafts
{
    /// <summary>Writes the drafts into a folder; returns how many.</summary>
    public static int Write(string folder, Report report)
    {
        var series = report.Series!;
        var letters = series.Letters
            .Select(static letter => (letter.Patch, Remarks: letter.Remarks.Where(static remark => remark.Finding.Severity >= DiagnosticSeverity.Warning).ToList()))
            .Where(static letter => letter.Remarks.Count > 0 && letter.Patch.Mail is not null)
            .Select(letter => (letter.Patch, letter.Remarks, Markdown: ReplyLetter.Write(letter.Patch.Mail!.Date, letter.Remarks, Footer(report))))
            .ToList();
        if (letters.Count == 0)
        {
            return 0;
        }

        try
        {
            _ = Directory.CreateDirectory(folder);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"{folder} cannot be made: {trouble.Message.TrimEnd('.')}", "name a folder that may be written with -o");
        }

        foreach (var (patch, remarks, markdown) in letters)
        {
            var key = string.Join('\n', [patch.Mail!.MessageId ?? patch.Title, .. remarks.Select(static remark => remark.Finding.Fingerprint)]);
            var mail = ReplyMail.Write(patch.Mail, MailTextRenderer.Render(markdown), key);
            WholeFile.Write(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{patch.Number:0000}.eml")), Encoding.UTF8.GetString(mail));
        }

        WholeFile.Write(Path.Combine(folder, "letters.html"), LetterPage.Render(series.Series.Title, letters.Select(static letter => (letter.Patch.Mail!.Subject, letter.Markdown))));
        return letters.Count;
    }

    /// <summary>The end of the letters about a series.</summary>
    internal static ReplyFooter Footer(Report report)
    {
        var series = report.Series!.Series;
        var last = series.Patches[^1].Number;
        return new ReplyFooter(
            $"mmreview {report.Result.Tool.Version}",
            report.Series.Base,
            report.Result.Kernel.Architecture.Replace(",", " and ", StringComparison.Ordinal),
            string.Create(CultureInfo.InvariantCulture, $"{last}/{series.Total}"),
            $"mmreview patch series.mbox --kernel linux --base {(report.Result.Kernel.Revision is { } revision ? revision[..12] : "REV")}");
    }
}
