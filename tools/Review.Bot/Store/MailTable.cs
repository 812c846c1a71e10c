using System.Collections.Immutable;
using Review.Patches.Archives;

namespace Review.Bot.Store;

/// <summary>The mails of threads that hold patches.</summary>
public static class MailTable
{
    private const int AtOnce = 400;

    /// <summary>Keeps a mail; false if it is there already.</summary>
    public static bool Add(Session session, StoredMail mail)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(mail);
        return session.Execute(
            """
            insert into mails(message_id, content, thread, list, author, subject, date, seen_at, is_patch, is_own, raw)
            values (@message_id, @content, @thread, @list, @author, @subject, @date, @seen_at, @is_patch, @is_own, @raw) on conflict do nothing
            """,
            ("message_id", mail.Identity.MessageId),
            ("content", mail.Identity.Content),
            ("thread", mail.Thread),
            ("list", mail.List),
            ("author", mail.Author),
            ("subject", mail.Subject),
            ("date", mail.Date),
            ("seen_at", mail.SeenAt),
            ("is_patch", mail.IsPatch),
            ("is_own", mail.IsOwn),
            ("raw", mail.Raw)) == 1;
    }

    /// <summary>Takes a mail out; the thread that it was in, or null if it was not there.</summary>
    public static string? Remove(Session session, MailIdentity identity)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(identity);
        var thread = session.Text("select thread from mails where message_id = @id and content = @content", ("id", identity.MessageId), ("content", identity.Content));
        _ = session.Execute("delete from mails where message_id = @id and content = @content", ("id", identity.MessageId), ("content", identity.Content));
        return thread;
    }

    /// <summary>Takes all mails of some ids out.</summary>
    public static void Remove(Session session, IEnumerable<string> ids)
    {
        ArgumentNullException.ThrowIfNull(session);
        foreach (var id in ids)
        {
            _ = session.Execute("delete from mails where message_id = @id", ("id", id));
        }
    }

    /// <summary>The threads of those of some mails that are there or that the bot wrote, by id.</summary>
    public static Dictionary<string, string> ThreadsOf(Session session, IReadOnlyCollection<string> ids)
    {
        ArgumentNullException.ThrowIfNull(session);
        var threads = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var some in ids.Chunk(AtOnce))
        {
            var names = string.Join(", ", Enumerable.Range(0, some.Length).Select(static i => $"@p{i}"));
            foreach (var (id, thread) in session.Query(
                $"select message_id, thread from mails where message_id in ({names}) union select o.message_id, s.thread from outbox o join series s on s.id = o.series_id where o.message_id in ({names})",
                static row => (row.Text("message_id"), row.Text("thread")), [.. some.Select(static (id, i) => ($"p{i}", (object?)id))]))
            {
                threads[id] = thread;
            }
        }

        return threads;
    }

    /// <summary>The mails of a thread in the order in which they came.</summary>
    public static ImmutableArray<StoredMail> InThread(Session session, string thread)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.Query("select * from mails where thread = @thread order by id", Read, ("thread", thread));
    }

    /// <summary>The patches that a person sent in some time, the newest first: thread and subject.</summary>
    public static ImmutableArray<(string Thread, string Subject)> PatchesOf(Session session, string author, DateTimeOffset from, DateTimeOffset until)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.Query(
            "select thread, subject from mails where author = @author and is_patch = 1 and date >= @from and date <= @until order by id desc",
            static row => (row.Text("thread"), row.Text("subject")), ("author", author), ("from", from), ("until", until));
    }

    private static StoredMail Read(Row row) => new()
    {
        Identity = new MailIdentity(row.Text("message_id"), row.Text("content")),
        Thread = row.Text("thread"),
        List = row.Text("list"),
        Author = row.Text("author"),
        Subject = row.Text("subject"),
        Date = row.Time("date"),
        SeenAt = row.Time("seen_at"),
        IsPatch = row.Flag("is_patch"),
        IsOwn = row.Flag("is_own"),
        Raw = row.Bytes("raw"),
    };
}
