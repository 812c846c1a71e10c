using System.Text;
using Review.Cli.Output;
using Review.Tables.Matrix;
using Review.Tables.Specification;

namespace Review.Cli.Tables;

/// <summary>A matrix as aligned text of one screen, as JSON, and what changed between two.</summary>
internal static class MatrixText
{
    private const string Prefix = "CONFIG_";

    /// <summary>Titles longer than that are replaced by a letter, and explained below.</summary>
    private const int LongestTitle = 10;

    public static string ToText(MatrixOfTree made)
    {
        var matrix = made.Matrix;
        var letters = 'a';
        var names = matrix.Columns.Select(column => column.Kind == MatrixColumnKind.Errno || column.Title.Length > LongestTitle ? (letters++).ToString() : column.Title).ToList();
        var shown = Enumerable.Range(0, names.Count).Where(i => matrix.Columns[i].Kind != MatrixColumnKind.Errno).OrderBy(i => matrix.Columns[i].Kind == MatrixColumnKind.Dispatch).ToList();
        var errors = Enumerable.Range(0, names.Count).Where(i => matrix.Columns[i].Kind == MatrixColumnKind.Errno).ToList();
        string[] errno = errors.Count > 0 ? ["errno"] : [];
        List<string[]> lines = [["value", "", .. shown.Select(i => names[i]), .. errno, "since"]];
        lines.AddRange(matrix.Rows.Select(row => (string[])
        [
            row.Name, $"{row.Value}", .. shown.Select(i => Cell(row.Cells[i], matrix.Columns[i])),
            .. errno.Select(_ => string.Concat(errors.Where(i => row.Cells[i].How != DecidedHow.Unreachable).Select(i => names[i])) is { Length: > 0 } some ? some : "."), row.Since,
        ]));
        var widths = Enumerable.Range(0, lines[0].Length).Select(i => lines.Max(line => line[i].Length)).ToList();
        var text = new StringBuilder($"{made.File}, Linux {made.Version}{(made.Revision is { } revision ? $" ({revision[..Math.Min(12, revision.Length)]})" : "")}, {made.Architecture}\n\n");
        foreach (var line in lines)
        {
            _ = text.Append(string.Join("  ", line.Select((cell, i) => i == 1 ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]))).TrimEnd()).Append('\n');
        }

        _ = text.Append("\n* by default   . not reached   KSM: only with CONFIG_KSM, by default without it\n");
        for (var i = 0; i < names.Count; i++)
        {
            _ = text.Append($"  {names[i]}: {matrix.Columns[i].Place}{Kind(matrix.Columns[i])}\n");
        }

        foreach (var other in made.Elsewhere.GroupBy(value => string.Join(", ", made.Elsewhere.Where(same => same.Architecture == value.Architecture).Select(static same => $"{same.Advice} {(same.Value is { } number ? $"{number}" : "missing")}")), StringComparer.Ordinal))
        {
            _ = text.Append($"  other values with {string.Join(", ", other.Select(static value => value.Architecture).Distinct(StringComparer.Ordinal))}: {other.Key}\n");
        }

        return text.ToString();
    }

    public static string ToText(MatrixDiff diff)
    {
        var text = new StringBuilder();
        foreach (var row in diff.Rows)
        {
            _ = row.IsNew || row.IsGone ? text.Append($"{row.Name} {row.Value}: {(row.IsNew ? "new" : "gone")}\n")
                : text.Append($"{row.Name} {row.Value}: {string.Join("; ", row.Cells.Select(static cell => $"{cell.Column.Title} {Said(cell.Before, cell.Column)} -> {Said(cell.After, cell.Column)}"))}\n");
        }

        foreach (var (place, isNew) in diff.Columns)
        {
            _ = text.Append($"decision point {(isNew ? "new" : "gone")}: {place}\n");
        }

        return text.Append($"{diff.Rows.Length} of the rows changed\n").ToString();
    }

    public static string ToJson(MatrixOfTree made) => JsonText.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("schema", "mmreview-matrix/1");
        json.WriteString("file", made.File);
        json.WriteString("version", made.Version);
        json.WriteString("rev", made.Revision);
        json.WriteString("arch", made.Architecture);
        json.WriteObjects("columns", made.Matrix.Columns, column =>
        {
            json.WriteString("title", column.Title);
            json.WriteString("place", column.Place);
            json.WriteString("kind", Word(column.Kind.ToString()));
            json.WriteString("file", column.File.Length > 0 ? column.File : made.File);
            json.WriteObjects("answers", column.Answers, answer =>
            {
                json.WriteString("from", answer.From);
                json.WriteString("to", answer.To);
            });
        });
        json.WriteObjects("rows", made.Matrix.Rows, row =>
        {
            json.WriteString("name", row.Name);
            json.WriteNumber("value", row.Value);
            json.WriteString("since", row.Since);
            json.WriteObjects("cells", row.Cells, cell =>
            {
                json.WriteString("how", Word(cell.How.ToString()));
                json.WriteString("outcome", cell.Outcome);
                json.WriteString("when", cell.When.IsAlways ? "always" : cell.When.ToString());
            });
        });
        json.WriteObjects("elsewhere", made.Elsewhere, value =>
        {
            json.WriteString("arch", value.Architecture);
            json.WriteString("name", value.Advice);
            if (value.Value is { } number)
            {
                json.WriteNumber("value", number);
            }
            else
            {
                json.WriteNull("value");
            }
        });
        json.WriteEndObject();
    });

    /// <summary>A cell in a few letters.</summary>
    public static string Cell(MatrixCell cell, MatrixColumn column) => cell.How switch
    {
        DecidedHow.Unreachable => ".",
        DecidedHow.ByDefault => Default(cell, column),
        _ => (cell.Outcome == "yes" || (cell.Outcome == "named" && column.Kind != MatrixColumnKind.Dispatch) ? (cell.When.IsAlways ? "yes" : "") : cell.Outcome)
            + (cell.When.IsAlways ? "" : (cell.Outcome is "yes" or "named" ? "" : " ") + Short(cell.When)),
    };

    /// <summary>The condition without its prefixes.</summary>
    public static string Short(Guard guard) => guard.ToString().Replace(Prefix, "", StringComparison.Ordinal).Replace("TRANSPARENT_HUGEPAGE", "THP", StringComparison.Ordinal).Replace("MEMORY_FAILURE", "MEMFAIL", StringComparison.Ordinal);

    private static string Default(MatrixCell cell, MatrixColumn column) => cell.Outcome is "-" || column.Kind == MatrixColumnKind.Comparison ? "-" : cell.Outcome.Length == 0 ? "*" : cell.Outcome + "*";

    private static string Said(MatrixCell cell, MatrixColumn column) => cell.How switch
    {
        DecidedHow.Unreachable => "not reached",
        DecidedHow.ByDefault => $"{(cell.Outcome is "-" ? "no" : cell.Outcome)} by default".TrimStart(),
        _ => (cell.Outcome is "-" ? "no" : Cell(cell with { When = Guard.Always }, column)) + (cell.When.IsAlways ? "" : $" with {cell.When}"),
    };

    private static string Kind(MatrixColumn column) => column.Kind switch
    {
        MatrixColumnKind.Answer => column.Place.Contains('.', StringComparison.Ordinal) ? "" : "()",
        MatrixColumnKind.Dispatch => "(), the switch that sends advice to work",
        MatrixColumnKind.Errno => $"(){(column.File.Length > 0 ? $" in {column.File}" : "")}, turns results into errors: {Mapping(column)}",
        _ => "(), tells some advice from the rest",
    };

    /// <summary>What a column makes of what: <c>SCAN_PAGE_LOCK and 3 more EAGAIN, others EINVAL</c>.</summary>
    public static string Mapping(MatrixColumn column) => string.Join(", ", column.Answers.Where(static answer => answer.From != answer.To).GroupBy(static answer => answer.To, StringComparer.Ordinal)
        .Select(static same => $"{Summary([.. same.Select(static answer => answer.From)])} {same.Key}").Concat(column.Answers.Where(static answer => answer.From == answer.To).Select(static answer => answer.To)));

    private static string Summary(List<string> results) => results.Count > 2 ? $"{results[0]} and {results.Count - 1} more" : string.Join(" and ", results);

    private static string Word(string name) => string.Concat(name.Select(static (c, i) => char.IsUpper(c) ? (i > 0 ? "-" : "") + char.ToLowerInvariant(c) : c.ToString()));
}
