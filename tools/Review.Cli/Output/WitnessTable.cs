using System.Text;
using Review.Core.Diagnostics;

namespace Review.Cli.Output;

/// <summary>An interleaving as kernel people draw it: one column per CPU, time runs down.</summary>
internal static class WitnessTable
{
    private const int ColumnWidth = 38;

    /// <summary>The table's lines, the head first.</summary>
    public static IEnumerable<string> Lines(WitnessResult witness)
    {
        var threads = witness.Steps.Select(step => step.Thread).Distinct().Order().ToList();
        yield return Row(threads.Select(thread => $"CPU{thread}"));
        foreach (var step in witness.Steps)
        {
            var text = step.Function.Length > 0 ? $"{step.Function}(): {step.Action}" : step.Action;
            foreach (var part in Wrap(VisibleText.Of(text)))
            {
                yield return Row(threads.Select(thread => thread == step.Thread ? part : ""));
            }
        }
    }

    private static string Row(IEnumerable<string> cells) => string.Concat(cells.Select(cell => cell.PadRight(ColumnWidth))).TrimEnd();

    private static IEnumerable<string> Wrap(string text)
    {
        var indent = text.Length - text.TrimStart(' ').Length;
        var line = new StringBuilder(text, 0, indent, ColumnWidth);
        foreach (var word in text[indent..].Split(' '))
        {
            if (line.Length > indent && line.Length + 1 + word.Length > ColumnWidth - 2)
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
