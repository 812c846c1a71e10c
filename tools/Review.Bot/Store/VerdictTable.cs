using System.Collections.Immutable;

namespace Review.Bot.Store;

/// <summary>What people said about findings, and what that says about the rules.</summary>
public static class VerdictTable
{
    /// <summary>Keeps a verdict; false if it is there already.</summary>
    public static bool Add(Session session, VerdictRecord verdict)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(verdict);
        return session.Execute(
            """
            insert into verdicts(message_id, fingerprint, rule, series_id, person, kind, reason, at)
            values (@message_id, @fingerprint, @rule, @series_id, @person, @kind, @reason, @at) on conflict do nothing
            """,
            ("message_id", verdict.MessageId), ("fingerprint", verdict.Fingerprint), ("rule", verdict.Rule), ("series_id", verdict.SeriesId), ("person", verdict.Person), ("kind", verdict.Kind),
            ("reason", verdict.Reason), ("at", verdict.At)) == 1;
    }

    /// <summary>The verdict on a finding; null if nobody gave one. Only versions of the same series count: elsewhere the same line may be wrong.</summary>
    public static VerdictRecord? On(Session session, string lineage, string fingerprint)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.Query(
            "select v.* from verdicts v join series s on s.id = v.series_id where s.lineage = @lineage and v.fingerprint = @fingerprint order by v.id limit 1", Read, ("lineage", lineage), ("fingerprint", fingerprint)) is [var verdict]
            ? verdict
            : null;
    }

    /// <summary>The verdicts on a series, in their order.</summary>
    public static ImmutableArray<VerdictRecord> About(Session session, long series)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.Query("select * from verdicts where series_id = @id order by id", Read, ("id", series));
    }

    /// <summary>Lets a rule speak again.</summary>
    public static void Pardon(Session session, string rule, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(session);
        _ = session.Execute("insert into pardons(rule, at) values (@rule, @at) on conflict(rule) do update set at = @at", ("rule", rule), ("at", now));
    }

    /// <summary>How the rules do that said something or were judged, by name. A finding counts once, however many versions of a series have it.</summary>
    public static ImmutableArray<RuleRecord> Ledger(Session session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.Query(
            """
            select r.rule as rule,
                (select count(distinct f.fingerprint) from findings f where f.rule = r.rule and f.decision = 'say') + coalesce((select d.findings from said d where d.rule = r.rule), 0) as said,
                (select count(distinct v.fingerprint) from verdicts v where v.rule = r.rule and v.kind = 'wrong') as wrong,
                (select count(distinct v.fingerprint) from verdicts v where v.rule = r.rule and v.kind = 'known') as known,
                (select count(distinct v.fingerprint) from verdicts v where v.rule = r.rule and v.kind = 'wrong' and v.at > coalesce((select p.at from pardons p where p.rule = r.rule), 0)) as counted
            from (select rule from findings union select rule from verdicts union select rule from said) r order by r.rule
            """,
            static row => new RuleRecord(row.Text("rule"), row.Number("said"), row.Number("wrong"), row.Number("known"), row.Number("counted")));
    }

    private static VerdictRecord Read(Row row) => new(
        row.Text("message_id"), row.Text("fingerprint"), row.Text("rule"), row.Long("series_id"), row.Text("person"), row.Text("kind"), row.Text("reason"), row.Time("at"));
}
