using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Review.Core.Diagnostics;

/// <summary>A baseline file cannot be used; the message names the file, the place and what to do.</summary>
public sealed class BaselineException(string message) : Exception(message);

/// <summary>
/// The text of a baseline file: JSON, sorted, one entry per line, so that a diff of two baselines reads like a
/// list of findings that came and went.
/// </summary>
public static class BaselineFile
{
    /// <summary>The value of <c>schema</c>.</summary>
    public const string Schema = "mmreview-baseline/1";

    // The relaxed encoder still escapes control characters; the file is no part of a web page.

    /// <summary>Writes a baseline. The same entries give the same bytes.</summary>
    public static string ToText(Baseline baseline)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{{\n  \"schema\": {Quote(Schema)},\n  \"findings\": [");
        var separator = "\n";
        foreach (var entry in baseline.Entries)
        {
            text.Append(separator).Append(CultureInfo.InvariantCulture,
                $"    {{\"file\": {Quote(entry.File)}, \"function\": {Quote(entry.Function)}, \"rule\": {Quote(entry.Rule)}, \"fingerprint\": {Quote(entry.Fingerprint)}, \"message\": {Quote(entry.Message)}}}");
            separator = ",\n";
        }

        return text.Append(baseline.Entries.IsEmpty ? "]\n}\n" : "\n  ]\n}\n").ToString();
    }

    /// <summary>Reads a baseline.</summary>
    /// <param name="text">The file's content.</param>
    /// <param name="name">The file's name, for the error.</param>
    /// <exception cref="BaselineException">It is no baseline, or one of another version.</exception>
    public static Baseline Parse(string text, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || Text(root, "schema") is not { } schema)
            {
                throw Broken(name, "it has no \"schema\"");
            }

            if (schema != Schema)
            {
                throw Broken(name, $"its schema is '{schema}', this version reads '{Schema}'");
            }

            if (!root.TryGetProperty("findings", out var findings) || findings.ValueKind != JsonValueKind.Array)
            {
                throw Broken(name, "it has no list \"findings\"");
            }

            return new Baseline(findings.EnumerateArray().Select((entry, index) => Entry(entry, index, name)));
        }
        catch (JsonException exception)
        {
            throw Broken(name, $"line {(exception.LineNumber ?? 0) + 1} is not JSON");
        }
    }

    private static BaselineEntry Entry(JsonElement entry, int index, string name)
    {
        string Field(string field) =>
            (entry.ValueKind == JsonValueKind.Object ? Text(entry, field) : null)
            ?? throw Broken(name, $"finding {index + 1} has no \"{field}\"");

        var fingerprint = Field("fingerprint");
        if (fingerprint.Length != 16 || !fingerprint.All(char.IsAsciiHexDigitLower))
        {
            throw Broken(name, $"finding {index + 1}: '{fingerprint}' is not a fingerprint of 16 lower-case hexadecimal digits");
        }

        return new BaselineEntry(fingerprint, Field("rule"), Field("file"), Field("function"), Field("message"));
    }

    private static string? Text(JsonElement element, string field)
    {
        try
        {
            return element.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null; // An escape that is no character: half a surrogate pair.
        }
    }

    private static string Quote(string value) => VisibleText.OfJson($"\"{JsonEncodedText.Encode(value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"");

    private static BaselineException Broken(string name, string what) =>
        new($"{name}: not a usable baseline: {what}; write it again with --write-baseline");
}
