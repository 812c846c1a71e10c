using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Review.Tables.Specification;

namespace Review.Tables.Emission;

/// <summary>Turns a table into what others read.</summary>
public static class TableEmitter
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly ImmutableSortedDictionary<string, Func<BehaviorTable, string>> Emitters = ImmutableSortedDictionary.CreateRange(
        StringComparer.Ordinal,
        new Dictionary<string, Func<BehaviorTable, string>>(StringComparer.Ordinal)
        {
            ["c-array"] = static table => C(table, static lookup => lookup.Array()),
            ["c-switch"] = static table => C(table, static lookup => lookup.Switch()),
            ["csharp"] = static table => CSharpLookup.Write(table, "Madvise"),
            ["json"] = ToJson,
            ["man"] = ToMan,
            ["markdown"] = ToMarkdown,
        });

    /// <summary>What a table can be turned into.</summary>
    public static IEnumerable<string> Kinds => Emitters.Keys;

    /// <summary>The table as one of <see cref="Kinds"/>.</summary>
    public static string Emit(BehaviorTable table, string kind) => Emitters[kind](table);

    private static string C(BehaviorTable table, Func<CLookup, string> lookupOf)
    {
        var lookup = new CLookup(table, static _ => null);
        var text = new StringBuilder("// SPDX-License-Identifier: GPL-2.0\n").Append(lookup.Types()).Append('\n').Append(lookupOf(lookup));
        foreach (var column in table.Columns.Where(static column => column.Function is not null))
        {
            if (lookup.Answer(column, "behavior") is { } answer)
            {
                var type = column.Constants.All(static constant => constant is "0" or "1") ? "bool" : "int";
                _ = text.Append($"\nstatic {type} {column.Function}(int behavior)\n{{\n\treturn {answer};\n}}\n");
            }
        }

        return text.ToString();
    }

    private static string ToJson(BehaviorTable table) => new JsonObject
    {
        ["schema"] = "mmreview-table/1",
        ["table"] = table.Name,
        ["options"] = ListOf(table.Options),
        ["columns"] = ListOf(table.Columns.Select(static column => new JsonObject
        {
            ["name"] = column.Name, ["words"] = ListOf(column.Words), ["function"] = column.Function, ["constants"] = ListOf(column.Constants),
        })),
        ["rows"] = ListOf(table.Rows.Select(row => new JsonObject
        {
            ["name"] = row.Name,
            ["value"] = row.Value,
            ["cells"] = new JsonObject(table.Columns.Select(column => KeyValuePair.Create(column.Name, (JsonNode?)ListOf(row.CellOf(column).Answers.Select(static answer =>
                new JsonObject { ["answer"] = answer.Word, ["when"] = answer.When.IsAlways ? "always" : answer.When.ToString() }))))),
            ["since"] = row.Since,
            ["notes"] = row.Notes,
        })),
    }.ToJsonString(Json) + "\n";

    private static JsonArray ListOf(IEnumerable<string> words) => new([.. words.Select(static word => (JsonNode)word)]);

    private static JsonArray ListOf(IEnumerable<JsonObject> objects) => new([.. objects]);

    private static string ToMarkdown(BehaviorTable table)
    {
        var text = new StringBuilder($"# {table.Name}\n\n| advice | value | {string.Join(" | ", table.Columns.Select(static column => column.Name))} | since | notes |\n|---|---|{string.Concat(Enumerable.Repeat("---|", table.Columns.Count + 2))}\n");
        foreach (var row in table.Rows)
        {
            _ = text.Append($"| {row.Name} | {row.Value} | {string.Join(" | ", table.Columns.Select(column => InWords(column, row.CellOf(column))))} | {row.Since} | {row.Notes.Replace("|", "\\|", StringComparison.Ordinal)} |\n");
        }

        return text.Append($"\nEvery other number: {string.Join(", ", table.Columns.Select(static column => $"{column.Name} {column.Default}"))}.\n").ToString();
    }

    /// <summary>Entries for the list of a man page: those of madvise(2) begin with <c>.TP</c> and <c>.BR</c> too.</summary>
    private static string ToMan(BehaviorTable table)
    {
        var text = new StringBuilder();
        foreach (var row in table.Rows)
        {
            _ = text.Append(row.Since.Length == 0 ? $".TP\n.B {row.Name}\n" : $".TP\n.BR {row.Name} \" (since Linux {row.FirstKernel})\"\n");
            foreach (var column in table.Columns.Where(column => !row.CellOf(column).IsDefault))
            {
                _ = text.Append($"{Roff(column.Name)}: {Roff(InWords(column, row.CellOf(column)))}.\n.br\n");
            }

            _ = row.Notes.Length > 0 ? text.Append($"Errors: {Roff(row.Notes)}.\n") : text;
        }

        return text.ToString();
    }

    private static string InWords(TableColumn column, TableCell cell) => cell.IsDefault ? column.Default
        : string.Join(", ", cell.Answers.Select(static answer => answer.When.IsAlways ? answer.Word : $"{answer.Word} with {answer.When.ToString().Replace("&", " and ", StringComparison.Ordinal).Replace("|", " or ", StringComparison.Ordinal).Replace("!", "no ", StringComparison.Ordinal)}"));

    private static string Roff(string text) => text.Replace("\\", "\\e", StringComparison.Ordinal).Replace("-", "\\-", StringComparison.Ordinal) is ['.' or '\'', ..] line ? "\\&" + line : text.Replace("-", "\\-", StringComparison.Ordinal);
}
