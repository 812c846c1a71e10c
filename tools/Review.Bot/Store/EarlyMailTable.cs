using System.Collections.Immutable;
using Review.Patches.Archives;

namespace Review.Bot.Store;

/// <summary>Answers to patches that have not come yet: lists and their archives do not keep the order in which mails were written. They wait for a while, and not too many of them.</summary>
public static class EarlyMailTable
{
    /// <summary>How many are kept, whoever wrote them.</summary>
    public const int Most = 1_000;

    /// <summary>How long an answer waits for its patch.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(2);

    /// <summary>Keeps a mail.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="identity">What it is known by.</param>
    /// <param name="root">The first mail that it names as above it.</param>
    /// <param name="parent">The one that it answers.</param>
    /// <param name="raw">Its bytes.</param>
    /// <param name="now">When it came.</param>
    public static void Add(Session session, MailIdentity identity, string root, string parent, byte[] raw, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(identity);
        _ = session.Execute(
            "insert into early(message_id, content, root, parent, seen_at, raw) values (@message_id, @content, @root, @parent, @seen_at, @raw) on conflict do nothing",
            ("message_id", identity.MessageId), ("content", identity.Content), ("root", root), ("parent", parent), ("seen_at", now), ("raw", raw));
    }

    /// <summary>Takes out the mails that answer one, in the order in which they came.</summary>
    public static ImmutableArray<byte[]> TakeAnswersTo(Session session, string messageId)
    {
        ArgumentNullException.ThrowIfNull(session);
        var mails = session.Query("select raw from early where root = @id or parent = @id order by id", static row => row.Bytes("raw"), ("id", messageId));
        if (!mails.IsEmpty)
        {
            _ = session.Execute("delete from early where root = @id or parent = @id", ("id", messageId));
        }

        return mails;
    }

    /// <summary>Takes a mail out.</summary>
    public static void Remove(Session session, MailIdentity identity)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(identity);
        _ = session.Execute("delete from early where message_id = @id and content = @content", ("id", identity.MessageId), ("content", identity.Content));
    }

    /// <summary>Gives up those that waited long enough, and the oldest of too many.</summary>
    public static void Limit(Session session, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(session);
        _ = session.Execute("delete from early where seen_at < @before or id <= (select id from early order by id desc limit 1 offset @most)", ("before", now - Patience), ("most", Most));
    }
}
