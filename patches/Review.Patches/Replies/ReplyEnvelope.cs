using System.Collections.Immutable;
using Review.Patches.Mail;

namespace Review.Patches.Replies;

/// <summary>From whom a reply comes and to whom it goes.</summary>
public sealed record ReplyEnvelope
{
    /// <summary>Its id without brackets.</summary>
    public required string MessageId { get; init; }

    /// <summary>Its sender; null to leave it to the mail program of a person.</summary>
    public Mailbox? From { get; init; }

    /// <summary>Where answers are asked for; null for the sender.</summary>
    public Mailbox? ReplyTo { get; init; }

    /// <summary>When it is sent, in UTC; null to leave it to a mail program.</summary>
    public DateTimeOffset? Date { get; init; }

    public required ImmutableArray<Mailbox> To { get; init; }

    public required ImmutableArray<Mailbox> Cc { get; init; }

    /// <summary>True if no person looks at it before it goes: then no machine answers it (RFC 3834).</summary>
    public bool IsAutomatic { get; init; }
}
