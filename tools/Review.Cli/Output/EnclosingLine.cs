using Review.Core.Source;

namespace Review.Cli.Output;

/// <summary>
/// Finds the line that says under which condition another one runs, by indentation alone: the kernel's style makes that good
/// enough for an excerpt, and it needs no tree.
/// </summary>
internal static class EnclosingLine
{
    private const int Farthest = 40;
    private const int TabStop = 8;

    /// <summary>The number of the head of the nearest block around a line; null if none is near, or it is the function's own.</summary>
    public static int? Above(SourceText text, int line)
    {
        var limit = IndentOf(text.Line(line));
        for (var above = line - 1; above >= 1 && line - above <= Farthest; above--)
        {
            var content = text.Line(above);
            var indent = IndentOf(content);
            if (string.IsNullOrWhiteSpace(content) || content[0] == '#' || indent >= limit || IsLabel(content))
            {
                continue;
            }

            if (indent == 0)
            {
                return null;
            }

            // The last line of a condition over several lines: its head stands above and is indented less.
            if (content.Count(c => c == ')') > content.Count(c => c == '('))
            {
                limit = indent;
                continue;
            }

            return IsHead(content.Trim()) ? above : null;
        }

        return null;
    }

    private static bool IsLabel(string line) => !char.IsWhiteSpace(line[0]) && line.TrimEnd().EndsWith(':');

    private static bool IsHead(string line) =>
        line[^1] is '{' or ')' or ':' || line.EndsWith("else", StringComparison.Ordinal)
        || line.StartsWith("if (", StringComparison.Ordinal) || line.StartsWith("while (", StringComparison.Ordinal);

    private static int IndentOf(string line)
    {
        var width = 0;
        foreach (var c in line)
        {
            if (c is not ('\t' or ' '))
            {
                break;
            }

            width += c == '\t' ? TabStop - (width % TabStop) : 1;
        }

        return width;
    }
}
