using System.CommandLine;
using System.Text;
using Review.Cli.Mail;
using Review.Cli.Output;
using Review.Cli.Patch;
using Review.Core.Diagnostics;
using Review.Core.Engine;
using Review.Patches.Threads;

namespace Review.Cli.Commands;

/// <summary><c>mmreview thread</c>: a thread with the findings on its patches, and who in it has said the same.</summary>
internal sealed class ThreadCommand : Command
{
    private readonly Argument<string> file = new("FILE") { Description = "A mailbox, a Maildir, a public-inbox archive, or an archive page saved as text" };
    private readonly Option<string?> messageId = new("--message-id") { Description = "A mail of the thread, to find it in an archive", HelpName = "ID" };
    private readonly KernelOptions kernel = new();
    private readonly Option<string?> basis = new("--base") { Description = "The revision that the series is for; by default it is found", HelpName = "REV" };
    private readonly Option<double> timeout = new("--timeout") { Description = "Seconds that the series may take", DefaultValueFactory = static _ => 60 };

    public ThreadCommand()
        : base("thread", "Shows a thread with the findings on its patches, and who in it has said the same.")
    {
        Arguments.Add(file);
        kernel.AddTo(this);
        Options.Add(messageId);
        Options.Add(basis);
        Options.Add(timeout);
        SetAction((parsed, cancellation) =>
        {
            var options = new PatchOptions
            {
                Mail = parsed.GetValue(file)!,
                MessageId = parsed.GetValue(messageId),
                Check = kernel.Read(parsed),
                Base = parsed.GetValue(basis),
                Timeout = TimeSpan.FromSeconds(Math.Clamp(parsed.GetValue(timeout), 1, 86_400)),
            };
            var thread = MailSource.Read(options.Mail, options.MessageId, cancellation);
            var output = parsed.InvocationConfiguration.Output;
            var run = new PatchRun(options, cancellation);
            if (run.SeriesIn(thread) is not { } series)
            {
                output.Write(Show(thread, null));
                return Task.FromResult(ExitStatus.Clean);
            }

            return Task.FromResult(run.Run(series, thread, report =>
            {
                output.Write(Show(thread, report));
                return ExitStatus.Clean;
            }));
        });
    }

    private static string Show(MailThread thread, Report? report)
    {
        var text = new StringBuilder();
        for (var i = 0; i < thread.Mails.Length; i++)
        {
            var mail = thread.Mails[i];
            var indent = new string(' ', Math.Min(thread.DepthOf(i), 20) * 2);
            Line($"{indent}{mail.Subject} · {mail.From}");
            var patch = report?.Series?.Series.Patches.FirstOrDefault(one => one.Mail == mail);
            foreach (var finding in report?.Result.Findings.Where(finding => patch is not null && finding.Patch?.Introduced == patch.Number) ?? [])
            {
                Line($"{indent}  {finding.Severity.Word()}: {(finding.Function.Length > 0 ? finding.Function + "(): " : "")}{finding.Message} [{finding.Rule} {finding.Id}]{Who(thread, finding, report?.Rules.Find(finding.Rule))}");
            }
        }

        foreach (var refuted in report?.Series?.Refuted ?? [])
        {
            Line($"{refuted.Mail.From}{(refuted.IsWithdrawn ? " (taken back)" : "")} is mistaken about {refuted.Function}(): {refuted.Fact} [{refuted.Rule}]");
        }

        foreach (var line in report?.Series is { } series ? SeriesText.Lines(series) : [])
        {
            Line(line);
        }

        return text.ToString();

        void Line(string line) => text.Append(VisibleText.Of(line)).Append('\n');
    }

    private static string Who(MailThread thread, Finding finding, RuleInfo? rule)
    {
        var claims = ThreadClaims.About(thread, finding.Function, rule?.HeardAs() ?? []).DistinctBy(static claim => claim.Who).Select(static claim => claim.Who + (claim.IsWithdrawn ? " (taken back)" : "")).ToList();
        return claims.Count == 0 ? "; nobody in the thread says so" : $"; said by {string.Join(", ", claims)}";
    }
}
