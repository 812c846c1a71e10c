using System.Collections.Immutable;

namespace Review.Bot.Store;

/// <summary>Mails that could not be read, or that have no Message-ID, so that nobody can answer them. They are told of, so that no patch among them is lost without a word.</summary>
public static class LeftOutTable
{
    private const int LongestText = 200;

    /// <summary>Notes a mail; false if that was done before.</summary>
    public static bool Add(Session session, LeftOutRecord mail)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(mail);
        return session.Execute(
            "insert into left_out(source, digest, sender, subject, reason, seen_at) values (@source, @digest, @sender, @subject, @reason, @seen_at) on conflict do nothing",
            ("source", mail.Source), ("digest", mail.Digest), ("sender", Short(mail.Sender)), ("subject", Short(mail.Subject)), ("reason", Short(mail.Reason)), ("seen_at", mail.SeenAt)) == 1;
    }

    /// <summary>Those that came last, the newest first.</summary>
    public static ImmutableArray<LeftOutRecord> Newest(Session session, int limit)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.Query(
            "select * from left_out order by seen_at desc, digest limit @limit",
            static row => new LeftOutRecord(row.Text("source"), row.Text("digest"), row.Text("sender"), row.Text("subject"), row.Text("reason"), row.Time("seen_at")), ("limit", limit));
    }

    private static string Short(string text) => text[..Math.Min(text.Length, LongestText)].Replace('\0', ' ');
}
