using System.Text;
using Review.Core.Source;
using Review.Core.Syntax;

namespace Review.Clang;

/// <summary>Whether functions that come or go leave all others as they were: nobody else names them, and what stands beside them reads the same with and without them.</summary>
internal static class ComingAndGoing
{
    /// <summary>True if a range holds whole functions and comments and nothing else, and what stands before it is complete without it.</summary>
    /// <param name="text">The version that has them.</param>
    /// <param name="range">The range.</param>
    /// <param name="functions">The functions of the version.</param>
    /// <param name="comments">Its comments.</param>
    public static bool IsWhole(SourceText text, TextSpan range, IEnumerable<TextSpan> functions, IReadOnlyList<TextSpan> comments)
    {
        var at = range.Start;
        foreach (var piece in functions.Concat(comments).Where(range.Contains).OrderBy(static piece => piece.Start).ThenByDescending(static piece => piece.End))
        {
            if (piece.Start > at && !IsBlank(text, new TextSpan(at, piece.Start)))
            {
                return false;
            }

            at = Math.Max(at, piece.End);
        }

        return IsBlank(text, new TextSpan(at, range.End)) && EndsBefore(text, range.Start, comments);
    }

    /// <summary>True if a name stands somewhere in a text, in a comment or a string even.</summary>
    public static bool IsNamed(SourceText text, string name)
    {
        var wanted = Encoding.UTF8.GetBytes(name);
        for (var at = 0; text.Bytes[at..].IndexOf(wanted) is var found && found >= 0; at += found + 1)
        {
            var (start, end) = (at + found, at + found + wanted.Length);
            if ((start == 0 || !IsOfName(text.Bytes[start - 1])) && (end == text.Length || !IsOfName(text.Bytes[end])))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True if no tree of a version names one of these functions.</summary>
    public static bool IsForgotten(IReadOnlySet<string> gone, IEnumerable<FunctionDefinition> functions, IEnumerable<GlobalVariable> globals) =>
        !functions.Select(static function => (Node)function.Body).Concat(globals.Select(static global => global.Initializer).OfType<Node>())
            .Any(tree => tree.DescendantsAndSelf().OfType<NameExpression>().Any(name => name.Symbol is FunctionSymbol function && gone.Contains(function.Name)));

    /// <summary>True if what stands before an offset at file level, comments apart, is a whole declaration, definition or directive, or nothing.</summary>
    private static bool EndsBefore(SourceText text, int offset, IReadOnlyList<TextSpan> comments)
    {
        while (offset > 0)
        {
            var last = text.Bytes[offset - 1];
            if (comments.FirstOrDefault(comment => comment.End == offset) is var comment && comment != default)
            {
                offset = comment.Start;
            }
            else if (last is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            {
                offset--;
            }
            else
            {
                return last is (byte)'}' or (byte)';' || IsDirective(text, text.PositionOf(offset - 1).Line);
            }
        }

        return true;
    }

    private static bool IsDirective(SourceText text, int line)
    {
        while (line > 1 && text.Line(line - 1).EndsWith('\\'))
        {
            line--;
        }

        return text.Line(line).TrimStart().StartsWith('#');
    }

    private static bool IsBlank(SourceText text, TextSpan range) => range.Length <= 0 || text.BytesOf(range).IndexOfAnyExcept(" \t\r\n"u8) < 0;

    private static bool IsOfName(byte letter) => char.IsAsciiLetterOrDigit((char)letter) || letter is (byte)'_' or (byte)'$' || letter >= 0x80;
}
