using System.Text.Json;
using Review.Core.Diagnostics;
using Review.Core.Source;

namespace Review.Cli.Output;

/// <summary>Writes SARIF's places: relative URIs under <c>%SRCROOT%</c>, regions in UTF-16 columns, functions as logical locations.</summary>
internal sealed class SarifPlaces
{
    /// <summary>The base of all URIs; whoever reads the file knows where the kernel tree is.</summary>
    public const string BaseId = "%SRCROOT%";

    private readonly Utf8JsonWriter json;
    private readonly Report report;
    private readonly Dictionary<string, int> artifacts;

    public SarifPlaces(Utf8JsonWriter json, Report report)
    {
        this.json = json;
        this.report = report;
        artifacts = report.Result.Files.Select((file, index) => (file.Path, index)).ToDictionary(pair => pair.Path, pair => pair.index, StringComparer.Ordinal);
    }

    /// <summary>Writes an artifact location.</summary>
    public void WriteArtifact(string name, string path, bool withIndex = true)
    {
        json.WriteStartObject(name);
        json.WriteString("uri", Uri(path));
        json.WriteString("uriBaseId", BaseId);
        if (withIndex && artifacts.TryGetValue(path, out var index))
        {
            json.WriteNumber("index", index);
        }

        json.WriteEndObject();
    }

    /// <summary>Writes the physical location of a finding, with the text it is about.</summary>
    public void WritePlace(Finding finding)
    {
        var source = report.FindSource(finding.Path);
        var first = SourceColumns.OnLine(source, finding, finding.Line);
        var last = SourceColumns.OnLine(source, finding, finding.EndLine);
        json.WriteStartObject("physicalLocation");
        WriteArtifact("artifactLocation", finding.Path);
        json.WriteStartObject("region");
        json.WriteNumber("startLine", finding.Line);
        json.WriteNumber("startColumn", first is { } start ? start.Start + 1 : finding.Column);
        json.WriteNumber("endLine", finding.EndLine);
        json.WriteNumber("endColumn", last is { } end ? end.End + 1 : finding.EndColumn);
        if (first is { } line && finding.EndLine == finding.Line)
        {
            json.WriteStartObject("snippet");
            json.WriteString("text", line.Line[line.Start..line.End]);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>True if the text of a file is known, so that places in it can be written.</summary>
    public bool Knows(string path) => report.FindSource(path) is not null;

    /// <summary>Writes the region of a range of bytes in a file whose text is known.</summary>
    public void WriteRegion(string name, string path, TextSpan span)
    {
        var source = report.FindSource(path)!;
        var (start, end) = (source.PositionOf(span.Start), source.PositionOf(span.End));
        json.WriteStartObject(name);
        json.WriteNumber("startLine", start.Line);
        json.WriteNumber("startColumn", SourceColumns.Index(source, start.Line, start.Column) + 1);
        json.WriteNumber("endLine", end.Line);
        json.WriteNumber("endColumn", SourceColumns.Index(source, end.Line, end.Column) + 1);
        json.WriteEndObject();
    }

    /// <summary>Writes a location that is one line of a function, with a remark.</summary>
    public void WriteStep(string path, int line, string function, string message)
    {
        json.WriteStartObject("location");
        if (path.Length > 0)
        {
            json.WriteStartObject("physicalLocation");
            WriteArtifact("artifactLocation", path);
            if (line > 0)
            {
                json.WriteStartObject("region");
                json.WriteNumber("startLine", line);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        WriteFunction(function);
        json.WriteStartObject("message");
        json.WriteString("text", SarifResult.Message(message));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Writes the function as logical location; nothing at file level.</summary>
    public void WriteFunction(string function)
    {
        if (function.Length > 0)
        {
            json.WriteObjects("logicalLocations", [function], name =>
            {
                json.WriteString("name", name);
                json.WriteString("kind", "function");
            });
        }
    }

    // Escaping every segment keeps colons, spaces and percent signs of strange names inside the path.
    private static string Uri(string path) => string.Join('/', path.Split('/').Select(System.Uri.EscapeDataString));
}
