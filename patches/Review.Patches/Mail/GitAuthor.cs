using System.Buffers;
using System.Text;

namespace Review.Patches.Mail;

/// <summary>The author that git takes from a From field: whatever stands around the first <c>@</c> is the address, the rest is the name.</summary>
/// <param name="Name">The name; the address where there is no usable one.</param>
/// <param name="Email">The address; may be empty.</param>
internal sealed record GitAuthor(string Name, string Email)
{
    // In bytes; git takes the address in place of longer names.
    private const int LongestName = 60;

    private static readonly SearchValues<char> EndsOfAddress = SearchValues.Create(" \n\t\r\v\f>");

    /// <summary>No author.</summary>
    public static GitAuthor None { get; } = new("", "");

    /// <summary>Reads the value of a From field.</summary>
    public static GitAuthor Of(string from)
    {
        var text = Unquote(from);
        var at = text.IndexOf('@', StringComparison.Ordinal);
        if (at < 0)
        {
            return WithoutAt(from);
        }

        var start = at;
        while (start > 0 && text[start - 1] != '<' && !ByteText.IsBlank(text[start - 1]))
        {
            start--;
        }

        var length = text.AsSpan(start).IndexOfAny(EndsOfAddress);
        var end = length < 0 ? text.Length : start + length;

        // The bracket before the address becomes a blank, the character behind it goes.
        var isBracketed = start > 0 && text[start - 1] == '<';
        var name = (isBracketed ? text[..(start - 1)] + " " : text[..start]) + text[Math.Min(text.Length, end + 1)..];
        name = ByteText.Trim(ByteText.Squeeze(name));
        if (name.Length > 1 && name[0] == '(' && name[^1] == ')')
        {
            name = name[1..^1];
        }

        return Sane(name, text[start..end]);
    }

    private static GitAuthor WithoutAt(string from)
    {
        var open = from.IndexOf('<', StringComparison.Ordinal);
        var close = open < 0 ? -1 : from.IndexOf('>', open);
        return close < 0 ? None : Sane(ByteText.Trim(from[..open]), from[(open + 1)..close]);
    }

    private static GitAuthor Sane(string name, string email) =>
        new(name.Length is 0 or > LongestName || name.AsSpan().ContainsAny('@', '<', '>') ? email : name, email);

    /// <summary>Text whose quoted strings and comments are as they are meant: without quotes and backslashes, comments still in parentheses.</summary>
    private static string Unquote(string text)
    {
        var result = new StringBuilder(text.Length);
        var isQuoted = false;
        var depth = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\\' && (isQuoted || depth > 0))
            {
                i++;
                if (i < text.Length)
                {
                    _ = result.Append(text[i]);
                }
            }
            else if (c == '"' && depth == 0)
            {
                isQuoted = !isQuoted;
            }
            else
            {
                depth += isQuoted ? 0 : c == '(' ? 1 : c == ')' && depth > 0 ? -1 : 0;
                _ = result.Append(c);
            }
        }

        return result.ToString();
    }
}
