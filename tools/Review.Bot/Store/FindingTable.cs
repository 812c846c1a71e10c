using System.Collections.Immutable;

namespace Review.Bot.Store;

/// <summary>What was found in the series.</summary>
public static class FindingTable
{
    /// <summary>Puts the findings of a series in.</summary>
    public static void Add(Session session, IEnumerable<FindingRecord> findings)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(findings);
        foreach (var finding in findings)
        {
            _ = session.Execute(
                """
                insert into findings(series_id, number, patch, fingerprint, rule, rule_id, category, severity, path, line, function, message, witness, section, decision, reason)
                values (@series_id, @number, @patch, @fingerprint, @rule, @rule_id, @category, @severity, @path, @line, @function, @message, @witness, @section, @decision, @reason)
                """,
                ("series_id", finding.SeriesId), ("number", finding.Number), ("patch", finding.Patch), ("fingerprint", finding.Fingerprint), ("rule", finding.Rule), ("rule_id", finding.RuleId),
                ("category", finding.Category), ("severity", finding.Severity), ("path", finding.Path), ("line", finding.Line), ("function", finding.Function), ("message", finding.Message),
                ("witness", finding.Witness), ("section", finding.Section), ("decision", finding.Decision), ("reason", finding.Reason));
        }
    }

    /// <summary>The findings of a series, in their order.</summary>
    public static ImmutableArray<FindingRecord> Of(Session session, long series)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.Query("select * from findings where series_id = @id order by number", Read, ("id", series));
    }

    /// <summary>Makes a finding silent that was going to be said.</summary>
    public static void Silence(Session session, FindingRecord finding, string reason)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(finding);
        _ = session.Execute("update findings set decision = 'silent', reason = @reason where series_id = @id and number = @number", ("reason", reason), ("id", finding.SeriesId), ("number", finding.Number));
    }

    /// <summary>The version of the same series in which a finding was said; null if it was not.</summary>
    public static int? SaidIn(Session session, string lineage, long except, string fingerprint)
    {
        ArgumentNullException.ThrowIfNull(session);
        var revision = session.Number(
            """
            select min(s.revision) from findings f join series s on s.id = f.series_id
            where s.lineage = @lineage and s.id <> @id and f.fingerprint = @fingerprint and f.decision = 'say'
              and exists (select 1 from outbox o where o.series_id = s.id and o.patch = f.patch and o.kind = 'reply' and o.state in ('claimed', 'handing', 'sent', 'unknown'))
            """,
            ("lineage", lineage), ("id", except), ("fingerprint", fingerprint));
        return revision == 0 ? null : (int)revision;
    }

    private static FindingRecord Read(Row row) => new()
    {
        SeriesId = row.Long("series_id"),
        Number = row.Number("number"),
        Patch = row.Number("patch"),
        Fingerprint = row.Text("fingerprint"),
        Rule = row.Text("rule"),
        RuleId = row.Text("rule_id"),
        Category = row.Text("category"),
        Severity = row.Text("severity"),
        Path = row.Text("path"),
        Line = row.Number("line"),
        Function = row.Text("function"),
        Message = row.Text("message"),
        Witness = row.Text("witness"),
        Section = row.Text("section"),
        Decision = row.Text("decision"),
        Reason = row.Text("reason"),
    };
}
