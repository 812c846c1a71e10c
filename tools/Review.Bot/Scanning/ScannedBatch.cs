using System.Security.Cryptography;
using Review.Bot.Commands;
using Review.Bot.Configuration;
using Review.Bot.Store;
using Review.Patches.Archives;
using Review.Patches.Mail;
using Review.Patches.Series;
using Review.Patches.Threads;

namespace Review.Bot.Scanning;

/// <summary>
/// Some mails of a source on their way into the store, inside one transaction. Kept are patches, and whatever is said in their threads; everything else goes by.
/// </summary>
internal sealed class ScannedBatch(Session session, BotConfig config, ReplyCommands commands, SourceConfig source, DateTimeOffset now)
{
    /// <summary>Patches of one series that are not tied together are sent within this time of each other, as patchwork has it.</summary>
    private static readonly TimeSpan Sending = TimeSpan.FromMinutes(20);

    private readonly List<(MailMessage Mail, StoredMail Stored)> answers = [];
    private readonly HashSet<string> touched = new(StringComparer.Ordinal);
    private Dictionary<string, string> threads = new(StringComparer.Ordinal);
    private int kept;
    private int leftOut;

    /// <summary>Takes the mails in.</summary>
    public ScanCount Take(IReadOnlyList<ArchivedMail> batch)
    {
        var mails = batch.Select(static entry => (entry.Bytes, entry.IsWithdrawn, Mail: MailMessage.Read(entry.Bytes))).ToList();
        threads = MailTable.ThreadsOf(session, [.. mails.SelectMany(static one => one.Mail.Answers).Distinct(StringComparer.Ordinal)]);
        foreach (var (bytes, isWithdrawn, mail) in mails)
        {
            if (mail is not { MessageId: { } id, Info.Refusal: null })
            {
                leftOut += LeftOutTable.Add(session, LeftOut(bytes, mail)) ? 1 : 0;
                continue;
            }

            if (isWithdrawn)
            {
                EarlyMailTable.Remove(session, MailIdentity.Of(mail));
                _ = MailTable.Remove(session, MailIdentity.Of(mail)) is { } thread && touched.Add(thread);
            }
            else
            {
                Take(bytes, mail, id);
            }
        }

        foreach (var thread in touched)
        {
            Assemble(thread);
        }

        // A command may be about a series that came just before it.
        foreach (var (mail, stored) in answers)
        {
            commands.Obey(session, mail, stored, now);
        }

        EarlyMailTable.Limit(session, now);
        return new ScanCount(kept, leftOut);
    }

    private void Take(byte[] bytes, MailMessage mail, string id)
    {
        var subject = PatchSubject.Parse(mail.Subject);
        var isPatch = !subject.IsReply && (subject.IsPatch || subject.Number is not null);
        var isAnswer = mail.Answers.Any(threads.ContainsKey);
        if (!isAnswer && (!isPatch || IsOld(mail) || !IsWanted(mail, subject)))
        {
            if (subject.IsReply && (subject.IsPatch || subject.Number is not null) && !IsOld(mail) && mail.Answers is [var root, ..])
            {
                EarlyMailTable.Add(session, MailIdentity.Of(mail), root, mail.Answers[^1], bytes, now);
            }

            return;
        }

        var stored = new StoredMail
        {
            Identity = MailIdentity.Of(mail),
            Thread = ThreadOf(mail, subject, isPatch),
            List = source.List,
            Author = mail.From?.Address.ToLowerInvariant() ?? "",
            Subject = mail.Subject,
            Date = mail.Date is { } date && date < now ? date : now,
            SeenAt = now,
            IsPatch = isPatch,
            IsOwn = isAnswer && OutboxTable.IsOwn(session, id),
            Raw = bytes,
        };
        _ = threads.TryAdd(id, stored.Thread);
        if (stored.IsOwn)
        {
            _ = OutboxTable.Confirm(session, id, now);
        }

        if (!MailTable.Add(session, stored))
        {
            return;
        }

        kept++;
        if (isPatch)
        {
            _ = touched.Add(stored.Thread);
        }
        else if (!stored.IsOwn)
        {
            answers.Add((mail, stored));
        }

        foreach (var early in EarlyMailTable.TakeAnswersTo(session, id))
        {
            var answer = MailMessage.Read(early);
            Take(early, answer, answer.MessageId!);
        }
    }

    private LeftOutRecord LeftOut(byte[] bytes, MailMessage mail) => new(
        source.Name, Convert.ToHexStringLower(SHA256.HashData(bytes)), mail.From?.ToString() ?? "", mail.Subject, mail.Info.Refusal ?? "it has no Message-ID to answer to", now);

    /// <summary>Reads the series out of a thread that got patches or lost some.</summary>
    private void Assemble(string thread)
    {
        var mails = MailTable.InThread(session, thread);
        var assembly = ThreadAssembly.Of(thread, mails);
        var records = assembly.Series.Select(one => assembly.Record(thread, one.Key, one.Series, mails.FirstOrDefault(mail => mail.Identity.MessageId == one.Series.Patches[0].Mail!.MessageId)?.List ?? source.List, config, now)).ToList();
        foreach (var record in records)
        {
            SeriesTable.Put(session, record);
        }

        // Nobody will ask for mails that have nothing to do with what somebody wants to look at.
        if (records.Count > 0 && records.TrueForAll(static record => record.State == SeriesState.Dismissed))
        {
            MailTable.Remove(session, mails.Select(static mail => mail.Identity.MessageId));
        }
    }

    private bool IsOld(MailMessage mail) => config.MaximumAge is { } most && mail.Date is { } date && date < now - most;

    /// <summary>True for a patch of a series, and for a patch by itself that touches what somebody wants to look at.</summary>
    private bool IsWanted(MailMessage mail, PatchSubject subject) =>
        subject.Number is not null || (SeriesAssembler.Single(mail) is { } alone && config.Scope.Concerns(alone));

    /// <summary>The nearest mail above it that is known says which thread a mail is of; else the farthest one that it names is taken for the first of it.</summary>
    private string ThreadOf(MailMessage mail, PatchSubject subject, bool isPatch)
    {
        if (mail.Answers.Reverse().FirstOrDefault(threads.ContainsKey) is { } above)
        {
            return threads[above];
        }

        return (isPatch && mail.Answers.IsEmpty ? LooseThread(mail, subject) : null) ?? (mail.Answers is [var first, ..] ? first : mail.MessageId!);
    }

    /// <summary>Where patches of one series are not tied together: the newest thread in which the same person just sent others of the series, and not this one; null if there is none.</summary>
    private string? LooseThread(MailMessage mail, PatchSubject subject)
    {
        if (subject.Total is null || mail is not { From: { } from, Date: { } date })
        {
            return null;
        }

        return MailTable.PatchesOf(session, from.Address.ToLowerInvariant(), date - Sending, date + Sending)
            .Select(static sent => (sent.Thread, Subject: PatchSubject.Parse(sent.Subject)))
            .GroupBy(static sent => sent.Thread, StringComparer.Ordinal)
            .FirstOrDefault(thread => thread.All(sent => (sent.Subject.Revision, sent.Subject.Total, sent.Subject.IsResend) == (subject.Revision, subject.Total, subject.IsResend) && sent.Subject.Number != subject.Number))?.Key;
    }
}
