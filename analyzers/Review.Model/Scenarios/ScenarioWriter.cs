using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Review.Model.Scenarios;

/// <summary>Writes scenarios as JSON that <see cref="ScenarioReader"/> reads back to equal records.</summary>
public static class ScenarioWriter
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    /// <summary>The text of a file, ending in a newline. One operation takes one line.</summary>
    public static string Write(ScenarioFile file)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            json.WriteString("schema", ScenarioFile.Schema);
            WriteOptional(json, "split", file.Split);
            if (file.Seed is { } seed)
            {
                json.WriteNumber("seed", seed);
            }

            json.WriteStartArray("scenarios");
            foreach (var scenario in file.Scenarios)
            {
                WriteScenario(json, scenario);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void WriteScenario(Utf8JsonWriter json, Scenario scenario)
    {
        json.WriteStartObject();
        json.WriteString("name", scenario.Name);
        WriteOptional(json, "fact", scenario.Fact);
        WriteOptional(json, "source", scenario.Source);
        WriteOptional(json, "split", scenario.Split);
        WriteStrings(json, "tags", scenario.Tags);
        WriteStrings(json, "requires", scenario.Requires);
        WriteOperations(json, "setup", scenario.Setup);
        WriteOperations(json, "steps", scenario.Steps);
        json.WriteEndObject();
    }

    private static void WriteOperations(Utf8JsonWriter json, string field, EquatableList<Operation> operations)
    {
        json.WriteStartArray(field);
        foreach (var operation in operations)
        {
            json.WriteRawValue("\n        " + OperationWriter.Write(operation));
        }

        json.WriteEndArray();
    }

    private static void WriteStrings(Utf8JsonWriter json, string field, EquatableList<string> texts)
    {
        if (texts.Count == 0)
        {
            return;
        }

        json.WriteStartArray(field);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static void WriteOptional(Utf8JsonWriter json, string field, string? text)
    {
        if (text is not null)
        {
            json.WriteString(field, text);
        }
    }
}
