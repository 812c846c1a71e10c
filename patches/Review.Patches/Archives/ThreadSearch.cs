using System.Collections.Immutable;
using Review.Patches.Mail;
using Review.Patches.Threads;

namespace Review.Patches.Archives;

/// <summary>
/// Gathers a thread out of mails that come by in the order of the archive. What a commit says, subject, sender and date, decides whether the mail itself is read at all: a mail of the thread has
/// a title that is known, or is a patch of the same sender from the same days.
/// </summary>
public sealed class ThreadSearch
{
    /// <summary>How long after a thread's newest mail another one is looked for.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromDays(90);

    /// <summary>Within this time of each other the mails of one series are sent.</summary>
    private static readonly TimeSpan Sending = TimeSpan.FromDays(2);

    private readonly HashSet<string> ids = new(StringComparer.Ordinal);
    private readonly HashSet<string> titles = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> senders = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<MailMessage> mails = [];
    private readonly HashSet<MailIdentity> known = [];
    private DateTimeOffset first = DateTimeOffset.MaxValue;
    private DateTimeOffset last = DateTimeOffset.MinValue;

    /// <summary>Starts with a mail of the thread and those above it that were found.</summary>
    public ThreadSearch(IEnumerable<(MailMessage Mail, DateTimeOffset Archived)> start)
    {
        ArgumentNullException.ThrowIfNull(start);
        foreach (var (mail, archived) in start)
        {
            Add(mail, archived);
        }
    }

    /// <summary>The thread so far, in the order in which its mails came by.</summary>
    public ImmutableArray<MailMessage> Mails => [.. mails];

    /// <summary>Mails that came into the archive before this are none of the thread.</summary>
    public DateTimeOffset From => first == DateTimeOffset.MaxValue ? first : first - Sending;

    /// <summary>Once mails came later than this, the thread is over.</summary>
    public DateTimeOffset Until => last == DateTimeOffset.MinValue ? last : last + Silence;

    /// <summary>True if a mail may be one of the thread, as far as its commit tells.</summary>
    public bool MayBelong(string subject, string sender, DateTimeOffset archived)
    {
        ArgumentNullException.ThrowIfNull(subject);
        var parsed = PatchSubject.Parse(subject);
        return titles.Contains(parsed.Title) || (parsed.IsPatch && !parsed.IsReply && senders.Contains(sender) && archived >= first - Sending && archived <= last + Sending);
    }

    /// <summary>Takes a mail if it belongs to the thread: if it answers a mail of it, or one of it answers this one.</summary>
    public void Offer(MailMessage mail, DateTimeOffset archived)
    {
        ArgumentNullException.ThrowIfNull(mail);
        if (mails.Count < MailLimits.Mails && ((mail.MessageId is { } id && ids.Contains(id)) || mail.Answers.Any(ids.Contains)))
        {
            Add(mail, archived);
        }
    }

    /// <summary>Drops a mail that was taken out of the archive.</summary>
    public void Withdraw(MailMessage mail)
    {
        var identity = MailIdentity.Of(mail);
        if (known.Remove(identity))
        {
            _ = mails.RemoveAll(one => MailIdentity.Of(one) == identity);
        }
    }

    private void Add(MailMessage mail, DateTimeOffset archived)
    {
        // One that was found by its id comes by again where it stands.
        var identity = MailIdentity.Of(mail);
        if (!known.Add(identity))
        {
            _ = mails.RemoveAll(one => MailIdentity.Of(one) == identity);
        }

        mails.Add(mail);
        ids.UnionWith(mail.Answers);
        if (mail.MessageId is { } id)
        {
            _ = ids.Add(id);
        }

        var subject = PatchSubject.Parse(mail.Subject);
        _ = titles.Add(subject.Title);
        if (subject.IsPatch && !subject.IsReply && mail.From is { } from)
        {
            _ = senders.Add(from.Address);
        }

        first = archived < first ? archived : first;
        last = archived > last ? archived : last;
    }
}
