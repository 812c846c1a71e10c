namespace Review.Tables.Lookups;

/// <summary>One token of C: a word, a number, a string or an operator.</summary>
internal readonly record struct CToken(string Text, int Start, int End)
{
    public bool IsWord => Text.Length > 0 && (char.IsLetter(Text[0]) || Text[0] == '_');
}

/// <summary>Takes C text without directives and comments apart.</summary>
internal static class CTokens
{
    private static readonly string[] Operators =
        ["...", "<<=", ">>=", "->", "++", "--", "<<", ">>", "<=", ">=", "==", "!=", "&&", "||", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "##"];

    public static List<CToken> Read(string text)
    {
        var tokens = new List<CToken>();
        for (var i = 0; i < text.Length;)
        {
            if (char.IsWhiteSpace(text[i]) || text[i] == '\\')
            {
                i++;
                continue;
            }

            var end = i + 1;
            if (char.IsLetterOrDigit(text[i]) || text[i] == '_')
            {
                while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] == '_'))
                {
                    end++;
                }
            }
            else if (text[i] is '"' or '\'')
            {
                while (end < text.Length && text[end] != text[i])
                {
                    end += text[end] == '\\' ? 2 : 1;
                }

                end = Math.Min(end + 1, text.Length);
            }
            else
            {
                var rest = text.AsSpan(i);
                foreach (var candidate in Operators)
                {
                    if (rest.StartsWith(candidate, StringComparison.Ordinal))
                    {
                        end = i + candidate.Length;
                        break;
                    }
                }
            }

            tokens.Add(new CToken(text[i..end], i, end));
            i = end;
        }

        return tokens;
    }
}
