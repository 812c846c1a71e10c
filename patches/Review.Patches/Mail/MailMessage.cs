using System.Collections.Immutable;

namespace Review.Patches.Mail;

/// <summary>One mail: what its header says, and what git makes of it.</summary>
public sealed class MailMessage
{
    private List<HeaderField> header = [];

    private MailMessage()
    {
    }

    /// <summary>The subject for people, with everything in front of it.</summary>
    public string Subject { get; private init; } = "";

    /// <summary>Who the header says sent it; null if it does not say.</summary>
    public Mailbox? From { get; private init; }

    /// <summary>Where answers are asked for; empty if nowhere else than to the sender.</summary>
    public ImmutableArray<Mailbox> ReplyTo { get; private init; } = [];

    public ImmutableArray<Mailbox> To { get; private init; } = [];

    public ImmutableArray<Mailbox> Cc { get; private init; } = [];

    /// <summary>When it was sent; null if the header does not say.</summary>
    public DateTimeOffset? Date { get; private init; }

    /// <summary>The id without its brackets; null on archive pages, which show none: such a mail cannot be answered.</summary>
    public string? MessageId { get; private init; }

    /// <summary>The mails that it answers, the farthest first and the nearest last, by id.</summary>
    public ImmutableArray<string> Answers { get; private init; } = [];

    /// <summary>Ids of the References field, in order.</summary>
    public ImmutableArray<string> References { get; private init; } = [];

    /// <summary>What git-mailinfo(1) makes of it.</summary>
    public MailInfo Info { get; private init; } = new();

    /// <summary>What is odd about it, for people; lower case, no full stop. A mail with a remark is never answered by itself.</summary>
    public ImmutableArray<string> Remarks { get; private init; } = [];

    /// <summary>The fields of the header in their order, from its top to a name at which it ends; decoded for people. Servers that a mail passes put theirs on top.</summary>
    /// <param name="name">The name of the fields that are wanted, in any case.</param>
    /// <param name="above">Only those above the first field of this name; null for all.</param>
    public ImmutableArray<string> Values(string name, string? above = null) =>
    [
        .. header.TakeWhile(field => above is null || !field.Is(above)).Where(field => field.Is(name)).Select(static field => EncodedWords.ToUnicode(field.Value)),
    ];

    /// <summary>Reads a mail from its bytes.</summary>
    /// <param name="bytes">The mail, with LF or CR LF line ends.</param>
    /// <param name="isDecoded">True if transfer encodings were undone already, as b4 does before it calls a check.</param>
    public static MailMessage Read(ReadOnlySpan<byte> bytes, bool isDecoded = false)
    {
        if (bytes.Length > MailLimits.MailBytes)
        {
            return new MailMessage { Info = new MailInfo { Refusal = $"a mail of more than {MailLimits.MailBytes >> 20} MB is not read" } };
        }

        // git mailsplit takes the CR away before anybody looks at the mail.
        var text = ByteText.Of(bytes).Replace("\r\n", "\n", StringComparison.Ordinal);
        var fields = ReadHeader(text, out var trouble);
        if (trouble is not null)
        {
            return new MailMessage { Info = new MailInfo { Refusal = trouble } };
        }

        var info = new MailInfoReader(text, isDecoded).Read();
        var ids = MailMessageFields.Ids(fields, "Message-ID");
        var references = MailMessageFields.Ids(fields, "References");
        var answered = MailMessageFields.Ids(fields, "In-Reply-To");
        return new MailMessage
        {
            Subject = EncodedWords.ToUnicode(MailMessageFields.Last(fields, "Subject")),
            From = AddressList.Parse(MailMessageFields.Last(fields, "From")) is [var from, ..] ? from : null,
            ReplyTo = MailMessageFields.Addresses(fields, "Reply-To"),
            To = MailMessageFields.Addresses(fields, "To"),
            Cc = MailMessageFields.Addresses(fields, "Cc"),
            Date = MailDate.Parse(MailMessageFields.Last(fields, "Date")),
            MessageId = ids is [var id, ..] ? id : null,
            References = references,
            Answers = [.. references.Concat(answered).Reverse().Distinct(StringComparer.Ordinal).Reverse()],
            Info = info,
            header = fields,
            Remarks = [.. MailMessageFields.Doubled(fields)],
        };
    }

    /// <summary>
    /// The fields of a header up to its end. git takes the last of doubled fields, others the first; so both the doubled fields and the limits are told.
    /// </summary>
    private static List<HeaderField> ReadHeader(string text, out string? trouble)
    {
        var lines = new LineCursor(text);
        while (lines.Next is { } next && ByteText.IsBlank(next))
        {
            lines = new LineCursor(text, lines.Position + 1);
        }

        var start = lines.Position;
        var fields = new List<HeaderField>();
        trouble = null;
        while (HeaderField.Read(lines, out _) is { } field)
        {
            fields.Add(field);
            if (fields.Count > MailLimits.HeaderFields || lines.Position - start > MailLimits.HeaderBytes)
            {
                trouble = $"a header of more than {MailLimits.HeaderFields} fields or {MailLimits.HeaderBytes >> 10} KB is not read";
                break;
            }
        }

        return fields;
    }
}
