using System.Collections.Immutable;
using Review.Patches.Mail;

namespace Review.Patches.Archives;

/// <summary>Mails that come one after the other: an archive, a mailbox, a folder.</summary>
public interface IMailFeed
{
    /// <summary>What came after a position, the oldest first; read while it is asked for.</summary>
    IEnumerable<ArchivedMail> Since(ArchivePosition position);
}

/// <summary>An archive of mails that grows at its end.</summary>
public interface IMailArchive : IMailFeed
{
    /// <summary>The position behind the newest mail.</summary>
    ArchivePosition End { get; }

    /// <summary>The mails of the thread that a mail belongs to, in the order in which they came; empty if the archive has no such mail.</summary>
    /// <param name="messageId">The mail's id, with or without brackets.</param>
    /// <param name="cancellation">Stops the search.</param>
    ImmutableArray<MailMessage> Thread(string messageId, CancellationToken cancellation);
}

/// <summary>One entry of an archive.</summary>
/// <param name="Bytes">The mail.</param>
/// <param name="IsWithdrawn">True if this takes a mail out of the archive that came earlier: the one of this <see cref="MailIdentity"/>.</param>
/// <param name="Position">The position behind it.</param>
public sealed record ArchivedMail(byte[] Bytes, bool IsWithdrawn, ArchivePosition Position);
