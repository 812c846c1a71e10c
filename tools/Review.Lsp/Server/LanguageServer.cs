using System.Text.Json;
using System.Text.Json.Nodes;
using Review.Lsp.Features;
using Review.Lsp.Protocol;
using Review.Lsp.Reviewing;

namespace Review.Lsp.Server;

/// <summary>
/// The language server: its life from <c>initialize</c> to <c>exit</c>. What it can do beyond that is in the classes of <c>Features</c>. It knows no rule and
/// opens no files.
/// </summary>
/// <param name="input">What the client sends.</param>
/// <param name="output">What the client gets.</param>
/// <param name="reviewer">Does the work.</param>
/// <param name="version">The program's version, for the client.</param>
public sealed class LanguageServer(Stream input, Stream output, IFileReviewer reviewer, string version)
{
    private Session? session;
    private bool isShutDown;

    /// <summary>Hears of the process that started the client, as soon as it is known, and of what to do when it is gone.</summary>
    public Action<int, Action> WatchParent { get; init; } = static (_, _) => { };

    /// <summary>Serves one client until it says <c>exit</c> or goes away.</summary>
    /// <returns>0 if the client said <c>shutdown</c> before, else 1, as the protocol wants it.</returns>
    public int Run()
    {
        using var connection = new RpcConnection(input, output) { Gate = Refuse, OnDefect = (method, defect) => session?.Warn($"{method}: {defect}") };
        connection.Handle("initialize", (parameters, _) => Task.FromResult<JsonNode?>(Initialize(connection, parameters)));
        connection.Handle("shutdown", (_, _) =>
        {
            isShutDown = true;
            return Task.FromResult<JsonNode?>(null);
        });
        connection.Handle("exit", _ => connection.Stop());
        _ = connection.Run();
        return isShutDown ? 0 : 1;
    }

    private RpcException? Refuse(string method) =>
        method == "exit" ? null
        : isShutDown ? new RpcException(RpcErrorCode.InvalidRequest, "the server has been shut down")
        : method == "initialize" ? (session is null ? null : new RpcException(RpcErrorCode.InvalidRequest, "the server has been initialized already"))
        : session is null ? new RpcException(RpcErrorCode.ServerNotInitialized, "the first request is 'initialize'")
        : null;

    private JsonObject Initialize(RpcConnection connection, JsonElement parameters)
    {
        if (parameters.Find("processId") is { ValueKind: JsonValueKind.Number } id && id.TryGetInt32(out var parent))
        {
            WatchParent(parent, connection.Abandon);
        }

        var client = ClientCapabilities.Read(parameters);
        session = new Session(connection, reviewer, client);
        var features = new JsonObject { ["positionEncoding"] = client.Encoding == Documents.PositionEncoding.Utf8 ? "utf-8" : "utf-16" };
        _ = new ProgressFeature(session);
        new ConfigurationFeature(session).Register(features, parameters);
        new DocumentFeature(session).Register(features);
        new DiagnosticFeature(session).Register(features);
        new HoverFeature(session).Register(features);
        new CodeActionFeature(session).Register(features);
        new CommandFeature(session).Register(features);
        new InlayHintFeature(session).Register(features);
        return new JsonObject
        {
            ["capabilities"] = features,
            ["serverInfo"] = new JsonObject { ["name"] = "mmreview", ["version"] = version },

            // What clangd 10 made of it before the protocol had a word for it.
            ["offsetEncoding"] = features["positionEncoding"]!.DeepClone(),
        };
    }
}
