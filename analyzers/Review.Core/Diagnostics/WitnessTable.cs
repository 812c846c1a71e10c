using System.Globalization;
using System.Text;

namespace Review.Core.Diagnostics;

/// <summary>An interleaving as kernel people draw it: one column per CPU, time runs down.</summary>
public static class WitnessTable
{
    private const int Terminal = 38;

    /// <summary>The width of a column of which two fit into an indented paragraph of a mail.</summary>
    public const int InMail = 35;

    /// <summary>The table's lines, the head first. What a thread says again and again is said once, with the number.</summary>
    /// <param name="witness">The run.</param>
    /// <param name="columnWidth">The width of a column in characters.</param>
    public static IEnumerable<string> Lines(WitnessResult witness, int columnWidth = Terminal)
    {
        ArgumentNullException.ThrowIfNull(witness);
        var threads = witness.Steps.Select(step => step.Thread).Distinct().Order().ToList();
        yield return Row(threads.Select(thread => $"CPU{thread}"), columnWidth);
        for (var (i, next) = (0, 0); i < witness.Steps.Length; i = next)
        {
            var step = witness.Steps[i];
            for (next = i + 1; next < witness.Steps.Length && Says(witness.Steps[next]) == Says(step);)
            {
                next++;
            }

            // Twice is shorter than to say so.
            next = next - i > 2 ? next : i + 1;
            foreach (var part in Wrap(VisibleText.Of(Says(step).Text), columnWidth).Concat(next - i > 1 ? [string.Create(CultureInfo.InvariantCulture, $"  {next - i - 1} times more")] : []))
            {
                yield return Row(threads.Select(thread => thread == step.Thread ? part : ""), columnWidth);
            }
        }
    }

    private static (int Thread, string Text) Says(WitnessStep step) => (step.Thread, step.Function.Length > 0 ? $"{step.Function}(): {step.Action}" : step.Action);

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
