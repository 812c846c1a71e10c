using System.Text;

namespace Review.Patches.Mail;

/// <summary>Encoded words of RFC 2047, e.g. <c>=?utf-8?q?K=C3=B6?=</c>.</summary>
internal static class EncodedWords
{
    /// <summary>
    /// The text with every encoded word as UTF-8; white space between two of them belongs to neither. Null where something begins as an encoded
    /// word and is none, or holds another charset than it says: git refuses such a mail.
    /// </summary>
    public static string? Decode(string text)
    {
        var result = new StringBuilder(text.Length);
        var position = 0;
        while (text.IndexOf("=?", position, StringComparison.Ordinal) is >= 0 and var start)
        {
            var between = text[position..start];
            if (position == 0 || between.Any(static c => !ByteText.IsBlank(c)))
            {
                _ = result.Append(between);
            }

            if (Word(text, start + 2) is not var (decoded, end))
            {
                return null;
            }

            _ = result.Append(decoded);
            position = end;
        }

        return result.Append(text, position, text.Length - position).ToString();
    }

    /// <summary>What people read: decoded where that is possible, else as it stands.</summary>
    public static string ToUnicode(string text) => ByteText.ToUnicode(ByteText.Trim(ByteText.Squeeze(Decode(text) ?? text)));

    private static (string Decoded, int End)? Word(string text, int start)
    {
        var mark = text.IndexOf('?', start);
        if (mark < 0 || mark + 2 >= text.Length || text[mark + 2] != '?')
        {
            return null;
        }

        var end = text.IndexOf("?=", mark + 3, StringComparison.Ordinal);
        if (end < 0)
        {
            return null;
        }

        var content = text[(mark + 3)..end];
        var decoded = text[mark + 1] switch
        {
            'b' or 'B' => TransferEncoding.Base64(content),
            'q' or 'Q' => TransferEncoding.QuotedPrintable(content, isWord: true),
            _ => null,
        };
        return decoded is not null && Charset.ToUtf8(decoded, text[start..mark]) is { } utf8 ? (utf8, end + 2) : null;
    }
}
