using System.Collections.Immutable;
using Review.Bot.Configuration;
using Review.Bot.Reviewing;
using Review.Bot.Sending;
using Review.Bot.Store;
using Review.Patches.Mail;

namespace Review.Bot.Commands;

/// <summary>
/// Obeys the commands in answers. Only those of a patch's author or of a configured reviewer count, and only if a trusted server vouches for the sender's domain; everybody else's are text.
/// </summary>
public sealed class ReplyCommands(BotConfig config, ILetters letters)
{
    private const int MaximumCommands = 10;
    private const int MaximumReason = 500;

    /// <summary>Obeys the commands of a mail that came into a thread; a mail is obeyed once, because it comes in once.</summary>
    internal void Obey(Session session, MailMessage mail, StoredMail stored, DateTimeOffset now)
    {
        var commands = ReplyCommand.ReadAll(mail.Info.Body);
        if (commands.IsEmpty || !mail.Remarks.IsEmpty || mail.Values("Auto-Submitted").Any(static value => !value.Trim().StartsWith("no", StringComparison.OrdinalIgnoreCase)) || SeriesOf(session, mail, stored) is not { } series || !MayCommand(mail, stored.Author, series))
        {
            return;
        }

        foreach (var command in commands.Take(MaximumCommands))
        {
            switch (command.Word)
            {
                case "wrong" or "known":
                    Judge(session, command, mail, stored, series, now);
                    break;
                case "mute" when command.Argument is "me":
                    MuteTable.Add(session, new MuteRecord("person", stored.Author, stored.Author, now));
                    break;
                case "mute":
                    MuteTable.Add(session, new MuteRecord("thread", series.Lineage, stored.Author, now));
                    break;
                case "explain" when command.Argument.Split(' ') is [{ Length: > 0 } rule, ..] && letters.Explain(rule) is { } page:
                    Explain(session, rule, page, mail, stored, series, now);
                    break;
            }
        }
    }

    private bool MayCommand(MailMessage mail, string sender, SeriesRecord series) =>
        (sender == series.Author || config.Commands.Reviewers.Contains(sender, StringComparer.Ordinal)) && AuthenticationResults.Vouch(mail, config.Commands.AuthservId);

    /// <summary>The series that an answer is about: that of the nearest patch or message of ours above it, else the newest of the thread.</summary>
    private static SeriesRecord? SeriesOf(Session session, MailMessage mail, StoredMail stored) =>
        mail.Answers.Reverse().SelectMany(id => SeriesTable.ByMessage(session, id)).FirstOrDefault() ?? SeriesTable.InThread(session, stored.Thread).LastOrDefault();

    private static void Judge(Session session, ReplyCommand command, MailMessage mail, StoredMail stored, SeriesRecord series, DateTimeOffset now)
    {
        foreach (var finding in Meant(command, mail, SeriesTable.Find(session, series.Id)!, FindingTable.Of(session, series.Id), OutboxTable.About(session, series.Id)))
        {
            var reason = command.Argument[..Math.Min(command.Argument.Length, MaximumReason)];
            _ = VerdictTable.Add(session, new VerdictRecord(mail.MessageId!, finding.Fingerprint, finding.Rule, series.Id, stored.Author, command.Word, reason, now));
        }
    }

    /// <summary>The findings that a command is about: those of the patch that it answers, and of these the ones that it names or that are quoted above it, if there are any.</summary>
    private static ImmutableArray<FindingRecord> Meant(ReplyCommand command, MailMessage mail, SeriesRecord series, ImmutableArray<FindingRecord> findings, ImmutableArray<OutboxRecord> messages)
    {
        var patch = mail.Answers.Reverse()
            .Select(id => messages.FirstOrDefault(message => message.MessageId == id)?.Patch ?? series.Patches.FirstOrDefault(one => one.MessageId == id)?.Number)
            .FirstOrDefault(static number => number is not null);
        ImmutableArray<FindingRecord> open = [.. findings.Where(finding => patch is null or 0 || finding.Patch == patch)];
        var named = open.Where(finding => command.Argument.Split(' ').Contains(finding.Rule, StringComparer.Ordinal)).ToImmutableArray();
        var quoted = open.Where(finding => finding.Function.Length > 0 && command.Quoted.Any(line => line.Contains(finding.Function + "()", StringComparison.Ordinal))).ToImmutableArray();
        return !named.IsEmpty ? named : !quoted.IsEmpty ? quoted : open;
    }

    private void Explain(Session session, string rule, string page, MailMessage mail, StoredMail stored, SeriesRecord series, DateTimeOffset now)
    {
        var message = MessageComposer.Explanation(config, mail, rule, page, now);
        _ = OutboxTable.Add(session, message with { SeriesId = series.Id, List = stored.List, Person = stored.Author });
    }
}
