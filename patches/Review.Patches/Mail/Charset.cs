using System.Text;

namespace Review.Patches.Mail;

/// <summary>
/// Charsets by the names that mails use. UTF-7 is none: it hides text from everybody who does not decode it.
/// </summary>
internal static class Charset
{
    static Charset() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>
    /// Bytes of a charset as bytes of UTF-8. Null if the charset is not known or the bytes are not of it. No name, and UTF-8 by any of its
    /// names, leave the bytes as they are.
    /// </summary>
    public static string? ToUtf8(string bytes, string name)
    {
        if (name.Length == 0 || name.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || name.Equals("utf8", StringComparison.OrdinalIgnoreCase))
        {
            return bytes;
        }

        try
        {
            return Find(name) is { } encoding ? ByteText.OfUnicode(encoding.GetString(ByteText.Bytes(bytes))) : null;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static Encoding? Find(string name)
    {
        try
        {
            var found = Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
            return found.CodePage == 65000 ? null : found;
        }
        catch (ArgumentException)
        {
            return null;
        }
        catch (NotSupportedException)
        {
            return null;
        }
    }
}
