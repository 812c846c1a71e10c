using System.Text.Json.Nodes;

namespace Review.Cli.Merging;

/// <summary>Puts SARIF files together whose runs are parts of one check.</summary>
internal sealed class SarifMerge
{
    private static readonly string[] Levels = ["note", "warning", "error"];

    private readonly List<(string Name, JsonObject Run)> runs;
    private readonly List<JsonNode> artifacts;
    private readonly List<JsonNode> rules;
    private readonly Dictionary<string, int> artifactIndex;
    private readonly Dictionary<string, int> ruleIndex;

    private SarifMerge(List<(string Name, JsonObject Run)> runs)
    {
        this.runs = runs;
        artifacts = [.. Items(static run => run["artifacts"]).DistinctBy(static artifact => PathOf(artifact["location"])).OrderBy(static artifact => PathOf(artifact["location"]), StringComparer.Ordinal)];
        rules = [.. Items(static run => run["tool"]!["driver"]!["rules"]).DistinctBy(static rule => (string)rule["id"]!).OrderBy(static rule => (string)rule["id"]!, StringComparer.Ordinal)];
        artifactIndex = artifacts.Select(static (artifact, index) => (Path: PathOf(artifact["location"]), index)).ToDictionary(static pair => pair.Path, static pair => pair.index, StringComparer.Ordinal);
        ruleIndex = rules.Select(static (rule, index) => (Id: (string)rule["id"]!, index)).ToDictionary(static pair => pair.Id, static pair => pair.index, StringComparer.Ordinal);
    }

    /// <summary>The file of the whole, and how severe its worst result is.</summary>
    public static (JsonObject Root, int Worst) Of(IReadOnlyList<(string Name, JsonObject Root)> parts)
    {
        var all = parts.SelectMany(static part => part.Root["runs"]!.AsArray().Select(run => (part.Name, run!.AsObject()))).ToList();
        if (all.Count == 0)
        {
            throw new UserError($"{parts[0].Name} has no run", "give files that --format sarif wrote");
        }

        MergedReport.Same(all, "program", static run => $"{run["tool"]!["driver"]!["name"]} {run["tool"]!["driver"]!["version"]}");
        foreach (var property in (string[])["kernelVersion", "kernelRevision", "architecture", "configuration", "clang", "binding"])
        {
            MergedReport.Same(all, "kernel", run => run["properties"]?[property]);
        }

        // The same part given twice is one part.
        var merge = new SarifMerge([.. all.DistinctBy(static run => run.Item2.ToJsonString())]);
        var root = (JsonObject)parts[0].Root.DeepClone();
        var run = merge.Run();
        root["runs"] = new JsonArray(run);
        return (root, run["results"]!.AsArray().Where(static result => !IsSuppressed(result!)).Select(static result => System.Array.IndexOf(Levels, (string?)result!["level"]) + 1).DefaultIfEmpty().Max());
    }

    private JsonObject Run()
    {
        var run = (JsonObject)runs[0].Run.DeepClone();
        run["tool"]!["driver"]!["rules"] = Array(rules);
        var invocation = run["invocations"]![0]!.AsObject();
        invocation["executionSuccessful"] = runs.All(static part => (bool)part.Run["invocations"]![0]!["executionSuccessful"]!);
        invocation["toolExecutionNotifications"] = Array(Items(static part => part["invocations"]![0]!["toolExecutionNotifications"])
            .OrderBy(static gap => PlaceOf(gap), StringComparer.Ordinal).DistinctBy(static gap => $"{PlaceOf(gap)} {gap["message"]!.ToJsonString()}"));
        run["artifacts"] = Array(artifacts);

        // Parts have different files, each part is in order, and sorting keeps the order of equals.
        run["results"] = Array(Items(static part => part["results"])
            .OrderBy(IsSuppressed).ThenBy(static result => PlaceOf(result), StringComparer.Ordinal)
            .DistinctBy(static result => $"{PlaceOf(result)} {result["ruleId"]} {result["partialFingerprints"]?.ToJsonString()}"));
        foreach (var result in run["results"]!.AsArray().OfType<JsonObject>().Where(static result => result.ContainsKey("ruleIndex")))
        {
            result["ruleIndex"] = ruleIndex[(string)result["ruleId"]!];
        }

        Number(run["results"]!);
        Number(invocation);
        MergeProperties(run["properties"]!.AsObject());
        return run;
    }

    private void MergeProperties(JsonObject properties)
    {
        // A file that is in several parts has its functions counted in each.
        if (artifacts.Count == runs.Sum(static part => part.Run["artifacts"]!.AsArray().Count))
        {
            properties["functions"] = runs.Sum(static part => (int)part.Run["properties"]!["functions"]!);
        }
        else
        {
            _ = properties.Remove("functions");
        }

        properties["proved"] = Array(Items(static part => part["properties"]!["proved"]).DistinctBy(static proof => proof.ToJsonString()));
    }

    /// <summary>Gives every place in a file of the whole the number of that file.</summary>
    private void Number(JsonNode node)
    {
        switch (node)
        {
            case JsonArray array:
                foreach (var item in array.OfType<JsonNode>())
                {
                    Number(item);
                }

                break;
            case JsonObject place when place.ContainsKey("uri"):
                _ = place.Remove("index");
                if (artifactIndex.TryGetValue(PathOf(place), out var index))
                {
                    place["index"] = index;
                }

                break;
            case JsonObject parent:
                foreach (var (_, child) in parent.ToList())
                {
                    if (child is not null)
                    {
                        Number(child);
                    }
                }

                break;
        }
    }

    private IEnumerable<JsonNode> Items(Func<JsonObject, JsonNode?> find) => runs.SelectMany(run => find(run.Run)?.AsArray() ?? []).OfType<JsonNode>();

    private static JsonArray Array(IEnumerable<JsonNode> items) => new([.. items.Select(static item => item.DeepClone())]);

    private static bool IsSuppressed(JsonNode result) => result["suppressions"] is JsonArray { Count: > 0 };

    private static string PlaceOf(JsonNode node) => PathOf(node["locations"]?.AsArray().FirstOrDefault()?["physicalLocation"]?["artifactLocation"]);

    private static string PathOf(JsonNode? location) => Uri.UnescapeDataString((string?)location?["uri"] ?? "");
}
