namespace Review.Dev.Corpus;

/// <summary>Splits C into words, literals and single characters; <c>-></c> is one. Comments are left out.</summary>
internal static class CTokens
{
    public static IEnumerable<(int Start, string Token)> Of(string text)
    {
        for (var i = 0; i < text.Length;)
        {
            var end = EndOf(text, i);
            if (!char.IsWhiteSpace(text[i]) && !text.AsSpan(i).StartsWith("/*", StringComparison.Ordinal))
            {
                yield return (i, text[i..end]);
            }

            i = end;
        }
    }

    private static int EndOf(string text, int start)
    {
        if (text.AsSpan(start).StartsWith("/*", StringComparison.Ordinal))
        {
            return text.IndexOf("*/", start + 2, StringComparison.Ordinal) + 2;
        }

        if (text.AsSpan(start).StartsWith("->", StringComparison.Ordinal))
        {
            return start + 2;
        }

        var end = start + 1;
        if (text[start] is '"' or '\'')
        {
            while (text[end] != text[start])
            {
                end += text[end] == '\\' ? 2 : 1;
            }

            return end + 1;
        }

        while (IsWord(text[start]) && end < text.Length && IsWord(text[end]))
        {
            end++;
        }

        return end;
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_';
}
