using System.Collections.Immutable;
using System.Text.Json;

namespace Review.Model.Scenarios;

/// <summary>
/// Reads a scenario file from its text. Strict: every field has to be known, every word and every name defined. The only
/// exception it throws is <see cref="ScenarioFormatException"/>.
/// </summary>
public static class ScenarioReader
{
    /// <summary>Reads <paramref name="json"/>; <paramref name="file"/> is only named in errors.</summary>
    public static ScenarioFile Read(string json, string file) => JsonText.Read(json, file, root => ReadRoot(root, file));

    private static ScenarioFile ReadRoot(JsonElement root, string file)
    {
        // A bare array of scenarios is taken as well.
        if (root.ValueKind == JsonValueKind.Array)
        {
            return new ScenarioFile(null, null, Scenarios([.. root.EnumerateArray()], $"{file}: scenarios"));
        }

        var fields = new FieldReader(root, file, new NameScope());
        if (fields.OptionalString("schema") is { } schema && schema != ScenarioFile.Schema)
        {
            throw fields.Error("schema", $"unknown schema '{schema}' (known: {ScenarioFile.Schema})");
        }

        var elements = fields.RequiredList("scenarios", static (element, _) => element);
        var read = new ScenarioFile(
            fields.OptionalString("split"),
            fields.OptionalInteger("seed", long.MinValue, long.MaxValue),
            Scenarios([.. elements], $"{file}: scenarios"));
        fields.Finish();
        return read;
    }

    private static EquatableList<Scenario> Scenarios(ImmutableArray<JsonElement> elements, string place)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var scenarios = ImmutableArray.CreateBuilder<Scenario>(elements.Length);
        foreach (var element in elements)
        {
            var scenario = Scenario(element, $"{place}[{scenarios.Count}]", place[..^": scenarios".Length]);
            scenarios.Add(names.Add(scenario.Name)
                ? scenario
                : throw new ScenarioFormatException($"{place}[{scenarios.Count}]: name", $"there is a scenario '{scenario.Name}' before"));
        }

        return new(scenarios.ToImmutable());
    }

    private static Scenario Scenario(JsonElement element, string place, string file)
    {
        var scope = new NameScope();
        var fields = new FieldReader(element, place, scope);
        var name = fields.String("name");
        fields.Refine($"{file}: scenario '{name}'");
        var scenario = new Scenario(
            name,
            fields.OptionalString("fact"),
            fields.OptionalString("source"),
            fields.OptionalString("split"),
            fields.Strings("tags"),
            fields.Strings("requires"),
            fields.List("setup", (operation, where) => OperationReader.Of(operation, where, scope)),
            fields.RequiredList("steps", (operation, where) => OperationReader.Of(operation, where, scope)));
        fields.Finish();
        return scenario;
    }
}
