using System.Text;

namespace Review.Core.Diagnostics;

/// <summary>An interleaving as kernel people draw it: one column per CPU, time runs down.</summary>
public static class WitnessTable
{
    private const int Terminal = 38;

    /// <summary>The width of a column of which two fit into an indented paragraph of a mail.</summary>
    public const int InMail = 35;

    /// <summary>The table's lines, the head first.</summary>
    /// <param name="witness">The run.</param>
    /// <param name="columnWidth">The width of a column in characters.</param>
    public static IEnumerable<string> Lines(WitnessResult witness, int columnWidth = Terminal)
    {
        ArgumentNullException.ThrowIfNull(witness);
        var threads = witness.Steps.Select(step => step.Thread).Distinct().Order().ToList();
        yield return Row(threads.Select(thread => $"CPU{thread}"), columnWidth);
        foreach (var step in witness.Steps)
        {
            var text = step.Function.Length > 0 ? $"{step.Function}(): {step.Action}" : step.Action;
            foreach (var part in Wrap(VisibleText.Of(text), columnWidth))
            {
                yield return Row(threads.Select(thread => thread == step.Thread ? part : ""), columnWidth);
            }
        }
    }

    private static string Row(IEnumerable<string> cells, int columnWidth) => string.Concat(cells.Select(cell => cell.PadRight(columnWidth))).TrimEnd();

    private static IEnumerable<string> Wrap(string text, int columnWidth)
    {
        var indent = text.Length - text.TrimStart(' ').Length;
        var line = new StringBuilder(text, 0, indent, columnWidth);
        foreach (var word in text[indent..].Split(' '))
        {
            if (line.Length > indent && line.Length + 1 + word.Length > columnWidth - 2)
            {
                yield return line.ToString();
                line.Clear().Append(' ', indent + 2);
            }
            else if (line.Length > indent)
            {
                line.Append(' ');
            }

            line.Append(word);
        }

        yield return line.ToString();
    }
}
