using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Review.Core.Diagnostics;
using Review.Patches.Mail;

namespace Review.Patches.Replies;

/// <summary>
/// The draft of a reply to one patch, ready for a person's own mail program: sender and date are left to it. The text is built so that <c>git am</c> finds no patch and no tool
/// finds a trailer in it.
/// </summary>
public static class ReplyMail
{
    private const int MaximumReceivers = 50;
    private const int MaximumReferences = 20;

    private static readonly string[] Marks = ["---", "diff -", "Index: ", "From ", "+++ ", "@@", "-- >8", "GIT binary patch"];

    /// <summary>The bytes of the draft.</summary>
    /// <param name="patch">The mail that is answered.</param>
    /// <param name="text">The text, wrapped.</param>
    /// <param name="key">What the message id is made from: the same reply always gets the same id.</param>
    public static byte[] Write(MailMessage patch, string text, string key)
    {
        ArgumentNullException.ThrowIfNull(patch);
        var author = AuthorOf(patch);
        return Write(patch, text, new ReplyEnvelope
        {
            MessageId = IdOf(key, "mmreview.invalid"),
            To = author is null ? [] : [author],
            Cc = [.. patch.To, .. patch.Cc],
        });
    }

    /// <summary>The bytes of a mail whose sender and receivers are known.</summary>
    /// <param name="answered">The mail that is answered.</param>
    /// <param name="text">The text, wrapped.</param>
    /// <param name="envelope">From whom and to whom.</param>
    public static byte[] Write(MailMessage answered, string text, ReplyEnvelope envelope)
    {
        ArgumentNullException.ThrowIfNull(answered);
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(envelope);
        var body = Guard(text);
        var header = new StringBuilder();
        Add("From", Addresses(envelope.From is { } from ? [from] : [], []));
        Add("Reply-To", Addresses(envelope.ReplyTo is { } answers ? [answers] : [], []));
        Add("Date", envelope.Date?.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture) ?? "");
        Add("Subject", Fold(Words("Re: " + WithoutReply(answered.Subject))));
        Add("To", Addresses(envelope.To, []));
        Add("Cc", Addresses(envelope.Cc, [.. envelope.To.Select(static box => box.Address)]));
        if (answered.MessageId is { } id && IsSafe(id))
        {
            Add("In-Reply-To", $"<{id}>");
            var references = answered.References.Where(IsSafe).Append(id).ToList();
            Add("References", string.Join("\n ", (references.Count > MaximumReferences ? references.Take(MaximumReferences / 2).Concat(references.Skip(references.Count - (MaximumReferences / 2))) : references).Select(static one => $"<{one}>")));
        }

        Add("Message-ID", $"<{envelope.MessageId}>");
        Add("Auto-Submitted", envelope.IsAutomatic ? "auto-generated" : "");
        Add("MIME-Version", "1.0");
        Add("Content-Type", $"text/plain; charset={(Ascii.IsValid(body) ? "us-ascii" : "utf-8")}");
        Add("Content-Transfer-Encoding", Ascii.IsValid(body) ? "7bit" : "8bit");
        return Encoding.UTF8.GetBytes($"{header}\n{body}");

        void Add(string name, string value)
        {
            if (value.Length > 0)
            {
                _ = header.Append(name).Append(": ").Append(value).Append('\n');
            }
        }
    }

    /// <summary>To whom an answer goes: where the author asks for it if that is the author's own domain, since anybody can write another's address there; null if the mail has no sender.</summary>
    public static Mailbox? AuthorOf(MailMessage patch)
    {
        ArgumentNullException.ThrowIfNull(patch);
        return patch.ReplyTo is [var answer, ..] && SameDomain(answer, patch.From) ? answer : patch.From;
    }

    /// <summary>A message id, without brackets: the same for the same key.</summary>
    public static string IdOf(string key, string domain) => $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..32]}@{domain}";

    /// <summary>Moves every line of our own that a tool could take for a patch or a trailer away from the first column.</summary>
    private static string Guard(string text) => string.Join('\n', text.Split('\n').Select(static line =>
        line is not "-- " && (Marks.Any(mark => line.StartsWith(mark, StringComparison.Ordinal)) || IsTrailer(line)) ? "  " + line : line));

    private static bool IsTrailer(string line)
    {
        var colon = line.IndexOf(": ", StringComparison.Ordinal);
        return colon > 0 && char.IsAsciiLetterUpper(line[0]) && line.AsSpan(0, colon).IndexOf('-') > 0 && line.Take(colon).All(static c => char.IsAsciiLetter(c) || c == '-');
    }

    private static string Addresses(ImmutableArray<Mailbox> boxes, ImmutableArray<string> without) => string.Join(",\n ", boxes
        .Where(box => box.Address.Contains('@', StringComparison.Ordinal) && IsSafe(box.Address) && !without.Contains(box.Address, StringComparer.OrdinalIgnoreCase))
        .DistinctBy(static box => box.Address, StringComparer.OrdinalIgnoreCase).Take(MaximumReceivers)
        .Select(static box => box.Name.Length == 0 ? box.Address : $"{Name(box.Name)} <{box.Address}>"));

    private static string Name(string name) =>
        !Ascii.IsValid(name) ? Words(name)
        : name.All(static c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '-' or '_') ? name
        : "\"" + Clean(name).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";

    /// <summary>A header's text in ASCII, as encoded words of whole characters where it is not.</summary>
    private static string Words(string text)
    {
        var clean = Clean(text);
        if (Ascii.IsValid(clean))
        {
            return clean;
        }

        var words = new List<string>();
        var bytes = new List<byte>();
        foreach (var rune in clean.EnumerateRunes())
        {
            var encoded = Encoding.UTF8.GetBytes(rune.ToString());
            if (bytes.Count + encoded.Length > 42)
            {
                words.Add($"=?utf-8?b?{Convert.ToBase64String([.. bytes])}?=");
                bytes.Clear();
            }

            bytes.AddRange(encoded);
        }

        words.Add($"=?utf-8?b?{Convert.ToBase64String([.. bytes])}?=");
        return string.Join("\n ", words);
    }

    private static string Fold(string text)
    {
        var result = new StringBuilder();
        var column = "Subject: ".Length;
        foreach (var word in text.Split(' '))
        {
            if (result.Length > 0)
            {
                var folds = column + word.Length + 1 > 76;
                _ = result.Append(folds ? "\n " : " ");
                column = folds ? 1 : column + 1;
            }

            _ = result.Append(word);
            column += word.Length;
        }

        return result.ToString();
    }

    private static string WithoutReply(string subject)
    {
        var rest = subject.TrimStart();
        while (rest.StartsWith("Re:", StringComparison.OrdinalIgnoreCase))
        {
            rest = rest[3..].TrimStart();
        }

        return rest;
    }

    private static bool SameDomain(Mailbox one, Mailbox? other) =>
        other is not null && one.Address.Split('@')[^1].Equals(other.Address.Split('@')[^1], StringComparison.OrdinalIgnoreCase);

    // Nothing of a hostile mail ends a header line of ours.
    private static string Clean(string text) => string.Concat(VisibleText.Of(text).Where(static c => !char.IsControl(c)));

    private static bool IsSafe(string token) => token.Length is > 0 and < 500 && token.All(static c => c is > ' ' and < '\x7f' and not ('<' or '>' or ',' or ';' or '"'));
}
