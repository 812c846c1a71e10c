using Review.Patches.Archives;
using Review.Patches.Mail;

namespace Review.Cli.Replay;

/// <summary>The mails of an archive that were sent at some time or later.</summary>
/// <param name="feed">The archive.</param>
/// <param name="start">The time.</param>
internal sealed class FeedSince(IMailFeed feed, DateTimeOffset start) : IMailFeed, IDisposable
{
    public IEnumerable<ArchivedMail> Since(ArchivePosition position) =>
        feed.Since(position).Where(mail => mail.IsWithdrawn || MailMessage.Read(mail.Bytes).Date is not { } date || date >= start);

    public void Dispose() => (feed as IDisposable)?.Dispose();
}
