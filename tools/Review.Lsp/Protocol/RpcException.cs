namespace Review.Lsp.Protocol;

/// <summary>The error codes of JSON-RPC 2.0 and of the Language Server Protocol that the server answers with.</summary>
public enum RpcErrorCode
{
    ParseError = -32700,
    InvalidRequest = -32600,
    MethodNotFound = -32601,
    InvalidParams = -32602,
    InternalError = -32603,
    ServerNotInitialized = -32002,
    RequestFailed = -32803,
    ServerCancelled = -32802,
    ContentModified = -32801,
    RequestCancelled = -32800,
}

/// <summary>A request is answered with an error.</summary>
public sealed class RpcException(RpcErrorCode code, string message) : Exception(message)
{
    /// <summary>Which error.</summary>
    public RpcErrorCode Code { get; } = code;

    /// <summary>True if the client is asked to try again at once; goes with <see cref="RpcErrorCode.ServerCancelled"/> on diagnostics.</summary>
    public bool TryAgain { get; init; }
}
