using System.Text.Json;

namespace Review.Model.Scenarios;

/// <summary>A file's text as JSON. What is wrong with it is told with line and column.</summary>
internal static class JsonText
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64 };

    /// <summary>Gives the root to a reader; <paramref name="file"/> is only named in errors, which are all <see cref="ScenarioFormatException"/>.</summary>
    public static T Read<T>(string json, string file, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Options);
            return read(document.RootElement);
        }
        catch (JsonException error)
        {
            throw new ScenarioFormatException($"{file}:{error.LineNumber + 1}:{error.BytePositionInLine + 1}", "no JSON there");
        }
        catch (ArgumentException)
        {
            throw new ScenarioFormatException(file, "the text is no valid Unicode");
        }
    }
}
