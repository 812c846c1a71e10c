using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Review.Cli.Output;

namespace Review.Cli.Pages;

/// <summary>A table as aligned columns; if the page is too narrow, the widest columns are wrapped.</summary>
internal sealed class TerminalTable(InlineReader inlines, Ansi ansi)
{
    private const string Gap = "  ";
    private const int LeastWidth = 6;

    /// <summary>The table's lines, a rule under the head.</summary>
    public IEnumerable<string> Render(Table table, int width)
    {
        var rows = table.OfType<TableRow>().Select(row => (row.IsHeader, Cells: row.OfType<TableCell>().Select(cell => Read(cell, row.IsHeader)).ToList())).ToList();
        var widths = Fit(rows.Select(row => row.Cells).ToList(), width);
        foreach (var (isHeader, cells) in rows)
        {
            var columns = cells.Select((cell, i) => cell.Wrap(widths[i]).ToList()).ToList();
            for (var line = 0; line < columns.Select(column => column.Count).DefaultIfEmpty().Max(); line++)
            {
                yield return string.Join(Gap, columns.Select((column, i) => Pad(line < column.Count ? column[line] : "", widths[i]))).TrimEnd();
            }

            if (isHeader)
            {
                yield return string.Join(Gap, widths.Select(column => new string('-', column)));
            }
        }
    }

    private StyledText Read(TableCell cell, bool isHeader) =>
        inlines.Read((cell.FirstOrDefault() as LeafBlock)?.Inline, isHeader ? ansi.Bold : static text => text);

    private static int[] Fit(List<List<StyledText>> rows, int width)
    {
        var count = rows.Select(row => row.Count).DefaultIfEmpty().Max();
        var widths = new int[count];
        var least = new int[count];
        foreach (var row in rows)
        {
            for (var i = 0; i < row.Count; i++)
            {
                widths[i] = Math.Max(widths[i], row[i].Width);
                least[i] = Math.Max(least[i], Math.Max(LeastWidth, row[i].LongestWord));
            }
        }

        // Take a column at a time from the widest one that can still give.
        var room = width - ((count - 1) * Gap.Length);
        while (widths.Sum() > room)
        {
            var widest = Enumerable.Range(0, count).Where(i => widths[i] > least[i]).OrderByDescending(i => widths[i]).FirstOrDefault(-1);
            if (widest < 0)
            {
                break;
            }

            widths[widest]--;
        }

        return widths;
    }

    // Escape sequences take no room.
    private static string Pad(string line, int width) => line + new string(' ', Math.Max(0, width - Ansi.WidthOf(line)));
}
