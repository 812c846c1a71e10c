using System.Text;

namespace Review.Core.Diagnostics;

/// <summary>
/// The text of a C statement without what people change when they only reformat: comments, line breaks,
/// indentation, spaces around operators. Names and literals stay. Two statements with the same tokens have the same text.
/// </summary>
public static class NormalizedStatement
{
    /// <summary>Normalises a piece of C; unfinished comments and strings end with the text.</summary>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var result = new StringBuilder(text.Length);
        var isApart = false;
        var i = 0;
        while (i < text.Length)
        {
            var end = EndOfGap(text, i);
            if (end > i)
            {
                isApart = true;
                i = end;
                continue;
            }

            end = text[i] is '"' or '\'' ? EndOfLiteral(text, i) : i + 1;
            if (isApart && result.Length > 0 && Fuses(result[^1], text[i]))
            {
                result.Append(' ');
            }

            result.Append(text, i, end - i);
            isApart = false;
            i = end;
        }

        return result.ToString();
    }

    // White space, a comment, or a line continuation.
    private static int EndOfGap(string text, int start)
    {
        if (char.IsWhiteSpace(text[start]))
        {
            return start + 1;
        }

        if (start + 1 >= text.Length)
        {
            return start;
        }

        switch (text[start], text[start + 1])
        {
            case ('/', '*'):
                var close = text.IndexOf("*/", start + 2, StringComparison.Ordinal);
                return close < 0 ? text.Length : close + 2;
            case ('/', '/'):
                var newline = text.IndexOf('\n', start + 2);
                return newline < 0 ? text.Length : newline;
            case ('\\', '\n'):
                return start + 2;
            case ('\\', '\r'):
                return start + 2;
            default:
                return start;
        }
    }

    private static int EndOfLiteral(string text, int start)
    {
        for (var i = start + 1; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == text[start])
            {
                return i + 1;
            }
        }

        return text.Length;
    }

    // Would the two characters read as one token, or start a comment, if they stood together?
    private static bool Fuses(char left, char right) =>
        (IsWord(left) && IsWord(right))
        || (left == right && "+-&|<>=#/".Contains(left, StringComparison.Ordinal))
        || (right == '=' && "+-*/%&|^!<>".Contains(left, StringComparison.Ordinal))
        || (left, right) is ('-', '>') or ('/', '*') or ('.', >= '0' and <= '9') or (>= '0' and <= '9', '.')
        || (IsWord(left) && right is '"' or '\'');

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c is '_' or '$';
}
