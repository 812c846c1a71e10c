using System.Text;
using System.Text.Json;

namespace Review.Lsp.Protocol;

/// <summary>One message that came in.</summary>
/// <param name="Method">The method of a request or notification; null for an answer.</param>
/// <param name="Id">The id of a request or of the request that is answered: a number or a string; null for a notification.</param>
/// <param name="Content">The parameters, or the result; of kind Undefined if there are none.</param>
internal sealed record RpcMessage(string? Method, JsonElement? Id, JsonElement Content)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a message.</summary>
    /// <exception cref="RpcException">It is no JSON, no UTF-8, or no message; <paramref name="id"/> says of which request, if that can be seen.</exception>
    public static RpcMessage Parse(byte[] content, out JsonElement? id)
    {
        id = null;
        JsonElement root;
        try
        {
            // The parser itself lets bytes inside strings through that are no UTF-8.
            _ = Strict.GetCharCount(content);
            using var document = JsonDocument.Parse(content);
            root = document.RootElement.Clone();
        }
        catch (Exception trouble) when (trouble is JsonException or DecoderFallbackException)
        {
            throw new RpcException(RpcErrorCode.ParseError, trouble is JsonException ? "the message is no JSON" : "the message is no UTF-8");
        }

        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new RpcException(RpcErrorCode.InvalidRequest, "a message is one object");
        }

        if (root.TryGetProperty("id", out var named) && named.ValueKind != JsonValueKind.Null)
        {
            id = named.ValueKind is JsonValueKind.Number or JsonValueKind.String ? named : throw new RpcException(RpcErrorCode.InvalidRequest, "an id is a number or a string");
        }

        if (!root.TryGetProperty("method", out var method))
        {
            return id is not null || root.TryGetProperty("error", out _) ? new RpcMessage(null, id, root.TryGetProperty("result", out var result) ? result : default)
                : throw new RpcException(RpcErrorCode.InvalidRequest, "neither a method nor an id");
        }

        return method.ValueKind == JsonValueKind.String
            ? new RpcMessage(method.Text(), id, root.TryGetProperty("params", out var parameters) ? parameters : default)
            : throw new RpcException(RpcErrorCode.InvalidRequest, "a method is a string");
    }
}
