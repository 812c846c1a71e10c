using System.Collections.Immutable;
using Review.Bot.Configuration;
using Review.Bot.Policies;
using Review.Bot.Reviewing;
using Review.Bot.Store;
using Review.Patches.Mail;
using Review.Patches.Replies;

namespace Review.Bot.Sending;

/// <summary>Writes the bot's mails: who gets them, and the bytes. The same message always has the same id, so whoever repeats work after a crash makes no second one.</summary>
public static class MessageComposer
{
    /// <summary>The id of the answer to a patch.</summary>
    public static string ReplyId(BotConfig config, SeriesRecord series, string patch)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(series);
        return ReplyMail.IdOf($"reply\n{series.Key}\n{patch}", config.Identity.Domain);
    }

    /// <summary>Who would get an answer to a patch.</summary>
    public static PolicyQuestion Question(MailMessage patch, string list)
    {
        ArgumentNullException.ThrowIfNull(patch);
        return new PolicyQuestion(ReplyMail.AuthorOf(patch)?.Address ?? "", list, [.. patch.To.Concat(patch.Cc).Select(static box => box.Address).Where(MailboxReader.IsAddress)]);
    }

    /// <summary>The answer to a patch as it is sent now.</summary>
    /// <returns>The mail, and the addresses that it goes to.</returns>
    public static (byte[] Mail, ImmutableArray<string> Recipients) Reply(BotConfig config, ILetters letters, SeriesRecord series, MailMessage patch, IEnumerable<FindingRecord> findings, ReplyFooter footer, PolicyAnswer answer, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(letters);
        ArgumentNullException.ThrowIfNull(patch);
        ArgumentNullException.ThrowIfNull(answer);
        var letter = ReplyLetter.Write(patch.Date, [.. findings.Select(static finding => (finding.Rule, finding.Section))], footer);
        ImmutableArray<Mailbox> author = ReplyMail.AuthorOf(patch) is { } one && MailboxReader.IsAddress(one.Address) ? [one] : [];
        var known = patch.To.Concat(patch.Cc).DistinctBy(static box => box.Address.ToLowerInvariant(), StringComparer.Ordinal).ToDictionary(static box => box.Address.ToLowerInvariant(), StringComparer.Ordinal);
        ImmutableArray<Mailbox> copies =
        [
            .. answer.Cc.Where(address => !address.Equals(config.Identity.Address.Address, StringComparison.OrdinalIgnoreCase)).Select(address => known.GetValueOrDefault(address) ?? new Mailbox("", address)),
        ];
        return (Write(config, patch, letters.Text(letter), ReplyId(config, series, patch.MessageId!), author, copies, now), [.. author.Concat(copies).Select(static box => box.Address).Distinct(StringComparer.OrdinalIgnoreCase)]);
    }

    /// <summary>What a rule is about, for somebody who asked.</summary>
    public static OutboxRecord Explanation(BotConfig config, MailMessage asked, string rule, string page, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(asked);
        var id = ReplyMail.IdOf($"explanation\n{asked.MessageId}\n{rule}", config.Identity.Domain);
        ImmutableArray<Mailbox> asker = asked.From is { } from && MailboxReader.IsAddress(from.Address) ? [from] : [];
        return new OutboxRecord
        {
            MessageId = id,
            SeriesId = 0,
            Kind = MessageKind.Explanation,
            Patch = 0,
            Answers = asked.MessageId ?? "",
            List = "",
            Person = "",
            Route = "author",
            State = MessageState.Pending,
            Reason = $"{rule} was asked for",
            Subject = "Re: " + asked.Subject,
            Recipients = [.. asker.Select(static box => box.Address)],
            Mail = Write(config, asked, page, id, asker, [], now),
            NotBefore = now,
            CreatedAt = now,
        };
    }

    /// <summary>A footer as the store keeps it.</summary>
    public static string Text(ReplyFooter footer)
    {
        ArgumentNullException.ThrowIfNull(footer);
        return string.Join('\n', footer.Tool, footer.Base, footer.Architecture, footer.Last, footer.Command);
    }

    /// <summary>A footer out of the store.</summary>
    public static ReplyFooter Footer(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Split('\n') is [var tool, var basis, var architecture, var last, var command] ? new ReplyFooter(tool, basis, architecture, last, command) : new ReplyFooter("", "", "", "", "");
    }

    private static byte[] Write(BotConfig config, MailMessage answered, string text, string id, ImmutableArray<Mailbox> to, ImmutableArray<Mailbox> cc, DateTimeOffset now) => ReplyMail.Write(answered, text, new ReplyEnvelope
    {
        MessageId = id,
        From = config.Identity.Address,
        ReplyTo = config.Identity.ReplyTo,
        Date = now.ToUniversalTime(),
        To = to,
        Cc = cc,
        IsAutomatic = true,
    });
}
