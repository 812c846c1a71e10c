using System.Globalization;
using System.Text;
using System.Text.Json;
using Review.Model.Exploration;

namespace Review.Cli.Exploring;

/// <summary>Explorations as JSON (<c>mmreview-exploration/1</c>).</summary>
internal static class ExplorationJson
{
    /// <summary>The text of a file's explorations, with a line feed at its end.</summary>
    public static string Of(ExplorationFile file, IEnumerable<Exploration> explorations)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("schema", "mmreview-exploration/1");
            json.WriteString("name", file.Name);
            json.WriteStartArray("explorations");
            foreach (var exploration in explorations)
            {
                Write(json, file, exploration);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void Write(Utf8JsonWriter json, ExplorationFile file, Exploration exploration)
    {
        var result = exploration.Result;
        json.WriteStartObject();
        json.WriteString("era", exploration.Era.Name);
        json.WriteString("outcome", result.Outcome switch { ExplorationOutcome.Holds => "holds", ExplorationOutcome.Violated => "violated", _ => "outOfBounds" });
        json.WriteNumber("states", result.States);
        json.WriteNumber("steps", result.Transitions);
        json.WriteString("interleavings", result.Interleavings.ToString(CultureInfo.InvariantCulture));
        if (result.Violation is { } violation)
        {
            json.WriteStartObject("violation");
            json.WriteString("property", violation.Property);
            json.WriteString("claim", violation.Claim);
            json.WriteString("what", violation.Breach.What);
            json.WriteStartArray("pages");
            foreach (var page in violation.Breach.Pages)
            {
                json.WriteStringValue(exploration.Program.Names.ExpressionOf(page));
            }

            json.WriteEndArray();
            WriteSteps(json, file, exploration, violation);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteSteps(Utf8JsonWriter json, ExplorationFile file, Exploration exploration, Violation violation)
    {
        var effects = new StepEffects(exploration.Program.Names.ExpressionOf);
        json.WriteStartArray("steps");
        foreach (var step in violation.Steps)
        {
            json.WriteStartObject();
            json.WriteNumber("thread", step.Thread);
            json.WriteString("name", file.Threads[step.Thread].Name);
            json.WriteString("call", step.Call.Text);
            json.WriteString("action", step.Action);
            json.WriteStartArray("effects");
            foreach (var action in InterleavingRow.Actions(step, effects))
            {
                json.WriteStringValue(action);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
