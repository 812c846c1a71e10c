using Microsoft.CodeAnalysis;
using Review.Cli.Output;
using Review.Core.Diagnostics;
using Review.Patches.Mail;
using Review.Patches.Series;
using Review.Patches.Threads;

namespace Review.Cli.Patch;

/// <summary>
/// The answer to one of b4's checks. b4 has undone the transfer encoding of the mail, whatever its header still says. Standard output holds one JSON array in every case;
/// "not analyzed" is a warning, because b4 has no word for it and "pass" would be a lie.
/// </summary>
internal sealed class B4Check(PatchOptions options, CancellationToken cancellation)
{
    private const string Nothing = "[]\n";

    /// <summary>The answer.</summary>
    public string Answer(Stream input)
    {
        try
        {
            using var bytes = new MemoryStream();
            var buffer = new byte[64 << 10];
            while (bytes.Length <= MailLimits.MailBytes && input.Read(buffer) is > 0 and var length)
            {
                bytes.Write(buffer, 0, length);
            }

            var mail = MailMessage.Read(bytes.ToArray(), isDecoded: true);
            if (mail.Info.Refusal is { } refusal)
            {
                return Entry("warn", $"not analyzed: {refusal}", "");
            }

            // A cover letter: nothing to say, and nothing is shown.
            if (SeriesAssembler.Single(mail) is not { } series)
            {
                return Nothing;
            }

            var answer = Nothing;
            _ = new PatchRun(options, cancellation).Run(series, MailThread.Of([mail]), report =>
            {
                answer = Entry(report);
                return ExitStatus.Clean;
            });
            return answer;
        }
        catch (UserError trouble)
        {
            return Entry("warn", trouble.Message.StartsWith("not analysed", StringComparison.Ordinal) ? "not analyzed" + trouble.Message["not analysed".Length..] : $"not analyzed: {trouble.Message}", trouble.Cure);
        }
#pragma warning disable CA1031 // b4 shows what a check prints and nothing else, so a defect of ours has to be printed as well.
        catch (Exception trouble) when (trouble is not OperationCanceledException)
#pragma warning restore CA1031
        {
            return Entry("warn", $"not analyzed: defect: {trouble.GetType().Name}", trouble.Message);
        }
    }

    private static string Entry(Report report)
    {
        var findings = report.Result.Findings;
        var details = string.Join('\n', findings.Select(static finding => $"{finding.Severity.Word()}: {finding.Path}: {finding.Function}(): {finding.Message} [{finding.Rule} {finding.Id}]"));
        if (findings.Any(static finding => finding.Severity >= DiagnosticSeverity.Warning))
        {
            return Entry(findings.Any(static finding => finding.Severity == DiagnosticSeverity.Error) ? "fail" : "warn", $"{Summary.Count(findings.Length, "finding")} on {report.Series!.Base}", details);
        }

        return !report.Result.NotAnalysed.IsEmpty
            ? Entry("warn", $"not analyzed: {report.Result.NotAnalysed[0].Reason}", details)
            : Entry("pass", report.Series!.Remarks is [var remark, ..] ? remark : $"nothing found on {report.Series.Base}", details);
    }

    private static string Entry(string status, string summary, string details) => JsonText.Write(json =>
    {
        json.WriteStartArray();
        json.WriteStartObject();
        json.WriteString("tool", "mmreview");
        json.WriteString("status", status);
        json.WriteString("summary", VisibleText.Of(summary));
        json.WriteString("url", "");
        json.WriteString("details", details);
        json.WriteEndObject();
        json.WriteEndArray();
    });
}
