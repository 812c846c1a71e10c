using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text;
using Review.Core.Diagnostics;

namespace Review.Cli.Output;

/// <summary>The one style of JSON that the program writes: two spaces, LF, properties in the order of writing.</summary>
internal static class JsonText
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        IndentSize = 2,
        NewLine = "\n",
        // Readable <, > and & instead of escapes; control characters are still escaped, and the text is no part of a page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes a document; the text ends with a line end.</summary>
    public static string Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            write(writer);
        }

        return VisibleText.OfJson(Encoding.UTF8.GetString(buffer.WrittenSpan)) + "\n";
    }

    /// <summary>Writes an array of objects.</summary>
    public static void WriteObjects<T>(this Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
