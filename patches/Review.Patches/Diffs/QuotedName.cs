using System.Text;

namespace Review.Patches.Diffs;

/// <summary>File names as git writes them: names with odd bytes stand in double quotes with C's escapes.</summary>
internal static class QuotedName
{
    /// <summary>
    /// The name that a text begins with and how many characters it takes. A name without quotes ends at the line's end, and before that at one of <paramref name="ends"/>.
    /// Null if the quotes or an escape are broken.
    /// </summary>
    public static (string Name, int Length)? Read(string text, string ends = "")
    {
        if (!text.StartsWith('"'))
        {
            var end = text.AsSpan().IndexOfAny(ends + "\n");
            end = end < 0 ? text.Length : end;
            return (text[..end].TrimEnd('\r'), end);
        }

        var name = new StringBuilder();
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] == '"')
            {
                return (name.ToString(), i + 1);
            }

            if (text[i] != '\\')
            {
                _ = name.Append(text[i]);
            }
            else if (Escape(text.AsSpan(i + 1)) is var (c, length))
            {
                _ = name.Append(c);
                i += length;
            }
            else
            {
                return null;
            }
        }

        return null;
    }

    private static (char Character, int Length)? Escape(ReadOnlySpan<char> text) => text switch
    {
        ['a', ..] => ('\a', 1),
        ['b', ..] => ('\b', 1),
        ['f', ..] => ('\f', 1),
        ['n', ..] => ('\n', 1),
        ['r', ..] => ('\r', 1),
        ['t', ..] => ('\t', 1),
        ['v', ..] => ('\v', 1),
        ['\\', ..] => ('\\', 1),
        ['"', ..] => ('"', 1),
        [>= '0' and <= '3', >= '0' and <= '7', >= '0' and <= '7', ..] => ((char)(((text[0] - '0') << 6) | ((text[1] - '0') << 3) | (text[2] - '0')), 3),
        _ => null,
    };
}
