using Review.Bot.Configuration;
using Review.Bot.Store;
using Review.Patches.Mail;
using Review.Patches.Threads;

namespace Review.Bot.Reviewing;

/// <summary>
/// Why something that was found is not said. It is asked when a series was reviewed, and again right before a mail leaves, because people talk meanwhile.
/// </summary>
internal sealed class Discretion(Session session, BotConfig config, ILetters letters, SeriesRecord series)
{
    private readonly Lazy<MailThread> voices = new(() => MailThread.Of(
        SeriesTable.Versions(session, series.Lineage).Select(static version => version.Thread).Append(series.Thread).Distinct(StringComparer.Ordinal)
            .SelectMany(thread => MailTable.InThread(session, thread)).Where(static mail => !mail.IsOwn).Select(static mail => MailMessage.Read(mail.Raw))));

    private readonly Lazy<HashSet<string>> stopped = new(() => [.. VerdictTable.Ledger(session).Where(rule => rule.CountedWrong >= config.Commands.WrongLimit).Select(static rule => rule.Rule)]);

    /// <summary>Why nothing is said about the series any more; null if that is not so.</summary>
    public string? OfSeries()
    {
        var versions = SeriesTable.Versions(session, series.Lineage);
        return MuteTable.All(session).FirstOrDefault(mute => mute.Scope == "thread" && mute.Value == series.Lineage) is { } mute ? $"{mute.Person} muted the thread"
            : versions.FirstOrDefault(version => version.Revision > series.Revision) is { } newer ? $"v{newer.Revision} was sent meanwhile"
            : null;
    }

    /// <summary>Why nothing is said about one finding; null if it is said.</summary>
    public string? Of(FindingRecord finding) =>
        finding.Severity == "info" ? "of severity info"
        : config.Policy.Refuse(finding.Rule, finding.Category == "Build", finding.Witness == "confirmed") is { } refusal ? refusal
        : finding.Witness == "refuted" ? "refuted on the model"
        : stopped.Value.Contains(finding.Rule) ? "the rule was wrong too often"
        : VerdictTable.On(session, series.Lineage, finding.Fingerprint) is { } verdict ? $"{verdict.Person} answered: {verdict.Kind}"
        : FindingTable.SaidIn(session, series.Lineage, series.Id, finding.Fingerprint) is { } revision ? $"said to v{revision}"
        : IsWithdrawn(finding.Patch) ? "the author took the patch back"
        : ThreadClaims.About(voices.Value, finding.Function, letters.HeardAs(finding.Rule)).FirstOrDefault(static claim => !claim.IsWithdrawn) is { } claim ? $"said by {claim.Who}"
        : null;

    /// <summary>Addresses that asked for silence.</summary>
    public static IReadOnlySet<string> Muted(Session session) => MuteTable.All(session).Where(static mute => mute.Scope is "person" or "list").Select(static mute => mute.Value).ToHashSet(StringComparer.Ordinal);

    private bool IsWithdrawn(int patch) =>
        WithdrawnPatches.IsWithdrawn(voices.Value, series.Author, series.Patches.ToDictionary(static one => one.MessageId, static one => one.Number, StringComparer.Ordinal), patch);
}
