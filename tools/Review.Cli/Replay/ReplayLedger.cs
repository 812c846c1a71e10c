using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Review.Bot.Store;
using Review.Cli.Output;

namespace Review.Cli.Replay;

/// <summary>One line of the ledger: a finding, or a series without any.</summary>
/// <param name="Series">Id of the mail of the series' first patch.</param>
/// <param name="Revision">Version of the series, from 1.</param>
/// <param name="State">Where the series stands.</param>
/// <param name="Patch">The patch that introduces the finding, from 1; 0 for none.</param>
/// <param name="Fingerprint">The finding; empty for none.</param>
/// <param name="Rule">Its rule.</param>
/// <param name="Severity">Its severity.</param>
/// <param name="Witness">What running it said.</param>
/// <param name="Place">File and function.</param>
/// <param name="Message">What it says; for a series without findings why it was not analysed.</param>
/// <param name="Title">Title of the series.</param>
internal sealed record LedgerLine(string Series, int Revision, string State, int Patch, string Fingerprint, string Rule, string Severity, string Witness, string Place, string Message, string Title)
{
    /// <summary>What a verdict is about.</summary>
    public string Key => $"{Series} {Fingerprint}";
}

/// <summary>
/// The bookkeeping of a replay, as a table that people edit: whatever stands in its first two columns, verdict and reason, is kept for the same finding of the same series.
/// </summary>
internal sealed class ReplayLedger
{
    private const string Header = "verdict\treason\tseries\tversion\tstate\tpatch\tfingerprint\trule\tseverity\twitness\tplace\tmessage\ttitle";
    private const int SeriesColumn = 2;
    private const int FingerprintColumn = 6;

    private readonly ImmutableArray<LedgerLine> lines;
    private readonly Dictionary<string, (string Verdict, string Reason)> verdicts;

    private ReplayLedger(ImmutableArray<LedgerLine> lines, Dictionary<string, (string Verdict, string Reason)> verdicts)
    {
        this.lines = lines;
        this.verdicts = verdicts;
    }

    /// <summary>The ledger of what a state holds, with the verdicts of an earlier one.</summary>
    /// <param name="store">The bot's state.</param>
    /// <param name="earlier">The text of the earlier ledger; empty for none.</param>
    public static ReplayLedger Of(BotStore store, string earlier)
    {
        var said = new Dictionary<string, (string, string)>(StringComparer.Ordinal);
        foreach (var fields in earlier.Split('\n').Skip(1).Select(static line => line.Split('\t')).Where(static fields => fields.Length > FingerprintColumn && fields[0].Length > 0))
        {
            said[$"{fields[SeriesColumn]} {fields[FingerprintColumn]}"] = (fields[0], fields[1]);
        }

        return new ReplayLedger(
            [
                .. store.NewestSeries(int.MaxValue).SelectMany(series => LinesOf(series, store.Findings(series.Id)))
                    .OrderBy(static line => line.Series, StringComparer.Ordinal).ThenBy(static line => line.Patch).ThenBy(static line => line.Place, StringComparer.Ordinal).ThenBy(static line => line.Fingerprint, StringComparer.Ordinal),
            ],
            said);
    }

    /// <summary>The table.</summary>
    public string Text
    {
        get
        {
            var text = new StringBuilder(Header).Append('\n');
            foreach (var line in lines)
            {
                var (verdict, reason) = verdicts.GetValueOrDefault(line.Key, ("", ""));
                _ = text.AppendJoin('\t', ((string[])[
                    verdict, reason, line.Series, line.Revision.ToString(CultureInfo.InvariantCulture), line.State, line.Patch.ToString(CultureInfo.InvariantCulture),
                    line.Fingerprint, line.Rule, line.Severity, line.Witness, line.Place, line.Message, line.Title]).Select(static cell => cell.ReplaceLineEndings(" ").Replace('\t', ' '))).Append('\n');
            }

            return text.ToString();
        }
    }

    /// <summary>The whole in a few words: series by state, findings by verdict.</summary>
    public string Totals
    {
        get
        {
            var states = lines.DistinctBy(static line => line.Series).GroupBy(static line => line.State, StringComparer.Ordinal).OrderBy(static state => state.Key, StringComparer.Ordinal).Select(static state => $"{state.Count()} {state.Key}");
            var findings = lines.Where(static line => line.Fingerprint.Length > 0).ToList();
            var said = findings.ConvertAll(line => verdicts.GetValueOrDefault(line.Key).Verdict ?? "");
            var words = $"{Summary.Count(findings.Count, "finding")}: {said.Count(static verdict => verdict == "true")} true, {said.Count(static verdict => verdict == "false")} false, {said.Count(static verdict => verdict is not ("true" or "false"))} unread";
            return string.Join("; ", [string.Join(", ", states.DefaultIfEmpty("no series")), words]);
        }
    }

    private static IEnumerable<LedgerLine> LinesOf(SeriesRecord series, ImmutableArray<FindingRecord> findings)
    {
        var state = series.State.ToString().ToLowerInvariant();
        var id = series.Patches.FirstOrDefault(static patch => patch.Number > 0)?.MessageId ?? series.Thread;
        return findings.IsEmpty
            ? [new LedgerLine(id, series.Revision, state, 0, "", "", "", "", "", series.Note, series.Title)]
            : findings.Select(finding => new LedgerLine(
                id, series.Revision, state, finding.Patch, finding.Fingerprint, finding.Rule, finding.Severity, finding.Witness, $"{finding.Path} {finding.Function}()", finding.Message, series.Title));
    }
}
