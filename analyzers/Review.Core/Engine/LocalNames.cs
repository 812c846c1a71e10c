using System.Globalization;
using System.Text;
using Review.Core.Diagnostics;
using Review.Core.Syntax;

namespace Review.Core.Engine;

/// <summary>
/// Takes the names of local variables and labels out of a statement's text: in a fingerprint they are <c>$1</c>, <c>$2</c> ... in the order in which the
/// statement mentions them, so that renaming one does not make another finding.
/// </summary>
internal static class LocalNames
{
    /// <summary>The normalised text of a statement of a function, without the names of locals.</summary>
    public static string TakeOut(string statement, FunctionDefinition function)
    {
        var text = NormalizedStatement.Of(statement);
        var locals = NamesOf(function);
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var result = new StringBuilder(text.Length);
        var before = "";
        for (var i = 0; i < text.Length;)
        {
            var end = EndOfToken(text, i);
            var token = text[i..end];
            if (locals.Contains(token) && !IsAnotherKindOfName(before))
            {
                var number = numbers.TryGetValue(token, out var known) ? known : numbers[token] = numbers.Count + 1;
                result.Append(CultureInfo.InvariantCulture, $"${number}");
            }
            else
            {
                result.Append(token);
            }

            before = token == " " ? before : token;
            i = end;
        }

        return result.ToString();
    }

    private static HashSet<string> NamesOf(FunctionDefinition function)
    {
        var names = function.Parameters.Select(static parameter => parameter.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var node in function.Body.DescendantsAndSelf())
        {
            switch (node)
            {
                case LocalDeclaration declaration:
                    _ = names.Add(declaration.Symbol.Name);
                    break;
                case LabelStatement label:
                    _ = names.Add(label.Label.Name);
                    break;
            }
        }

        return names;
    }

    /// <summary>Members and tags have names of their own, which locals may share.</summary>
    private static bool IsAnotherKindOfName(string before) => before is "." or "->" or "struct" or "union" or "enum";

    private static int EndOfToken(string text, int start)
    {
        var end = start + 1;
        if (text[start] is '"' or '\'')
        {
            while (end < text.Length && text[end] != text[start])
            {
                end += text[end] == '\\' ? 2 : 1;
            }

            return Math.Min(end + 1, text.Length);
        }

        if (text.AsSpan(start).StartsWith("->", StringComparison.Ordinal))
        {
            return start + 2;
        }

        if (IsWord(text[start]))
        {
            while (end < text.Length && IsWord(text[end]))
            {
                end++;
            }
        }

        return end;
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_';
}
