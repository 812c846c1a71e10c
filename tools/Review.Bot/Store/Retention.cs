namespace Review.Bot.Store;

/// <summary>
/// Forgets what is done and was quiet for long, so that the state does not grow for ever. What remains for good is small: the ids of what was answered, so that a source that is read anew gets no second answer,
/// what people said of findings, and how often each rule spoke.
/// </summary>
public static class Retention
{
    // A series with all its versions goes at once, if nothing of it is open and nobody asked for its silence.
    private const string Quiet =
        """
        select distinct s.lineage from series s
        where not exists (select 1 from mutes u where u.scope = 'thread' and u.value = s.lineage)
          and not exists (
            select 1 from series t where t.lineage = s.lineage and (
                t.state in ('waiting', 'ready', 'reviewing') or t.seen_at >= @before or coalesce(t.reviewed_at, 0) >= @before
                or exists (select 1 from outbox o where o.series_id = t.id and (o.state in ('pending', 'claimed', 'handing', 'unknown') or o.changed_at >= @before))
                or exists (select 1 from mails m where m.thread = t.thread and m.seen_at >= @before)))
        limit @limit
        """;

    /// <summary>Forgets some of it; gives how many series with all their versions, 0 if nothing is left to forget.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="before">What changed since then stays.</param>
    /// <param name="limit">How many at once, so that the transaction is short.</param>
    public static int Forget(Session session, DateTimeOffset before, int limit)
    {
        ArgumentNullException.ThrowIfNull(session);
        session.Serialise();
        var lineages = session.Query(Quiet, static row => row.Text("lineage"), ("before", before), ("limit", limit));
        foreach (var lineage in lineages)
        {
            _ = session.Execute("insert into answered(message_id) select message_id from outbox where series_id in (select id from series where lineage = @lineage) on conflict do nothing", ("lineage", lineage));
            _ = session.Execute(
                """
                insert into said(rule, findings) select rule, count(distinct fingerprint) from findings where decision = 'say' and series_id in (select id from series where lineage = @lineage) group by rule
                on conflict(rule) do update set findings = said.findings + excluded.findings
                """,
                ("lineage", lineage));
            foreach (var table in (string[])["outbox", "findings", "patches"])
            {
                _ = session.Execute($"delete from {table} where series_id in (select id from series where lineage = @lineage)", ("lineage", lineage));
            }

            _ = session.Execute("delete from series where lineage = @lineage", ("lineage", lineage));
        }

        _ = session.Execute("delete from mails where seen_at < @before and not exists (select 1 from series s where s.thread = mails.thread)", ("before", before));
        _ = session.Execute("delete from left_out where seen_at < @before", ("before", before));
        return lineages.Length;
    }
}
