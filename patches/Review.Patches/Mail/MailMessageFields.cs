using System.Collections.Immutable;

namespace Review.Patches.Mail;

/// <summary>Looks fields up in a header.</summary>
internal static class MailMessageFields
{
    private static readonly ImmutableArray<string> Single = ["From", "Subject", "Date", "Message-ID", "In-Reply-To", "Content-Type", "Content-Transfer-Encoding"];

    /// <summary>The raw value of the last field of a name, as git takes it; empty if there is none.</summary>
    public static string Last(List<HeaderField> fields, string name) => fields.FindLast(field => field.Is(name))?.Value ?? "";

    /// <summary>The ids in all fields of a name.</summary>
    public static ImmutableArray<string> Ids(List<HeaderField> fields, string name) => [.. fields.Where(field => field.Is(name)).SelectMany(static field => MessageId.ReadAll(field.Value))];

    /// <summary>The addresses in all fields of a name.</summary>
    public static ImmutableArray<Mailbox> Addresses(List<HeaderField> fields, string name) => [.. fields.Where(field => field.Is(name)).SelectMany(static field => AddressList.Parse(field.Value))];

    /// <summary>Fields that RFC 5322 allows once and that are there more often: mail programs disagree about which one counts.</summary>
    public static IEnumerable<string> Doubled(List<HeaderField> fields) =>
        Single.Where(name => fields.Count(field => field.Is(name)) > 1).Select(static name => $"it has several {name} fields; git takes the last one");
}
