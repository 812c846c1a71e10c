using System.Globalization;
using Review.Bot.Configuration;
using Review.Bot.Sending;
using Review.Bot.Store;
using Review.Patches.Replies;
using Review.Patches.Series;

namespace Review.Bot.Reviewing;

/// <summary>
/// The checks of patchwork about a series, one for each patch. A patch is a success only if all of it was looked at; what was not gets no check, because patchwork has no word for it.
/// </summary>
internal static class PatchChecks
{
    /// <summary>The checks; none if the policy wants none.</summary>
    public static IEnumerable<OutboxRecord> Of(BotConfig config, SeriesRecord series, PatchSeries parts, IReadOnlyCollection<FindingRecord> findings, ReviewedSeries reviewed, DateTimeOffset now)
    {
        if (config.Patchwork is not { } patchwork || !config.Policy.Checks)
        {
            yield break;
        }

        foreach (var patch in parts.Patches)
        {
            // What a policy keeps out of mails for being uncertain stays out of checks as well.
            var about = findings.Where(finding => finding.Patch == patch.Number && finding.Severity != "info" && config.Policy.Refuse(finding.Rule, finding.Category == "Build", finding.Witness == "confirmed") is null).ToList();
            if (about.Count == 0 && !reviewed.Gaps.IsEmpty)
            {
                continue;
            }

            var rules = string.Join(", ", about.Select(static finding => finding.Rule).Distinct(StringComparer.Ordinal));
            yield return new OutboxRecord
            {
                MessageId = ReplyMail.IdOf($"check\n{series.Key}\n{patch.Mail!.MessageId}", config.Identity.Domain),
                SeriesId = series.Id,
                Kind = MessageKind.Check,
                Patch = patch.Number,
                Answers = patch.Mail.MessageId!,
                List = series.List,
                Person = series.Author,
                Route = "all",
                State = MessageState.Pending,
                Reason = "",
                Subject = $"check of {patch.Title}",
                Recipients = [],
                Mail = PatchworkSender.Check(
                    about.Count == 0 ? "success" : "warning",
                    patchwork.Context,
                    about.Count == 0 ? $"nothing found on {reviewed.Base}" : string.Create(CultureInfo.InvariantCulture, $"{about.Count} {(about.Count == 1 ? "finding" : "findings")} ({rules}) on {reviewed.Base}")),
                NotBefore = now,
                CreatedAt = now,
            };
        }
    }
}
