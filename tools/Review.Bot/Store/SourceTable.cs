using System.Collections.Immutable;

namespace Review.Bot.Store;

/// <summary>Up to where each source was read.</summary>
public static class SourceTable
{
    /// <summary>The position of a source; empty before its first mail.</summary>
    public static string PositionOf(Session session, string name)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.Text("select position from sources where name = @name", ("name", name)) ?? "";
    }

    /// <summary>Moves a source on, if nobody else did meanwhile.</summary>
    public static bool Advance(Session session, string name, string from, string to)
    {
        ArgumentNullException.ThrowIfNull(session);
        _ = session.Execute("insert into sources(name, position, checked_at, failures) values (@name, '', 0, 0) on conflict do nothing", ("name", name));
        return session.Execute("update sources set position = @to where name = @name and position = @from", ("to", to), ("name", name), ("from", from)) == 1;
    }

    /// <summary>Notes that a source was read to its end.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="name">The source.</param>
    /// <param name="begun">When somebody began to read: what came before that was seen.</param>
    public static void NoteRead(Session session, string name, DateTimeOffset begun)
    {
        ArgumentNullException.ThrowIfNull(session);
        _ = session.Execute(
            """
            insert into sources(name, position, checked_at, failures) values (@name, '', @begun, 0)
            on conflict(name) do update set checked_at = @begun, failures = 0, problem = null
            """,
            ("name", name), ("begun", begun));
    }

    /// <summary>Notes that a source could not be read; gives how often in a row.</summary>
    public static int Fail(Session session, string name, string problem, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(session);
        return (int)session.Number(
            """
            insert into sources(name, position, checked_at, failures, problem) values (@name, '', @now, 1, @problem)
            on conflict(name) do update set checked_at = @now, failures = sources.failures + 1, problem = @problem returning failures
            """,
            ("name", name), ("now", now), ("problem", problem));
    }

    /// <summary>All sources, by name.</summary>
    public static ImmutableArray<SourceRecord> All(Session session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.Query(
            "select * from sources order by name", static row => new SourceRecord(row.Text("name"), row.Text("position"), row.Time("checked_at"), row.Number("failures"), row.TextOrNull("problem")));
    }
}
