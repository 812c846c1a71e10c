using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Review.Bot.Configuration;
using Review.Bot.Policies;
using Review.Bot.Scanning;
using Review.Bot.Sending;
using Review.Bot.Store;
using Review.Core.Diagnostics;
using Review.Patches.Mail;
using Review.Patches.Replies;
using Review.Patches.Series;

namespace Review.Bot.Reviewing;

/// <summary>
/// Takes one series after the other, has it reviewed, and keeps what was found together with the messages about it in one transaction: a series is either reviewed and answered, or neither.
/// </summary>
/// <param name="store">The state.</param>
/// <param name="config">What the bot is told.</param>
/// <param name="reviewer">Reviews.</param>
/// <param name="letters">Writes.</param>
/// <param name="clock">Tells the time.</param>
/// <param name="owner">A name that no other worker ever had.</param>
public sealed class ReviewWorker(BotStore store, BotConfig config, ISeriesReviewer reviewer, ILetters letters, TimeProvider clock, string owner)
{
    /// <summary>Reviews the series that has waited longest; false if none waits.</summary>
    public bool Step(CancellationToken cancellation)
    {
        var claimed = store.Transact(session =>
        {
            var now = clock.GetUtcNow();
            SeriesTable.GiveUpWaiting(session, now - config.Patience);
            return SeriesTable.Claim(session, LeaseAt(now)) is { } series ? (series, MailTable.InThread(session, series.Thread)) : default;
        });
        if (claimed is not ({ } job, { } mails))
        {
            return false;
        }

        // A series over which the whole process dies is not taken for ever.
        if (job.Attempts > config.Review.Attempts)
        {
            Fail(job, "the program ended while it reviewed the series");
            return true;
        }

        var assembly = ThreadAssembly.Of(job.Thread, mails);
        var parts = assembly.Series.FirstOrDefault(one => one.Key == job.Key).Series;
        ReviewedSeries reviewed;
        try
        {
            reviewed = parts is null ? new ReviewedSeries { Trouble = "its mails were taken out of the archive" } : reviewer.Review(parts, assembly.Thread, cancellation);
        }
        catch (OperationCanceledException)
        {
            store.Transact(session => SeriesTable.Return(session, job, "interrupted", clock.GetUtcNow(), LeaseAt(clock.GetUtcNow())));
            throw;
        }
#pragma warning disable CA1031 // Whatever is wrong with one series, the bot goes on with the others, and the state says what it was.
        catch (Exception trouble)
#pragma warning restore CA1031
        {
            Fail(job, $"{trouble.GetType().Name}: {trouble.Message}");
            return true;
        }

        Keep(job, parts, reviewed);
        return true;
    }

    private void Keep(SeriesRecord job, PatchSeries? parts, ReviewedSeries reviewed) => store.Transact(session =>
    {
        var now = clock.GetUtcNow();
        var done = job with
        {
            State = reviewed.Trouble is null ? SeriesState.Reviewed : SeriesState.NotAnalysed,
            Note = reviewed.Trouble ?? string.Join("; ", reviewed.Gaps.Select(static gap => $"not analysed: {gap.Function ?? gap.Path}: {gap.Reason}").Concat(reviewed.Remarks)),
            Base = reviewed.Base,
            Kernel = reviewed.Kernel,
            Tool = reviewed.Tool,
        };
        if (SeriesTable.Finish(session, done, MessageComposer.Text(reviewed.Footer), LeaseAt(now)) && parts is not null)
        {
            Say(session, done, parts, reviewed, now);
        }
    });

    private void Say(Session session, SeriesRecord series, PatchSeries parts, ReviewedSeries reviewed, DateTimeOffset now)
    {
        var discretion = new Discretion(session, config, letters, series);
        var muted = Discretion.Muted(session);
        var silence = discretion.OfSeries();
        var findings = new List<FindingRecord>();
        foreach (var (patch, index) in parts.Patches.Select(static (patch, index) => (patch, index)))
        {
            var answer = config.Policy.Decide(MessageComposer.Question(patch.Mail!, series.List), muted);
            var reason = silence ?? (answer.Reach == Reach.Mute ? answer.Reason : null);
            ImmutableArray<FindingRecord> about =
            [
                .. reviewed.Findings.Where(finding => finding.Patch == patch.Number).Select((finding, place) => Record(series, findings.Count + place + 1, finding))
                    .Select(finding => (reason ?? discretion.Of(finding)) is { } why ? finding with { Decision = "silent", Reason = why } : finding),
            ];
            var said = about.Where(static finding => finding.Decision == "say").OrderByDescending(static finding => finding.Severity == "error").ThenBy(static finding => finding.Number).Take(config.Policy.Caps.PerMail).ToList();
            findings.AddRange(about.Select(finding => finding.Decision == "silent" || said.Contains(finding) ? finding : finding with { Decision = "silent", Reason = $"more than {config.Policy.Caps.PerMail} in one mail" }));
            if (said.Count > 0)
            {
                _ = OutboxTable.Add(session, Message(series, patch, said.OrderBy(static finding => finding.Number), reviewed.Footer, answer, now));
            }
        }

        FindingTable.Add(session, findings);
        foreach (var check in PatchChecks.Of(config, series, parts, findings, reviewed, now))
        {
            _ = OutboxTable.Add(session, check);
        }
    }

    private OutboxRecord Message(SeriesRecord series, SeriesPatch patch, IEnumerable<FindingRecord> findings, ReplyFooter footer, PolicyAnswer answer, DateTimeOffset now)
    {
        var (mail, recipients) = MessageComposer.Reply(config, letters, series, patch.Mail!, findings, footer, answer, now);
        return new OutboxRecord
        {
            MessageId = MessageComposer.ReplyId(config, series, patch.Mail!.MessageId!),
            SeriesId = series.Id,
            Kind = MessageKind.Reply,
            Patch = patch.Number,
            Answers = patch.Mail.MessageId!,
            List = series.List,
            Person = ReplyMail.AuthorOf(patch.Mail)?.Address.ToLowerInvariant() ?? "",
            Route = answer.Reach.ToString().ToLowerInvariant(),
            State = MessageState.Pending,
            Reason = answer.Reason,
            Subject = MailMessage.Read(mail).Subject,
            Recipients = recipients,
            Mail = mail,
            NotBefore = answer.Reach == Reach.Drafts ? now : series.Date + answer.Embargo,
            CreatedAt = now,
        };
    }

    private static FindingRecord Record(SeriesRecord series, int number, ReviewedFinding reviewed)
    {
        var finding = reviewed.Remark.Finding;
        return new FindingRecord
        {
            SeriesId = series.Id,
            Number = number,
            Patch = reviewed.Patch,
            Fingerprint = finding.Fingerprint,
            Rule = finding.Rule,
            RuleId = finding.Id,
            Category = reviewed.Category,
            Severity = finding.Severity switch
            {
                DiagnosticSeverity.Error => "error",
                DiagnosticSeverity.Warning => "warning",
                _ => "info",
            },
            Path = finding.Path,
            Line = finding.Line,
            Function = finding.Function,
            Message = finding.Message,
            Witness = finding.Witness.Status switch
            {
                WitnessStatus.Confirmed => "confirmed",
                WitnessStatus.Refuted => "refuted",
                _ => "none",
            },
            Section = ReplyLetter.Section(reviewed.Remark),
            Decision = "say",
            Reason = "",
        };
    }

    private void Fail(SeriesRecord job, string trouble) => store.Transact(session =>
    {
        var now = clock.GetUtcNow();
        if (job.Attempts >= config.Review.Attempts)
        {
            _ = SeriesTable.Finish(session, job with { State = SeriesState.Failed, Note = trouble }, "", LeaseAt(now));
        }
        else
        {
            SeriesTable.Return(session, job, trouble, now + (config.Poll * job.Attempts), LeaseAt(now));
        }
    });

    // Longer than a review may take, so nobody takes it away from a worker that is still at it.
    private Lease LeaseAt(DateTimeOffset now) => new(owner, now, now + config.Review.Timeout + config.Lease);
}
