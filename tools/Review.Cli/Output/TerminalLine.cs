using System.Text;
using Review.Core.Diagnostics;

namespace Review.Cli.Output;

/// <summary>
/// A line of source as clang shows it below a message: tabs up to the next multiple of 8, invisible characters as
/// <c>&lt;U+...&gt;</c>, and a caret with tildes under a part of it. Very long lines are cut around that part.
/// </summary>
internal sealed class TerminalLine
{
    private const int TabStop = 8;
    private const int MaximumWidth = 160;
    private const int ContextBefore = 60;
    private const string Ellipsis = "...";

    private readonly List<Cell> cells = [];
    private readonly int[] columns;

    private TerminalLine(string line, int from)
    {
        columns = new int[line.Length + 1];
        var column = 0;
        var index = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            var cell = CellOf(rune, column);
            columns.AsSpan(index, rune.Utf16SequenceLength).Fill(column);
            cells.Add(cell);
            column += cell.Width;
            index += rune.Utf16SequenceLength;
        }

        columns[line.Length] = column;
        Text = Shorten(columns[from], column);
    }

    /// <summary>The line.</summary>
    public string Text { get; private set; }

    /// <summary>Spaces, a caret, tildes; empty if nothing is underlined.</summary>
    public string Underline { get; private init; } = "";

    // How many columns of the whole line are missing on the left of Text.
    private int Shift { get; set; }

    /// <summary>A line without an underline.</summary>
    public static TerminalLine Of(string line) => new(line, 0);

    /// <summary>A line with a part of it underlined.</summary>
    public static TerminalLine Of(LineRange range)
    {
        var plain = new TerminalLine(range.Line, range.Start);
        var start = plain.columns[range.Start] - plain.Shift;
        var length = plain.columns[range.End] - plain.columns[range.Start];
        var tildes = Math.Clamp(length - 1, 0, Math.Max(0, MaximumWidth + (2 * Ellipsis.Length) - start));
        return new TerminalLine(range.Line, range.Start) { Underline = new string(' ', start) + "^" + new string('~', tildes) };
    }

    private static Cell CellOf(Rune rune, int column)
    {
        if (rune.Value == '\t')
        {
            var width = TabStop - (column % TabStop);
            return new Cell(new string(' ', width), width);
        }

        var visible = VisibleText.Of(rune);
        return new Cell(visible, visible.Length > rune.Utf16SequenceLength ? visible.Length : VisibleText.WidthOf(rune));
    }

    private string Shorten(int start, int width)
    {
        if (width <= MaximumWidth)
        {
            return string.Concat(cells.Select(cell => cell.Text)).TrimEnd();
        }

        var from = start > MaximumWidth - ContextBefore ? start - ContextBefore : 0;
        var text = new StringBuilder();
        var column = 0;
        foreach (var cell in cells)
        {
            if (text.Length == 0 && column >= from && from > 0)
            {
                text.Append(Ellipsis);
                Shift = column - Ellipsis.Length;
            }

            if (column >= from && column + cell.Width <= from + MaximumWidth)
            {
                text.Append(cell.Text);
            }

            column += cell.Width;
        }

        return text.Append(width > from + MaximumWidth ? Ellipsis : "").ToString();
    }

    private readonly record struct Cell(string Text, int Width);
}
