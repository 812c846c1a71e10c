using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Review.Lsp.Protocol;

/// <summary>Reads parameters; what is missing or of another kind is <see cref="RpcErrorCode.InvalidParams"/>.</summary>
internal static class JsonReading
{
    /// <summary>A member that has to be there.</summary>
    public static JsonElement Member(this JsonElement parent, string name) =>
        parent.Find(name) ?? throw new RpcException(RpcErrorCode.InvalidParams, $"'{name}' is missing");

    /// <summary>A member; null if it is not there or null.</summary>
    public static JsonElement? Find(this JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : null;

    /// <summary>A member further down; null if one on the way is not there.</summary>
    public static JsonElement? Find(this JsonElement parent, params ReadOnlySpan<string> path)
    {
        JsonElement? here = parent;
        foreach (var name in path)
        {
            here = here?.Find(name);
        }

        return here;
    }

    /// <summary>True if a member further down is there and true.</summary>
    public static bool Says(this JsonElement parent, params ReadOnlySpan<string> path) => parent.Find(path)?.ValueKind == JsonValueKind.True;

    /// <summary>A string. Half a surrogate pair, which an editor may send while its user types, becomes U+FFFD, which is as long.</summary>
    public static string Text(this JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.String)
        {
            throw new RpcException(RpcErrorCode.InvalidParams, "a string is wanted");
        }

        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return Unescape(element.GetRawText());
        }
    }

    /// <summary>A whole number of at least 0; one that is too large is the largest, as positions past the end mean the end.</summary>
    public static int Count(this JsonElement element) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out var number) && number >= 0 && number == Math.Floor(number)
            ? (int)Math.Min(number, int.MaxValue)
            : throw new RpcException(RpcErrorCode.InvalidParams, "a whole number of at least 0 is wanted");

    /// <summary>The elements of an array.</summary>
    public static IEnumerable<JsonElement> Elements(this JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : throw new RpcException(RpcErrorCode.InvalidParams, "an array is wanted");

    private static string Unescape(string literal)
    {
        var text = new StringBuilder(literal.Length);
        for (var i = 1; i < literal.Length - 1; i++)
        {
            if (literal[i] != '\\')
            {
                _ = text.Append(literal[i]);
                continue;
            }

            i++;
            if (literal[i] == 'u')
            {
                _ = text.Append((char)ushort.Parse(literal.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                i += 4;
            }
            else
            {
                _ = text.Append(literal[i] switch { 'b' => '\b', 'f' => '\f', 'n' => '\n', 'r' => '\r', 't' => '\t', var same => same });
            }
        }

        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                text[i] = '\ufffd';
            }
        }

        return text.ToString();
    }
}
