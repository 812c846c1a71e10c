using System.Text.Json;

namespace Review.Model.Matrix;

/// <summary>Reads the matrix from lines of JSON; lines of other tables are passed over.</summary>
public static class MatrixReader
{
    /// <summary>The row of one line, or null if the line belongs to another table.</summary>
    /// <exception cref="FormatException">The line is no JSON object, or a field of the row is missing or of another type.</exception>
    public static MatrixRow? ReadLine(string line)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(line);
        }
        catch (JsonException error)
        {
            throw new FormatException("no JSON object", error);
        }

        using (document)
        {
            var fields = document.RootElement;
            if (fields.ValueKind != JsonValueKind.Object)
            {
                throw new FormatException("no JSON object");
            }

            return Text(fields, "table") != "matrix" ? null : new MatrixRow
            {
                Kind = Text(fields, "kind"),
                Advice = Number(fields, "advice"),
                Shape = Text(fields, "shape"),
                Errno = Text(fields, "errno"),
                CountBefore = Number(fields, "n_before"),
                CountAfter = Number(fields, "n_after"),
                PagesBefore = Text(fields, "pm_before"),
                PagesAfter = Text(fields, "pm_after"),
                Content = fields.TryGetProperty("content", out _) ? Text(fields, "content") : null,
                VmasBefore = List(fields, "vmas_before"),
                VmasAfter = List(fields, "vmas_after"),
            };
        }
    }

    private static string Text(JsonElement fields, string name) =>
        fields.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : throw new FormatException($"{name}: a text is wanted");

    private static int Number(JsonElement fields, string name) =>
        fields.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : throw new FormatException($"{name}: an integer is wanted");

    private static List<string>? List(JsonElement fields, string name)
    {
        if (!fields.TryGetProperty(name, out var value))
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(static item => item.ValueKind == JsonValueKind.String)
            ? [.. value.EnumerateArray().Select(static item => item.GetString()!)]
            : throw new FormatException($"{name}: a list of texts is wanted");
    }
}
