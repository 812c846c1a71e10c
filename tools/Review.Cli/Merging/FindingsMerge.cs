using System.Text.Json.Nodes;

namespace Review.Cli.Merging;

/// <summary>Puts reports of <c>--format json</c> together.</summary>
internal static class FindingsMerge
{
    private static readonly string[] Severities = ["info", "warning", "error"];

    /// <summary>The report of the whole, and how severe its worst finding is.</summary>
    public static (JsonObject Root, int Worst) Of(IReadOnlyList<(string Name, JsonObject Root)> parts)
    {
        MergedReport.Same(parts, "program", static root => root["tool"]);
        MergedReport.Same(parts, "kernel", static root => root["kernel"]);
        if (parts.FirstOrDefault(static part => part.Root.ContainsKey("series")) is { Name: { } series })
        {
            throw new UserError($"{series} is about a patch series", "only reports of 'mmreview check' are merged");
        }

        var merged = (JsonObject)parts[0].Root.DeepClone();
        foreach (var list in (string[])["files", "findings", "suppressed", "proved", "notAnalysed"])
        {
            // Parts have different files, each part is in order, and sorting keeps the order of equals.
            merged[list] = new JsonArray([
                .. parts.SelectMany(part => part.Root[list]!.AsArray()).OfType<JsonNode>()
                    .OrderBy(static item => (string?)item["file"] ?? "", StringComparer.Ordinal)
                    .DistinctBy(item => list is "findings" or "suppressed" ? $"{item["file"]} {item["rule"]} {item["fingerprint"]}" : item.ToJsonString())
                    .Select(static item => item.DeepClone()),
            ]);
        }

        return (merged, CountAll(merged));
    }

    private static int CountAll(JsonObject merged)
    {
        var findings = merged["findings"]!.AsArray();
        var stats = merged["stats"]!.AsObject();
        stats["files"] = merged["files"]!.AsArray().Count;
        stats["functions"] = merged["files"]!.AsArray().Sum(static file => (int)file!["functions"]!);
        stats["notAnalysed"] = merged["notAnalysed"]!.AsArray().Count;
        stats["findings"] = findings.Count;
        foreach (var severity in Severities)
        {
            stats[severity] = findings.Count(finding => (string?)finding!["severity"] == severity);
        }

        stats["confirmed"] = findings.Count(static finding => (string?)finding!["witness"]!["status"] == "confirmed");
        stats["suppressed"] = merged["suppressed"]!.AsArray().Count;
        return findings.Select(static finding => Array.IndexOf(Severities, (string?)finding!["severity"]) + 1).DefaultIfEmpty().Max();
    }
}
