using System.Text;

namespace Review.Patches.Mail;

/// <summary>The encodings of RFC 2045 and RFC 2047, decoded as leniently as git decodes them: what is no escape stands for itself.</summary>
internal static class TransferEncoding
{
    /// <summary>Decodes quoted-printable; of a line that ends in <c>=</c> the line end is dropped. A zero byte ends the text.</summary>
    /// <param name="text">A line, or the text of an encoded word.</param>
    /// <param name="isWord">True for an encoded word, in which <c>_</c> is a blank.</param>
    public static string QuotedPrintable(string text, bool isWord)
    {
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length && text[i] != '\0'; i++)
        {
            if (text[i] == '=')
            {
                if (i + 1 >= text.Length || text[i + 1] is '\n' or '\0')
                {
                    break;
                }

                if (i + 2 < text.Length && char.IsAsciiHexDigit(text[i + 1]) && char.IsAsciiHexDigit(text[i + 2]))
                {
                    _ = result.Append((char)((HexValue(text[i + 1]) << 4) | HexValue(text[i + 2])));
                    i += 2;
                    continue;
                }
            }

            _ = result.Append(isWord && text[i] == '_' ? ' ' : text[i]);
        }

        return result.ToString();
    }

    /// <summary>Decodes base64; characters outside its alphabet, padding included, are passed over. Digits of an unfinished group at the end are dropped.</summary>
    public static string Base64(string text)
    {
        var result = new StringBuilder(text.Length);
        var bits = 0;
        var held = 0;
        foreach (var c in text)
        {
            if (c == '\0')
            {
                break;
            }

            if (Base64Value(c) is not (>= 0 and var value))
            {
                continue;
            }

            bits = ((bits << 6) | value) & 0xFFFF;
            held += 6;
            if (held >= 8)
            {
                held -= 8;
                _ = result.Append((char)((bits >> held) & 0xFF));
            }
        }

        return result.ToString();
    }

    private static int Base64Value(char c) => c switch
    {
        >= 'A' and <= 'Z' => c - 'A',
        >= 'a' and <= 'z' => c - 'a' + 26,
        >= '0' and <= '9' => c - '0' + 52,
        '+' => 62,
        '/' => 63,
        _ => -1,
    };

    private static int HexValue(char c) => c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
}
