using System.Text.Json;
using System.Text.Json.Nodes;
using Review.Cli.Output;

namespace Review.Cli.Merging;

/// <summary>
/// Reports about parts of a check, put together as if they had been one. It works on the reports as they are written, so that it needs neither the tree nor the rules that they were made with.
/// </summary>
/// <param name="Text">The report, with the bytes that the whole check would have written.</param>
/// <param name="Worst">The most severe finding that counts: 3 for an error, 2 for a warning, 1 for a remark, 0 if there is none.</param>
internal sealed record MergedReport(string Text, int Worst)
{
    /// <summary>Merges reports of one format; a finding that several have counts once.</summary>
    /// <param name="reports">Name and text of each, in any order; at least one.</param>
    /// <exception cref="UserError">One is no such report, or they are not about the same thing.</exception>
    public static MergedReport Of(IReadOnlyList<(string Name, string Text)> reports)
    {
        var parts = reports.Select(static report => (report.Name, Root: Parse(report.Name, report.Text))).OrderBy(static part => part.Name, StringComparer.Ordinal).ToList();
        var isSarif = parts.ConvertAll(static part => part.Root["runs"] is JsonArray);
        var isJson = parts.ConvertAll(static part => part.Root["schema"]?.GetValueKind() == JsonValueKind.String && (string?)part.Root["schema"] == JsonReport.Schema);
        try
        {
            var merged = isSarif.TrueForAll(static is_ => is_) ? SarifMerge.Of(parts)
                : isJson.TrueForAll(static is_ => is_) ? FindingsMerge.Of(parts)
                : throw new UserError($"{parts[isSarif.Contains(true) ? isSarif.IndexOf(false) : isJson.IndexOf(false)].Name} is not in the format of the others", "give files that --format sarif wrote, or files that --format json wrote");
            return new MergedReport(JsonText.Write(json => merged.Root.WriteTo(json)), merged.Worst);
        }
        catch (Exception trouble) when (trouble is InvalidOperationException or FormatException or NullReferenceException or ArgumentException)
        {
            throw new UserError($"the reports are not as mmreview writes them: {trouble.Message.TrimEnd('.')}", "make them anew");
        }
    }

    /// <summary>Throws unless a property is the same in all parts.</summary>
    public static void Same(IReadOnlyList<(string Name, JsonObject Root)> parts, string what, Func<JsonObject, JsonNode?> find)
    {
        var first = find(parts[0].Root)?.ToJsonString();
        foreach (var (name, root) in parts)
        {
            if (find(root)?.ToJsonString() != first)
            {
                throw new UserError($"{name} is of another {what} than {parts[0].Name}", "merge parts of one check");
            }
        }
    }

    private static JsonObject Parse(string name, string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject ?? throw new UserError($"{name} is no report", "give files that --format sarif or json wrote");
        }
        catch (JsonException trouble)
        {
            throw new UserError($"{name} is no JSON: {trouble.Message.TrimEnd('.')}", "give files that --format sarif or json wrote");
        }
    }
}
