using Review.Bot.Configuration;
using Review.Bot.Policies;
using Review.Bot.Reviewing;
using Review.Bot.Store;
using Review.Patches.Mail;

namespace Review.Bot.Sending;

/// <summary>
/// Takes one message after the other out of the outbox, looks whether it still has to be said and may be, and hands it over. Every step is in the store before the next is done.
/// </summary>
/// <param name="store">The state.</param>
/// <param name="config">What the bot is told.</param>
/// <param name="letters">Writes.</param>
/// <param name="drafts">Takes what is not sent.</param>
/// <param name="mail">Sends; null if nothing is sent, whatever the policy says.</param>
/// <param name="checks">Posts checks; null if there are none.</param>
/// <param name="clock">Tells the time.</param>
/// <param name="owner">A name that no other dispatcher ever had.</param>
public sealed class Dispatcher(BotStore store, BotConfig config, ILetters letters, IMailSender drafts, IMailSender? mail, IMailSender? checks, TimeProvider clock, string owner)
{
    private const int MaximumAttempts = 12;
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>Deals with the next message; false if none is due.</summary>
    public bool Step(CancellationToken cancellation)
    {
        if (store.Transact(session => OutboxTable.ClaimAbandoned(session, Lease())) is { } abandoned)
        {
            FindOut(abandoned);
            return true;
        }

        if (store.Transact(session => OutboxTable.Claim(session, Lease())) is not { } claimed)
        {
            return false;
        }

        if (store.Transact(session => Prepare(session, claimed)) is var (message, sender))
        {
            var lease = Lease();
            var outcome = sender.Hand(
                new OutgoingMessage(message.MessageId, message.Mail, message.Recipients, message.Answers),
                () => store.Transact(session => OutboxTable.BeginHanding(session, message, sender.Name, lease)),
                cancellation);
            Note(message, sender, outcome);
        }

        return true;
    }

    /// <summary>Lets messages go out again that were looked for long enough, if that is wanted.</summary>
    public void RetryUnknown()
    {
        if (config.ResendAfter is { } after)
        {
            store.Transact(session => OutboxTable.RetryUnknown(session, after, [.. config.Sources.Select(static source => source.Name)], clock.GetUtcNow()));
        }
    }

    /// <summary>Somebody died while he handed a message over. Where the receiver can be asked, it is; else a person or an archive has to tell.</summary>
    private void FindOut(OutboxRecord message)
    {
        var sender = ((IMailSender?[])[drafts, mail, checks]).FirstOrDefault(one => one?.Name == message.Sender);
        var (state, reason) = sender?.HasArrived(new OutgoingMessage(message.MessageId, message.Mail, message.Recipients, message.Answers)) switch
        {
            true => (EndState(message.Sender), "found where it was put"),
            false => (MessageState.Pending, "did not arrive, tried again"),
            null => (MessageState.Unknown, $"the bot ended while {message.Sender} had the mail; it may have been sent"),
        };
        store.Transact(session => OutboxTable.Move(session, message, state, reason, Lease()));
    }

    /// <summary>Looks whether a message still has to be said, and to whom; null if it was put away.</summary>
    private (OutboxRecord Message, IMailSender Sender)? Prepare(Session session, OutboxRecord message)
    {
        // What others are about to send counts against the caps.
        session.Serialise();
        if (message.Kind == MessageKind.Check)
        {
            return checks is null ? PutAway(session, message, "checks are not posted") : (message, checks);
        }

        var series = SeriesTable.Find(session, message.SeriesId);
        if (series is null)
        {
            return PutAway(session, message, "its series is gone");
        }

        var answered = MailTable.InThread(session, series.Thread).FirstOrDefault(one => one.Identity.MessageId == message.Answers);
        if (answered is null)
        {
            return PutAway(session, message, "the mail that it answers was taken out of the archive");
        }

        var patch = MailMessage.Read(answered.Raw);
        var muted = Discretion.Muted(session);
        var answer = message.Kind == MessageKind.Reply
            ? config.Policy.Decide(MessageComposer.Question(patch, series.List), muted)
            : config.Policy.Decide(new PolicyQuestion(message.Person, message.List, []), muted) with { Cc = [] };
        if (answer.Reach == Reach.Mute)
        {
            return PutAway(session, message, answer.Reason);
        }

        return message.Kind == MessageKind.Reply ? PrepareReply(session, message, series, patch, answer) : Route(session, message, series, answer, patch);
    }

    private (OutboxRecord, IMailSender)? PrepareReply(Session session, OutboxRecord message, SeriesRecord series, MailMessage patch, PolicyAnswer answer)
    {
        var discretion = new Discretion(session, config, letters, series);
        var findings = FindingTable.Of(session, series.Id).Where(finding => finding.Patch == message.Patch && finding.Decision == "say").ToList();
        var silence = discretion.OfSeries();
        var said = new List<FindingRecord>();
        foreach (var finding in findings)
        {
            if ((silence ?? discretion.Of(finding)) is { } reason)
            {
                FindingTable.Silence(session, finding, reason);
                silence ??= findings.Count == 1 ? reason : null;
            }
            else
            {
                said.Add(finding);
            }
        }

        if (said.Count == 0)
        {
            return PutAway(session, message, silence ?? "everything in it was said or taken back");
        }

        var (bytes, recipients) = MessageComposer.Reply(config, letters, series, patch, said, MessageComposer.Footer(SeriesTable.FooterOf(session, series.Id)), answer, clock.GetUtcNow());
        return Route(session, message with { Mail = bytes, Recipients = recipients }, series, answer, patch);
    }

    private (OutboxRecord, IMailSender)? Route(Session session, OutboxRecord message, SeriesRecord series, PolicyAnswer answer, MailMessage patch)
    {
        var counts = OutboxTable.CountsBeside(session, message, series.Thread, clock.GetUtcNow() - Day);
        var hindrance = WhyNotSent(message, answer, patch) ?? config.Policy.Cap(message.List, counts.Thread, counts.List, counts.Day);
        if (hindrance is not null && message.IsAdopted)
        {
            // It lies in its folder already, and there it stays.
            return PutAway(session, message, $"adopted, but not sent: {hindrance}", MessageState.Draft);
        }

        var routed = message with { Route = hindrance is null ? (answer.Reach == Reach.All ? "all" : "author") : "drafts", Reason = hindrance ?? message.Reason };
        return OutboxTable.Rewrite(session, routed, Lease()) ? (routed, hindrance is null ? mail! : drafts) : null;
    }

    /// <summary>Why a message becomes a draft; null if it may be sent.</summary>
    private string? WhyNotSent(OutboxRecord message, PolicyAnswer answer, MailMessage patch) =>
        answer.Reach == Reach.Drafts && !(message.IsAdopted && config.Policy.SendAdopted) ? answer.Reason
        : mail is null ? "the bot runs without --send"
        : message.Recipients.IsEmpty ? "it has no receiver"
        : config.Policy.IsList(message.Person) ? $"{message.Person} is a list, not a person"
        : patch.Remarks is [var remark, ..] ? remark
        : null;

    private (OutboxRecord, IMailSender)? PutAway(Session session, OutboxRecord message, string reason, MessageState state = MessageState.Dropped)
    {
        _ = OutboxTable.Move(session, message, state, reason, Lease());
        return null;
    }

    private void Note(OutboxRecord message, IMailSender sender, HandOver outcome)
    {
        // Where the receiver can be asked, nothing has to stay open.
        var arrived = outcome.Result == HandOverResult.Unknown ? sender.HasArrived(new OutgoingMessage(message.MessageId, message.Mail, message.Recipients, message.Answers)) : null;
        var (state, reason) = outcome.Result switch
        {
            HandOverResult.Unknown when arrived is { } itDid => (itDid ? EndState(sender.Name) : MessageState.Pending, outcome.Reason),
            HandOverResult.Done => (EndState(sender.Name), message.Reason),
            HandOverResult.Refused => (MessageState.Failed, outcome.Reason),
            HandOverResult.Unknown => (MessageState.Unknown, outcome.Reason),
            HandOverResult.Later when message.Attempts >= MaximumAttempts => (MessageState.Failed, outcome.Reason),
            _ => (MessageState.Pending, outcome.Reason),
        };

        // Longer and longer, up to half a day: a server that is down for a night loses nothing.
        var notBefore = state == MessageState.Pending ? clock.GetUtcNow() + TimeSpan.FromSeconds(Math.Min(30 * Math.Pow(2, message.Attempts - 1), 43_200)) : message.NotBefore;
        if (outcome.Result != HandOverResult.NotBegun)
        {
            store.Transact(session => OutboxTable.Move(session, message, state, reason, Lease(), notBefore));
        }
    }

    private MessageState EndState(string sender) => sender == drafts.Name ? MessageState.Draft : MessageState.Sent;

    private Lease Lease()
    {
        var now = clock.GetUtcNow();
        return new Lease(owner, now, now + config.Lease);
    }
}
