using System.Globalization;
using System.Text.Json;

namespace Review.Model.Scenarios;

/// <summary>Writes fields that several operations have; what is absent is left out.</summary>
internal static class FieldWriter
{
    public static void WriteCall(Utf8JsonWriter json, CallExpectation expect, string? extra = null, string? extraText = null)
    {
        if (expect == CallExpectation.Success && extraText is null)
        {
            return;
        }

        json.WriteStartObject("expect");
        WriteText(json, "errno", expect.Errno?.ToString());
        WriteAddress(json, "ret", expect.Result);
        if (extra is not null)
        {
            WriteText(json, extra, extraText);
        }

        json.WriteEndObject();
    }

    public static void WriteAdvice(Utf8JsonWriter json, int advice)
    {
        if (Madv.Names.TryGetValue(advice, out var name))
        {
            json.WriteString("advice", name);
        }
        else
        {
            json.WriteNumber("advice", advice);
        }
    }

    public static void WriteAddress(Utf8JsonWriter json, string field, AddressExpression? address) => WriteText(json, field, address?.ToString());

    public static void WriteText(Utf8JsonWriter json, string field, string? text)
    {
        if (text is not null)
        {
            json.WriteString(field, text);
        }
    }

    public static void WriteTexts(Utf8JsonWriter json, string field, IEnumerable<string> texts)
    {
        json.WriteStartArray(field);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    public static void WriteNumber(Utf8JsonWriter json, string field, long? number)
    {
        if (number is { } value)
        {
            json.WriteNumber(field, value);
        }
    }

    public static void WriteFlag(Utf8JsonWriter json, string field, bool flag)
    {
        if (flag)
        {
            json.WriteBoolean(field, value: true);
        }
    }

    public static string TextOf(Protection protection) => protection == Protection.None
        ? "none"
        : (protection.HasFlag(Protection.Read) ? "r" : string.Empty)
            + (protection.HasFlag(Protection.Write) ? "w" : string.Empty)
            + (protection.HasFlag(Protection.Execute) ? "x" : string.Empty);

    public static string TextOf(ReadExpectation expect) => expect switch
    {
        { Outcome: not AccessOutcome.Done } => Vocabulary.Outcomes.WordOf(expect.Outcome),
        { Content: PageContent.Any } => "ok",
        { Content: PageContent.Byte } => "byte:" + expect.Byte.ToString(CultureInfo.InvariantCulture),
        _ => Vocabulary.Contents.WordOf(expect.Content),
    };
}
