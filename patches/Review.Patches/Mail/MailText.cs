using System.Buffers;
using System.Text;

namespace Review.Patches.Mail;

/// <summary>The decoded lines of a mail, sorted into in-body headers, message and patch as git-mailinfo(1) sorts them.</summary>
internal sealed class MailText
{
    // The separator of git format-patch, quoted: git skips it where it stands first.
    private const string QuotedSeparator = ">From ";
    private const string FormatPatchDate = " Mon Sep 17 00:00:00 2001\n";

    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    private readonly StringBuilder message = new();
    private readonly StringBuilder patch = new();
    private readonly StringBuilder body = new();
    private bool isAtTop = true;
    private bool isPatch;
    private string openHeader = "";

    /// <summary>The fields that stand at the top of the text and go over those of the mail.</summary>
    public MailFields InBody { get; private set; } = new();

    /// <summary>True once a line ended the message.</summary>
    public bool HasPatch => patch.Length > 0;

    public string Message => message.ToString();

    public string Patch => patch.ToString();

    public string Body => body.ToString();

    /// <summary>Adds a line; returns why git gives up on it, or null.</summary>
    /// <param name="line">The line with its line end.</param>
    /// <param name="charset">The charset of its part.</param>
    public string? Add(string line, string charset)
    {
        if (isPatch)
        {
            _ = patch.Append(line);
            _ = body.Append(Charset.ToUtf8(line, charset) ?? line);
            return null;
        }

        if (isAtTop)
        {
            if (line.Length == 0 || line == "\n")
            {
                isAtTop = openHeader.Length == 0;
                return isAtTop ? null : CloseHeader();
            }

            if (TakeInBodyHeader(line, out var trouble))
            {
                return trouble;
            }

            isAtTop = false;
        }

        if (Charset.ToUtf8(line, charset) is not { } utf8)
        {
            return $"the text is not of the charset that the mail names ({charset})";
        }

        _ = body.Append(utf8);
        isPatch = EndsMessage(utf8);
        _ = (isPatch ? patch : message).Append(isPatch ? line : utf8);
        return null;
    }

    /// <summary>Ends the text; returns why git gives up, or null.</summary>
    public string? Finish() => CloseHeader();

    /// <summary>
    /// True for the lines after which git looks for a diff: <c>---</c> alone, a diff header with or without one of git's, and CVS's <c>Index: </c>.
    /// </summary>
    public static bool EndsMessage(string line)
    {
        if (line.StartsWith("diff -", StringComparison.Ordinal) || line.StartsWith("Index: ", StringComparison.Ordinal))
        {
            return true;
        }

        if (line.Length < 4 || !line.StartsWith("---", StringComparison.Ordinal))
        {
            return false;
        }

        return (line[3] == ' ' && line.Length > 4 && !ByteText.IsBlank(line[4])) || IsBlankToEnd(line.AsSpan(3));
    }

    private static bool IsBlankToEnd(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (c == '\n')
            {
                return true;
            }

            if (!ByteText.IsBlank(c))
            {
                return false;
            }
        }

        return false;
    }

    private bool TakeInBodyHeader(string line, out string? trouble)
    {
        trouble = null;
        if (openHeader.Length > 0 && line[0] is ' ' or '\t')
        {
            openHeader = LineCursor.Content(openHeader) + line;
            return true;
        }

        trouble = CloseHeader();
        if (line.StartsWith(">From", StringComparison.Ordinal) && line.Length > 5 && ByteText.IsBlank(line[5]))
        {
            return IsQuotedSeparator(line);
        }

        if (line.StartsWith("[PATCH]", StringComparison.Ordinal) && line.Length > 7 && ByteText.IsBlank(line[7]))
        {
            InBody = InBody with { Subject = line };
            return true;
        }

        openHeader = IsOpen("From", InBody.From) || IsOpen("Subject", InBody.Subject) || IsOpen("Date", InBody.Date) ? line : "";
        return openHeader.Length > 0;

        bool IsOpen(string name, string? known) => known is null && HeaderField.ValueOf(line, name) is not null;
    }

    private string? CloseHeader()
    {
        var line = openHeader;
        openHeader = "";
        foreach (var name in (ReadOnlySpan<string>)["From", "Subject", "Date"])
        {
            if (HeaderField.ValueOf(line, name) is { } raw)
            {
                if (EncodedWords.Decode(raw.Split('\0', 2)[0]) is not { } value)
                {
                    return $"the {name} line of the text holds an encoded word that cannot be decoded";
                }

                InBody = InBody.With(name, value, onlyIfMissing: true);
            }
        }

        return null;
    }

    private static bool IsQuotedSeparator(string line) =>
        line.Length == QuotedSeparator.Length + 40 + FormatPatchDate.Length
        && line.StartsWith(QuotedSeparator, StringComparison.Ordinal)
        && line.EndsWith(FormatPatchDate, StringComparison.Ordinal)
        && line.AsSpan(QuotedSeparator.Length, 40).IndexOfAnyExcept(LowerHex) < 0;
}
