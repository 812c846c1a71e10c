using System.CommandLine;
using Review.Cli.Check;
using Review.Cli.Output;
using Review.Cli.Patch;
using Review.Patches.Series;

namespace Review.Cli.Commands;

/// <summary><c>mmreview patch</c>: reviews a patch series out of mails.</summary>
internal sealed class PatchCommand : Command
{
    private const string Mail = "mail";

    private readonly Argument<string> mail = new("MAIL") { Description = "A mailbox, a mail, a Maildir or folder of mails, a public-inbox archive, an archive page saved as text, or - for standard input" };
    private readonly Option<string?> messageId = new("--message-id") { Description = "A mail of the series that is meant: in an archive it must be named, else the newest series is taken", HelpName = "ID" };
    private readonly KernelOptions kernel = new();
    private readonly Option<string?> basis = new("--base") { Description = "The revision that the series is for; nothing is checked out", HelpName = "REV" };
    private readonly Option<bool> old = new("--old") { Description = "Show what was there before the series as well" };
    private readonly Option<string> paths = new("--paths") { Description = "Directories to look at, joined by commas", DefaultValueFactory = static _ => "mm/" };
    private readonly Option<double> timeout = new("--timeout") { Description = "Seconds that a series may take", DefaultValueFactory = static _ => 60 };
    private readonly Option<bool> witness = new("--witness") { Description = "Run the code after the last patch on the model: confirm or refute the findings" };
    private readonly ReportOptions report = new();

    public PatchCommand()
        : base("patch", "Reviews a patch series out of mails: what it introduces, and what of that is still there after its last patch.")
    {
        Arguments.Add(mail);
        kernel.AddTo(this);
        foreach (var option in (Option[])[messageId, basis, old, paths, timeout, witness])
        {
            Options.Add(option);
        }

        report.AddTo(this, Mail);
        SetAction((parsed, cancellation) => Task.FromResult(new PatchRun(Read(parsed), cancellation).Run(result => Finish(parsed, result))));
    }

    private int Finish(ParseResult parsed, Report result)
    {
        var counted = result with { Result = result.Result with { Findings = [.. result.Result.Findings.Where(static finding => finding.Patch?.Introduced is not null)] } };
        if (report.Format(parsed) == Mail)
        {
            _ = MailDrafts.Write(report.Output(parsed) ?? throw new UserError("--format mail writes several files", "name a folder for them with -o"), result);
        }
        else
        {
            _ = report.Finish(parsed, result, static _ => false);
        }

        return report.Status(parsed, counted.Result);
    }

    private PatchOptions Read(ParseResult parsed) => new()
    {
        Mail = parsed.GetValue(mail)!,
        MessageId = parsed.GetValue(messageId),
        Check = kernel.Read(parsed) with { Baseline = report.ReadBaseline(parsed), Witness = parsed.GetValue(witness) },
        Base = parsed.GetValue(basis),
        ShowOld = parsed.GetValue(old),
        Scope = ReviewScope.Parse(parsed.GetValue(paths)!),
        Timeout = parsed.GetValue(timeout) is > 0 and <= 86_400 and var seconds ? TimeSpan.FromSeconds(seconds) : throw new UserError("--timeout takes seconds, up to a day", "leave it out for a minute"),
    };
}
