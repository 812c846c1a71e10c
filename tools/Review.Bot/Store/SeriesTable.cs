using System.Collections.Immutable;

namespace Review.Bot.Store;

/// <summary>The series, each of which is the job of reviewing it as well.</summary>
public static class SeriesTable
{
    /// <summary>
    /// Puts a series in, or brings one up to date that nobody has taken yet; one that was taken stays as it is.
    /// </summary>
    public static void Put(Session session, SeriesRecord series)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(series);
        var isPut = session.Execute(
            """
            insert into series(key, lineage, thread, list, author, author_name, title, revision, total, date, seen_at, state, note, base, kernel, tool, footer, attempts, not_before)
            values (@key, @lineage, @thread, @list, @author, @author_name, @title, @revision, @total, @date, @seen_at, @state, @note, '', '', '', '', 0, @seen_at)
            on conflict(key) do update set title = @title, date = @date, state = @state, note = @note
            where series.attempts = 0 and series.state in ('waiting', 'ready', 'notanalysed')
            """,
            ("key", series.Key),
            ("lineage", LineageOf(session, series)),
            ("thread", series.Thread),
            ("list", series.List),
            ("author", series.Author),
            ("author_name", series.AuthorName),
            ("title", series.Title),
            ("revision", series.Revision),
            ("total", series.Total),
            ("date", series.Date),
            ("seen_at", series.SeenAt),
            ("state", series.State.Word()),
            ("note", series.Note)) == 1;
        if (!isPut)
        {
            return;
        }

        var id = session.Number("select id from series where key = @key", ("key", series.Key));
        _ = session.Execute("delete from patches where series_id = @id", ("id", id));
        foreach (var patch in series.Patches)
        {
            _ = session.Execute("insert into patches(series_id, number, message_id, title) values (@id, @number, @message_id, @title)", ("id", id), ("number", patch.Number), ("message_id", patch.MessageId), ("title", patch.Title));
        }
    }

    /// <summary>Takes the job that has waited longest; null if there is none.</summary>
    public static SeriesRecord? Claim(Session session, Lease lease)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(lease);
        var claimed = session.Query(
            $"""
            update series set state = 'reviewing', attempts = attempts + 1, lease_owner = @owner, lease_until = @until
            where id = (select id from series where (state = 'ready' and not_before <= @now) or (state = 'reviewing' and lease_until <= @now) order by id limit 1 {session.Database.SkipLocked})
            returning *
            """,
            Read,
            ("owner", lease.Owner), ("until", lease.Until), ("now", lease.Now));
        return claimed is [var series] ? series with { Patches = PatchesOf(session, series.Id) } : null;
    }

    /// <summary>Ends a job that one still has; false if somebody else has it by now: then nothing of the work may be kept.</summary>
    public static bool Finish(Session session, SeriesRecord done, string footer, Lease lease)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(done);
        ArgumentNullException.ThrowIfNull(lease);
        return session.Execute(
            """
            update series set state = @state, note = @note, base = @base, kernel = @kernel, tool = @tool, footer = @footer, reviewed_at = @now, lease_owner = null, lease_until = null
            where id = @id and state = 'reviewing' and lease_owner = @owner and attempts = @attempts
            """,
            ("state", done.State.Word()), ("note", done.Note), ("base", done.Base), ("kernel", done.Kernel), ("tool", done.Tool), ("footer", footer), ("now", lease.Now),
            ("id", done.Id), ("owner", lease.Owner), ("attempts", done.Attempts)) == 1;
    }

    /// <summary>Gives a job back, to be tried again later.</summary>
    public static void Return(Session session, SeriesRecord series, string note, DateTimeOffset notBefore, Lease lease)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(series);
        ArgumentNullException.ThrowIfNull(lease);
        _ = session.Execute(
            "update series set state = 'ready', note = @note, not_before = @not_before, lease_owner = null, lease_until = null where id = @id and lease_owner = @owner",
            ("note", note), ("not_before", notBefore), ("id", series.Id), ("owner", lease.Owner));
    }

    /// <summary>Ends the wait for patches that did not come.</summary>
    public static void GiveUpWaiting(Session session, DateTimeOffset seenBefore)
    {
        ArgumentNullException.ThrowIfNull(session);
        _ = session.Execute("update series set state = 'notanalysed' where state = 'waiting' and seen_at < @before", ("before", seenBefore));
    }

    /// <summary>Frees what a process had that is no more. Only where no other process works on the same database.</summary>
    public static void FreeAll(Session session, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(session);
        _ = session.Execute("update series set lease_until = @now where state = 'reviewing'", ("now", now));
    }

    /// <summary>A series by its number; null if there is none.</summary>
    public static SeriesRecord? Find(Session session, long id)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.Query("select * from series where id = @id", Read, ("id", id)) is [var series] ? series with { Patches = PatchesOf(session, id) } : null;
    }

    /// <summary>The series that have a patch or a reply of ours with one of some ids, the newest first.</summary>
    public static ImmutableArray<SeriesRecord> ByMessage(Session session, string messageId)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.Query(
            "select * from series where id in (select series_id from patches where message_id = @id union select series_id from outbox where message_id = @id) order by id desc", Read, ("id", messageId));
    }

    /// <summary>The series of a thread, the oldest first.</summary>
    public static ImmutableArray<SeriesRecord> InThread(Session session, string thread)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.Query("select * from series where thread = @thread order by id", Read, ("thread", thread));
    }

    /// <summary>All versions of a series, by version.</summary>
    public static ImmutableArray<SeriesRecord> Versions(Session session, string lineage)
    {
        ArgumentNullException.ThrowIfNull(session);
        return [.. session.Query("select * from series where lineage = @lineage order by revision, date", Read, ("lineage", lineage)).Select(series => series with { Patches = PatchesOf(session, series.Id) })];
    }

    /// <summary>The line under the letters about a series.</summary>
    public static string FooterOf(Session session, long id)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.Text("select footer from series where id = @id", ("id", id)) ?? "";
    }

    internal static SeriesRecord Read(Row row) => new()
    {
        Id = row.Long("id"),
        Key = row.Text("key"),
        Lineage = row.Text("lineage"),
        Thread = row.Text("thread"),
        List = row.Text("list"),
        Author = row.Text("author"),
        AuthorName = row.Text("author_name"),
        Title = row.Text("title"),
        Revision = row.Number("revision"),
        Total = row.Number("total"),
        Date = row.Time("date"),
        SeenAt = row.Time("seen_at"),
        State = StateWords.Series(row.Text("state")),
        Note = row.Text("note"),
        Base = row.Text("base"),
        Kernel = row.Text("kernel"),
        Tool = row.Text("tool"),
        ReviewedAt = row.TimeOrNull("reviewed_at"),
        Attempts = row.Number("attempts"),
    };

    internal static ImmutableArray<PatchRecord> PatchesOf(Session session, long id) => session.Query(
        "select * from patches where series_id = @id order by number", static row => new PatchRecord(row.Number("number"), row.Text("message_id"), row.Text("title")), ("id", id));

    /// <summary>The versions before have the same sender, and the same thread or a patch of the same title.</summary>
    private static string LineageOf(Session session, SeriesRecord series)
    {
        foreach (var (condition, value) in series.Patches.Select(static patch => ("id in (select series_id from patches where title = @value)", patch.Title)).Prepend(("thread = @value", series.Thread)))
        {
            if (session.Text($"select lineage from series where author = @author and key <> @key and {condition} order by id limit 1", ("author", series.Author), ("key", series.Key), ("value", value)) is { } lineage)
            {
                return lineage;
            }
        }

        return series.Key;
    }
}
