using System.Text;

namespace Review.Patches.Mail;

/// <summary>
/// Reads a mail the way git-mailinfo(1) does: header fields, MIME parts glued together, transfer encodings undone, in-body headers, the line that ends the message.
/// The message becomes UTF-8; the patch keeps its bytes.
/// </summary>
/// <param name="mail">Byte text of the mail, from its header on.</param>
/// <param name="isDecoded">True if somebody has undone transfer encodings and multiparts already, as b4 does before it calls a check.</param>
internal sealed class MailInfoReader(string mail, bool isDecoded = false)
{
    private readonly LineCursor lines = new(mail, Start(mail));
    private readonly Stack<string> boundaries = [];
    private readonly MailText text = new();
    private MailFields header = new();
    private string charset = "";
    private Encoding encoding;
    private bool isFlowed;
    private bool removesBlanks;
    private string pending = "";
    private string? refusal;

    private enum Encoding
    {
        None,
        QuotedPrintable,
        Base64,
    }

    /// <summary>Reads the mail to its end or to what makes git give up.</summary>
    public MailInfo Read()
    {
        if (lines.Next is null)
        {
            return new MailInfo { Refusal = "the mail is empty" };
        }

        string rest;
        while (HeaderField.Read(lines, out rest) is { } field)
        {
            Take(field, isPart: false);
        }

        if (refusal is null)
        {
            ReadBody(rest);
        }

        refusal ??= text.Finish();
        var fields = text.HasPatch ? header.OverriddenBy(text.InBody) : header;
        if (fields.From?.Contains('\0') == true || fields.Subject?.Contains('\0') == true || fields.Date?.Contains('\0') == true)
        {
            refusal ??= "a header field holds a zero byte";
        }

        var author = fields.From is { } from ? GitAuthor.Of(ByteText.Squeeze(from)) : GitAuthor.None;
        return new MailInfo
        {
            Author = ByteText.ToUnicode(author.Name),
            Email = ByteText.ToUnicode(author.Email),
            Subject = ByteText.ToUnicode(GitSubject.Clean(fields.Subject ?? "")),
            Date = ByteText.ToUnicode(ByteText.Squeeze(fields.Date ?? "")),
            MessageBytes = ByteText.Bytes(text.Message),
            Patch = ByteText.Bytes(text.Patch),
            Refusal = refusal,
            IsFlowed = isFlowed,
            Body = ByteText.ToUnicode(text.Body),
        };
    }

    private static int Start(string mail)
    {
        var start = 0;
        while (start < mail.Length && ByteText.IsBlank(mail[start]))
        {
            start++;
        }

        return start;
    }

    /// <summary>Takes a header field of the mail, where the last of equals counts, or of a part, whose fields fill gaps only.</summary>
    private void Take(HeaderField field, bool isPart)
    {
        var raw = field.Value.Split('\0', 2)[0];
        if (field.Is("From") || field.Is("Subject") || field.Is("Date"))
        {
            if (EncodedWords.Decode(raw) is { } value)
            {
                header = header.With(field.Name, value, isPart);
            }
            else
            {
                refusal ??= $"the {field.Name} field holds an encoded word that cannot be decoded";
            }
        }
        else if (field.Is("Content-Type"))
        {
            TakeContentType(raw);
        }
        else if (field.Is("Content-Transfer-Encoding") && !isDecoded)
        {
            encoding = raw.Contains("base64", StringComparison.OrdinalIgnoreCase) ? Encoding.Base64
                : raw.Contains("quoted-printable", StringComparison.OrdinalIgnoreCase) ? Encoding.QuotedPrintable
                : Encoding.None;
        }
    }

    private void TakeContentType(string value)
    {
        isFlowed = ContentType.Has(value, "format", "flowed");
        removesBlanks = ContentType.Has(value, "delsp", "yes");
        if (ContentType.Parameter(value, "boundary") is { } boundary && !isDecoded)
        {
            if (boundaries.Count >= MailLimits.Nesting)
            {
                refusal ??= $"more than {MailLimits.Nesting} multipart bodies inside each other";
                return;
            }

            boundaries.Push("--" + boundary);
        }

        charset = ContentType.Parameter(value, "charset") ?? "";
    }

    private void ReadBody(string first)
    {
        string? line = first;
        if (boundaries.Count > 0)
        {
            line = NextBoundary();
        }

        while (line is not null && refusal is null)
        {
            if (boundaries.Count > 0 && IsBoundary(line))
            {
                Flush();
                line = NextPart(line);
                if (line is null)
                {
                    break;
                }
            }

            Unwrap(line);
            line = lines.Read();
        }

        Flush();
    }

    private bool IsBoundary(string line) => line.StartsWith(boundaries.Peek(), StringComparison.Ordinal);

    private string? NextBoundary()
    {
        while (boundaries.Count > 0 && lines.Read() is { } line)
        {
            if (IsBoundary(line))
            {
                return LineCursor.Content(line);
            }
        }

        return null;
    }

    /// <summary>Behind a boundary: reads the header of the part that follows and gives the first line of its text; null if no part follows.</summary>
    private string? NextPart(string? boundary)
    {
        while (boundary is not null && boundary.AsSpan(boundaries.Peek().Length).StartsWith("--"))
        {
            _ = boundaries.Pop();
            Give("\n");
            boundary = refusal is null ? NextBoundary() : null;
        }

        if (boundary is null)
        {
            return null;
        }

        encoding = Encoding.None;
        charset = "";
        while (HeaderField.Read(lines, out _) is { } field)
        {
            Take(field, isPart: true);
        }

        return lines.Read() is { } line ? LineCursor.Content(line) + "\n" : null;
    }

    /// <summary>Undoes the transfer encoding of a line and hands on the lines that come out; a part of a line waits for the next one.</summary>
    private void Unwrap(string line)
    {
        if (encoding == Encoding.None)
        {
            Unflow(line);
            return;
        }

        var decoded = new LineCursor(pending + (encoding == Encoding.Base64 ? TransferEncoding.Base64(line) : TransferEncoding.QuotedPrintable(line, isWord: false)));
        pending = "";
        while (decoded.Read() is { } one)
        {
            if (one.EndsWith('\n'))
            {
                Unflow(one);
            }
            else
            {
                pending += one;
            }
        }
    }

    /// <summary>Undoes format=flowed: a blank in front is stuffing, and one at the end says that the next line goes on.</summary>
    private void Unflow(string line)
    {
        if (!isFlowed)
        {
            Give(line);
            return;
        }

        var content = LineCursor.Content(line);
        var end = line[content.Length..];
        if (end.Length > 0 && content.EndsWith('\r'))
        {
            content = content[..^1];
            end = "\r\n";
        }

        if (content == "-- ")
        {
            Flush();
            Give(line);
            return;
        }

        content = content.StartsWith(' ') ? content[1..] : content;
        if (content.EndsWith(' '))
        {
            pending += removesBlanks ? content[..^1] : content;
            return;
        }

        content = pending + content + end;
        pending = "";
        Give(content);
    }

    private void Flush()
    {
        if (pending.Length > 0)
        {
            var line = pending;
            pending = "";
            Give(line);
        }
    }

    private void Give(string line) => refusal ??= text.Add(line, charset);
}
