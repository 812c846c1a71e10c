using Microsoft.CodeAnalysis;
using Review.Cli.Cache;
using Review.Cli.Output;
using Review.Cli.Trees;
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

            var answer = Nothing;
            if (Branch(PatchSubject.Parse(mail.Subject)) is { } branch)
            {
                _ = new RangeRun(options, branch.Range, cancellation).Run(report => Take(Entry(Of(report, branch.Number))));
            }

            // A cover letter: nothing to say, and nothing is shown.
            else if (SeriesAssembler.Single(mail) is { } series)
            {
                _ = new PatchRun(options, cancellation).Run(series, MailThread.Of([mail]), report => Take(Entry(report)));
            }

            return answer;

            int Take(string entry)
            {
                answer = entry;
                return ExitStatus.Clean;
            }
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

    /// <summary>The commits that b4 made of the whole series, if it says where they are; then a patch that needs the ones before it is judged on them, and at the end of the series.</summary>
    private B4Branch? Branch(PatchSubject subject)
    {
        if (Environment.GetEnvironmentVariable(B4Branch.Variable) is not { Length: > 0 } file)
        {
            return null;
        }

        using var cache = CacheDirectory.Open();
        var folder = new KernelLocator(cache, Environment.CurrentDirectory, Environment.GetEnvironmentVariable).Locate(options.Check.Kernel, Progress.ToTerminal, cancellation).Folder;
        return B4Branch.Find(file, folder, subject);
    }

    /// <summary>What of a report on a series is about one patch.</summary>
    private static Report Of(Report report, int? number) =>
        number is null ? report : report with { Result = report.Result with { Findings = [.. report.Result.Findings.Where(finding => finding.Patch?.Introduced == number)] } };

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
