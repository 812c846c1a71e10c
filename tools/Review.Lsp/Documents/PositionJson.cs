using System.Text.Json;
using System.Text.Json.Nodes;
using Review.Lsp.Protocol;

namespace Review.Lsp.Documents;

/// <summary>Positions and ranges as JSON.</summary>
internal static class PositionJson
{
    public static TextPosition Position(JsonElement position) => new(position.Member("line").Count(), position.Member("character").Count());

    public static TextRange Range(JsonElement range) => new(Position(range.Member("start")), Position(range.Member("end")));

    public static JsonObject ToJson(TextPosition position) => new() { ["line"] = position.Line, ["character"] = position.Character };

    public static JsonObject ToJson(TextRange range) => new() { ["start"] = ToJson(range.Start), ["end"] = ToJson(range.End) };
}
