using System.Collections.Immutable;

namespace Review.Bot.Store;

/// <summary>
/// What leaves the bot. A message goes from <see cref="MessageState.Pending"/> over <see cref="MessageState.Claimed"/> and <see cref="MessageState.Handing"/> to its end; each step is kept before the
/// next is done, so that whoever comes after a crash knows how far it got.
/// </summary>
public static class OutboxTable
{
    // What left the bot or may have left it.
    private const string Left = "('claimed', 'handing', 'sent', 'unknown')";

    /// <summary>Puts a message in; false if there is one of its id, or was.</summary>
    public static bool Add(Session session, OutboxRecord message)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(message);
        return session.Number("select count(*) from answered where message_id = @id", ("id", message.MessageId)) == 0 && session.Execute(
            """
            insert into outbox(message_id, series_id, kind, patch, answers, list, person, route, state, reason, subject, recipients, mail, is_adopted, sender, not_before, created_at, changed_at, attempts)
            values (@message_id, @series_id, @kind, @patch, @answers, @list, @person, @route, @state, @reason, @subject, @recipients, @mail, 0, '', @not_before, @created_at, @created_at, 0)
            on conflict do nothing
            """,
            ("message_id", message.MessageId), ("series_id", message.SeriesId), ("kind", message.Kind.Word()), ("patch", message.Patch), ("answers", message.Answers), ("list", message.List),
            ("person", message.Person), ("route", message.Route), ("state", message.State.Word()), ("reason", message.Reason), ("subject", message.Subject), ("recipients", string.Join('\n', message.Recipients)),
            ("mail", message.Mail), ("not_before", message.NotBefore), ("created_at", message.CreatedAt)) == 1;
    }

    /// <summary>
    /// Takes the next message whose time has come; null if there is none. One that was claimed by somebody who is gone was handed to nobody, so it is taken again.
    /// </summary>
    public static OutboxRecord? Claim(Session session, Lease lease)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(lease);
        session.Serialise();
        return session.Query(
            $"""
            update outbox set state = 'claimed', attempts = attempts + 1, lease_owner = @owner, lease_until = @until, changed_at = @now
            where id = (select id from outbox where (state = 'pending' and not_before <= @now) or (state = 'claimed' and lease_until <= @now) order by not_before, id limit 1 {session.Database.SkipLocked})
            returning *
            """,
            Read,
            ("owner", lease.Owner), ("until", lease.Until), ("now", lease.Now)) is [var message] ? message : null;
    }

    /// <summary>Takes a message that somebody was handing over who is gone; null if there is none. Whether it arrived is not known.</summary>
    public static OutboxRecord? ClaimAbandoned(Session session, Lease lease)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(lease);
        return session.Query(
            $"""
            update outbox set lease_owner = @owner, lease_until = @until
            where id = (select id from outbox where state = 'handing' and lease_until <= @now order by id limit 1 {session.Database.SkipLocked})
            returning *
            """,
            Read,
            ("owner", lease.Owner), ("until", lease.Until), ("now", lease.Now)) is [var message] ? message : null;
    }

    /// <summary>Notes, before anything is irrevocable, that a message is being handed over. False if one no longer has it.</summary>
    public static bool BeginHanding(Session session, OutboxRecord message, string sender, Lease lease)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(lease);
        return session.Execute(
            "update outbox set state = 'handing', sender = @sender, handed_at = @now, changed_at = @now where id = @id and state = 'claimed' and lease_owner = @owner and attempts = @attempts",
            ("sender", sender), ("now", lease.Now), ("id", message.Id), ("owner", lease.Owner), ("attempts", message.Attempts)) == 1;
    }

    /// <summary>Brings a claimed message up to date: what it says now, to whom, by which route.</summary>
    public static bool Rewrite(Session session, OutboxRecord message, Lease lease)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(lease);
        return session.Execute(
            "update outbox set mail = @mail, recipients = @recipients, route = @route, reason = @reason where id = @id and lease_owner = @owner and attempts = @attempts",
            ("mail", message.Mail), ("recipients", string.Join('\n', message.Recipients)), ("route", message.Route), ("reason", message.Reason), ("id", message.Id), ("owner", lease.Owner), ("attempts", message.Attempts)) == 1;
    }

    /// <summary>Ends a step of a message that one has: it gets another state, and nobody has it any more.</summary>
    public static bool Move(Session session, OutboxRecord message, MessageState state, string reason, Lease lease, DateTimeOffset? notBefore = null)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(lease);
        return session.Execute(
            """
            update outbox set state = @state, reason = @reason, changed_at = @now, not_before = @not_before, lease_owner = null, lease_until = null
            where id = @id and lease_owner = @owner and attempts = @attempts
            """,
            ("state", state.Word()), ("reason", reason), ("now", lease.Now), ("not_before", notBefore ?? message.NotBefore), ("id", message.Id), ("owner", lease.Owner), ("attempts", message.Attempts)) == 1;
    }

    /// <summary>Notes that a message of ours was seen in an archive: it arrived, whatever was known of it.</summary>
    public static bool Confirm(Session session, string messageId, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.Execute(
            """
            update outbox set state = 'sent', reason = 'seen in the archive', changed_at = @now, lease_owner = null, lease_until = null
            where message_id = @id and state in ('handing', 'unknown')
            """,
            ("now", now), ("id", messageId)) == 1;
    }

    /// <summary>Lets messages go out again that may have left, once every source was read to its end so long after that it would have shown them.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="after">How long a mail may take to come into the sources.</param>
    /// <param name="sources">The names of the sources.</param>
    /// <param name="now">The time.</param>
    public static void RetryUnknown(Session session, TimeSpan after, IReadOnlyCollection<string> sources, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(sources);
        var names = string.Join(", ", Enumerable.Range(0, sources.Count).Select(static i => $"@s{i}"));
        _ = session.Execute(
            $"""
            update outbox set state = 'pending', reason = 'not seen in any archive, tried again', changed_at = @now
            where state = 'unknown' and (select count(*) from sources s where s.name in ({names}) and s.failures = 0 and s.checked_at >= outbox.changed_at + @after) = @sources
            """,
            [("now", now), ("after", (long)after.TotalMilliseconds), ("sources", (long)sources.Count), .. sources.Select(static (name, i) => ($"s{i}", (object?)name))]);
    }

    /// <summary>Frees what a process had that is no more. Only where no other process works on the same database.</summary>
    public static void FreeAll(Session session, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(session);
        _ = session.Execute("update outbox set lease_until = @now where state in ('claimed', 'handing')", ("now", now));
    }

    /// <summary>A person takes a draft: it is sent if the policy lets it.</summary>
    public static bool Adopt(Session session, string messageId, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.Execute(
            "update outbox set state = 'pending', is_adopted = 1, reason = 'adopted', changed_at = @now, not_before = @now where message_id = @id and state = 'draft' and is_adopted = 0", ("now", now), ("id", messageId)) == 1;
    }

    /// <summary>A person decides against a message that was not handed to anybody.</summary>
    public static bool Discard(Session session, string messageId, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.Execute(
            "update outbox set state = 'discarded', reason = 'discarded by the operator', changed_at = @now where message_id = @id and state in ('draft', 'pending', 'unknown')", ("now", now), ("id", messageId)) == 1;
    }

    /// <summary>True if a mail has an id that the bot gave.</summary>
    public static bool IsOwn(Session session, string messageId)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.Number("select (select count(*) from outbox where message_id = @id) + (select count(*) from answered where message_id = @id)", ("id", messageId)) > 0;
    }

    /// <summary>How many mails left the bot: in a thread ever, to a list since a time, and altogether since then. One message is left out.</summary>
    public static (int Thread, int List, int Day) CountsBeside(Session session, OutboxRecord message, string thread, DateTimeOffset since)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(message);
        return (
            Count("series_id in (select id from series where thread = @thread)", ("thread", thread)),
            Count("list = @list and changed_at > @since", ("list", message.List), ("since", since)),
            Count("changed_at > @since", ("since", since)));

        int Count(string condition, params (string, object?)[] values) => (int)session.Number(
            $"select count(*) from outbox where id <> @id and kind <> 'check' and route <> 'drafts' and state in {Left} and {condition}", [.. values, ("id", (object?)message.Id)]);
    }

    /// <summary>A message by its id; null if there is none.</summary>
    public static OutboxRecord? Find(Session session, string messageId)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.Query("select * from outbox where message_id = @id", Read, ("id", messageId)) is [var message] ? message : null;
    }

    /// <summary>The messages about a series, in the order in which they were made.</summary>
    public static ImmutableArray<OutboxRecord> About(Session session, long series)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.Query("select * from outbox where series_id = @id order by id", Read, ("id", series));
    }

    internal static OutboxRecord Read(Row row) => new()
    {
        Id = row.Long("id"),
        MessageId = row.Text("message_id"),
        SeriesId = row.Long("series_id"),
        Kind = StateWords.Kind(row.Text("kind")),
        Patch = row.Number("patch"),
        Answers = row.Text("answers"),
        List = row.Text("list"),
        Person = row.Text("person"),
        Route = row.Text("route"),
        State = StateWords.Message(row.Text("state")),
        Reason = row.Text("reason"),
        Subject = row.Text("subject"),
        Recipients = [.. row.Text("recipients").Split('\n', StringSplitOptions.RemoveEmptyEntries)],
        Mail = row.Bytes("mail"),
        IsAdopted = row.Flag("is_adopted"),
        Sender = row.Text("sender"),
        NotBefore = row.Time("not_before"),
        CreatedAt = row.Time("created_at"),
        ChangedAt = row.Time("changed_at"),
        HandedAt = row.TimeOrNull("handed_at"),
        Attempts = row.Number("attempts"),
    };
}
