using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Review.Tables.Specification;

/// <summary>Writes a behavior table as the text that <see cref="TableReader"/> reads.</summary>
public static class TableWriter
{
    /// <summary>The text; equal tables give equal text.</summary>
    public static string Write(BehaviorTable table)
    {
        var text = new StringBuilder();
        Line($"table {table.Name}");
        if (table.Options.Count > 0)
        {
            Line("option " + string.Join(" ", table.Options));
        }

        Line("");
        foreach (var column in table.Columns)
        {
            var function = column.Function is null ? "" : $"; {column.Function}(): {string.Join(" ", column.Constants)}";
            Line($"column {column.Name}: {string.Join(" ", column.Words)}{function}");
        }

        Line("");
        List<string[]> lines = [["behavior", "value", .. table.Columns.Select(static column => column.Name), "config", "since", "notes"]];
        lines.AddRange(table.Rows.Select(row => Fields(table, row)));
        var widths = Enumerable.Range(0, lines[0].Length).Select(i => lines.Max(line => line[i].Length)).ToList();
        foreach (var line in lines)
        {
            Line(string.Join("  ", line.Select((field, i) => field.PadRight(widths[i]))).TrimEnd());
        }

        return text.ToString();

        void Line(string line) => text.Append(line).Append('\n');
    }

    private static string[] Fields(BehaviorTable table, TableRow row)
    {
        // The row's condition is that of its first answer: the others say so where theirs is different.
        var config = row.CellOf(table.Columns[0]).Answers.FirstOrDefault()?.When
            ?? table.Columns.SelectMany(column => row.CellOf(column).Answers).FirstOrDefault()?.When ?? Guard.Always;
        return
        [
            row.Name,
            row.Value.ToString(System.Globalization.CultureInfo.InvariantCulture),
            .. table.Columns.Select(column => Cell(row.CellOf(column), config)),
            config.IsAlways ? "-" : config.ToString(),
            row.Since.Length == 0 ? "-" : row.Since,
            row.Notes.Length == 0 ? "-" : row.Notes,
        ];
    }

    private static string Cell(TableCell cell, Guard config) => cell.IsDefault ? "-"
        : string.Join(",", cell.Answers.Select(answer => answer.When.Equals(config) ? answer.Word : answer.Word + "@" + (answer.When.IsAlways ? "always" : answer.When.ToString())));
}
