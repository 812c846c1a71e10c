using System.Text;

namespace Review.Patches.Mail;

/// <summary>
/// Bytes of a mail seen as text, one character for each byte. A mail is bytes in several charsets at once, and what git applies are bytes; so text
/// is decoded only where people read it, and everything before works on this form, which loses nothing.
/// </summary>
internal static class ByteText
{
    /// <summary>The form of some bytes.</summary>
    public static string Of(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    /// <summary>The bytes again.</summary>
    public static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);

    /// <summary>The form of decoded text, in UTF-8.</summary>
    public static string OfUnicode(string text) => Of(Encoding.UTF8.GetBytes(text));

    /// <summary>What people read: the bytes as UTF-8; where they are not, a replacement character stands.</summary>
    public static string ToUnicode(string text) => Encoding.UTF8.GetString(Bytes(text));

    /// <summary>White space as RFC 5322 and git know it; nothing else separates or ends anything in a mail.</summary>
    public static bool IsBlank(char c) => c is ' ' or '\t' or '\n' or '\r';

    /// <summary>Text without white space at its end.</summary>
    public static string TrimEnd(string text)
    {
        var end = text.Length;
        while (end > 0 && IsBlank(text[end - 1]))
        {
            end--;
        }

        return text[..end];
    }

    /// <summary>Text without white space at either end.</summary>
    public static string Trim(string text)
    {
        var start = 0;
        while (start < text.Length && IsBlank(text[start]))
        {
            start++;
        }

        return TrimEnd(text[start..]);
    }

    /// <summary>Text in which every run of white space is one blank.</summary>
    public static string Squeeze(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (!IsBlank(c))
            {
                _ = result.Append(c);
            }
            else if (result.Length == 0 || result[^1] != ' ')
            {
                _ = result.Append(' ');
            }
        }

        return result.ToString();
    }
}
