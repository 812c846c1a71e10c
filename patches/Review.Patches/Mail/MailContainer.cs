using System.Collections.Immutable;

namespace Review.Patches.Mail;

/// <summary>
/// Mails out of the bytes of a mailbox file: mboxo, mboxrd, what git format-patch and b4 write, or one mail by itself.
/// </summary>
public static class MailContainer
{
    // The separators of public-inbox, which quotes lines of bodies (mboxrd), and of format-patch and b4, which do not.
    private const string QuotingSender = "mboxrd@z";

    /// <summary>The bytes of each mail, in order; at most <see cref="MailLimits.Mails"/>.</summary>
    public static ImmutableArray<byte[]> Split(ReadOnlySpan<byte> bytes)
    {
        var text = ByteText.Of(bytes);
        var mails = ImmutableArray.CreateBuilder<byte[]>();
        var lines = new LineCursor(text);
        var start = 0;
        var isQuoted = false;
        var isAfterBlank = true;
        while (mails.Count < MailLimits.Mails)
        {
            var here = lines.Position;
            var line = lines.Read();
            if (line is null || (isAfterBlank && IsSeparator(line) && BeginsHeader(text, lines.Position)))
            {
                Add(mails, text[start..here], isQuoted);
                start = lines.Position;
                isQuoted = line?.Split(' ')[1] == QuotingSender;
            }

            if (line is null)
            {
                break;
            }

            isAfterBlank = LineCursor.Content(line) is "" or "\r";
        }

        return mails.ToImmutable();
    }

    /// <summary>True for <c>From someone Www Mmm d hh:mm:ss yyyy</c>, the line that mailboxes put in front of each mail.</summary>
    internal static bool IsSeparator(string line)
    {
        var words = line.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
        return words is ["From", _, { Length: 3 }, { Length: 3 }, _, var time, .. var rest]
            && line.StartsWith("From ", StringComparison.Ordinal)
            && time.Length is 5 or 8 && time[2] == ':' && char.IsAsciiDigit(time[0])
            && rest.Length is 1 or 2 && Array.Exists(rest, static word => word.Length == 4 && word.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0);
    }

    private static bool BeginsHeader(string text, int position)
    {
        var next = new LineCursor(text, position);
        return HeaderField.Read(next, out _) is not null;
    }

    private static void Add(ImmutableArray<byte[]>.Builder mails, string mail, bool isQuoted)
    {
        if (ByteText.Trim(mail).Length > 0)
        {
            mails.Add(ByteText.Bytes(isQuoted ? Unquote(mail) : mail));
        }
    }

    /// <summary>Takes one <c>&gt;</c> from every <c>&gt;From </c>, <c>&gt;&gt;From </c> and so on.</summary>
    private static string Unquote(string mail)
    {
        var result = new System.Text.StringBuilder(mail.Length);
        var lines = new LineCursor(mail);
        while (lines.Read() is { } line)
        {
            _ = result.Append(line[0] == '>' && line.AsSpan().TrimStart('>').StartsWith("From ", StringComparison.Ordinal) ? line.AsSpan(1) : line);
        }

        return result.ToString();
    }
}
