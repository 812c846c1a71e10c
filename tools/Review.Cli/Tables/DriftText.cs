using System.Text;
using Review.Cli.Output;
using Review.Tables.Drift;

namespace Review.Cli.Tables;

/// <summary>What the places that list advice list, a row for each advice.</summary>
internal static class DriftText
{
    private const string Missing = "missing";

    public static string ToText(DriftTable table)
    {
        // Places that list the same share a column: most architectures include one header.
        var columns = table.Places.GroupBy(place => string.Join(' ', table.Advice.Select(advice => Cell(place, advice))), StringComparer.Ordinal).Select(static same => same.ToList()).ToList();
        List<string[]> lines = [["value", .. columns.Select(static (_, i) => $"[{i + 1}]")]];
        lines.AddRange(table.Advice.Select(advice => (string[])[advice, .. columns.Select(same => Cell(same[0], advice))]));
        var widths = Enumerable.Range(0, lines[0].Length).Select(i => lines.Max(line => line[i].Length)).ToList();
        var text = new StringBuilder();
        foreach (var line in lines)
        {
            _ = text.Append(string.Join("  ", line.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd()).Append('\n');
        }

        _ = text.Append('\n');
        for (var i = 0; i < columns.Count; i++)
        {
            var missing = table.Advice.Where(advice => !columns[i][0].Values.ContainsKey(advice)).ToList();
            _ = text.Append($"[{i + 1}] {string.Join(", ", columns[i].Select(static place => place.Name))}: {(missing.Count == 0 ? "nothing is missing" : $"{missing.Count} missing here")}\n");
        }

        return text.ToString();
    }

    public static string ToJson(DriftTable table) => JsonText.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("schema", "mmreview-drift/1");
        json.WriteObjects("places", table.Places, place =>
        {
            json.WriteString("name", place.Name);
            json.WriteStartObject("values");
            foreach (var (advice, value) in place.Values)
            {
                if (value is { } number)
                {
                    json.WriteNumber(advice, number);
                }
                else
                {
                    json.WriteNull(advice);
                }
            }

            json.WriteEndObject();
            json.WriteStartArray("missing");
            foreach (var advice in table.Advice.Where(advice => !place.Values.ContainsKey(advice)))
            {
                json.WriteStringValue(advice);
            }

            json.WriteEndArray();
        });
        json.WriteEndObject();
    });

    private static string Cell(DriftPlace place, string advice) => !place.Values.TryGetValue(advice, out var value) ? Missing : value is { } number ? $"{number}" : "named";
}
