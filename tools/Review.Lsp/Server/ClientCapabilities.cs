using System.Text.Json;
using Review.Lsp.Documents;
using Review.Lsp.Protocol;

namespace Review.Lsp.Server;

/// <summary>What the client said of itself in <c>initialize</c>, as far as the server cares.</summary>
internal sealed record ClientCapabilities
{
    /// <summary>Of UTF-8 and UTF-16 the one that the client likes better.</summary>
    public PositionEncoding Encoding { get; private init; }

    /// <summary>True if it asks for diagnostics by itself; then none are pushed.</summary>
    public bool PullsDiagnostics { get; private init; }

    public bool RefreshesDiagnostics { get; private init; }

    public bool ShowsRelatedInformation { get; private init; }

    public bool TellsConfiguration { get; private init; }

    public bool RegistersConfiguration { get; private init; }

    public bool RegistersWatchers { get; private init; }

    public bool ShowsProgress { get; private init; }

    public bool TakesCodeActionLiterals { get; private init; }

    public bool TakesVersionedEdits { get; private init; }

    public bool RefreshesInlayHints { get; private init; }

    public bool ReadsMarkdown { get; private init; }

    /// <summary>Commands that the client carries out by itself, from its initialization options.</summary>
    public IReadOnlyCollection<string> OwnCommands { get; private init; } = [];

    public static ClientCapabilities Read(JsonElement parameters)
    {
        var client = parameters.Find("capabilities") ?? default;
        return new ClientCapabilities
        {
            // The list is in the client's order of preference; clangd's older name is what Neovim and others send.
            Encoding = (client.Find("general", "positionEncodings") ?? client.Find("offsetEncoding")) is { ValueKind: JsonValueKind.Array } known
                && known.EnumerateArray().Where(static name => name.ValueKind == JsonValueKind.String).Select(static name => name.Text()).FirstOrDefault(static name => name is "utf-8" or "utf-16") == "utf-8"
                ? PositionEncoding.Utf8 : PositionEncoding.Utf16,
            PullsDiagnostics = client.Find("textDocument", "diagnostic") is not null,
            RefreshesDiagnostics = client.Says("workspace", "diagnostics", "refreshSupport"),
            ShowsRelatedInformation = client.Says("textDocument", "publishDiagnostics", "relatedInformation") || client.Says("textDocument", "diagnostic", "relatedInformation"),
            TellsConfiguration = client.Says("workspace", "configuration"),
            RegistersConfiguration = client.Says("workspace", "didChangeConfiguration", "dynamicRegistration"),
            RegistersWatchers = client.Says("workspace", "didChangeWatchedFiles", "dynamicRegistration"),
            ShowsProgress = client.Says("window", "workDoneProgress"),
            TakesCodeActionLiterals = client.Find("textDocument", "codeAction", "codeActionLiteralSupport") is not null,
            TakesVersionedEdits = client.Says("workspace", "workspaceEdit", "documentChanges"),
            RefreshesInlayHints = client.Says("workspace", "inlayHint", "refreshSupport"),
            ReadsMarkdown = client.Find("textDocument", "hover", "contentFormat") is { ValueKind: JsonValueKind.Array } formats && formats.EnumerateArray().Any(static format => format.ValueEquals("markdown")),
            OwnCommands = parameters.Find("initializationOptions", "commands") is { ValueKind: JsonValueKind.Array } commands ? [.. commands.EnumerateArray().Where(static name => name.ValueKind == JsonValueKind.String).Select(static name => name.Text())] : [],
        };
    }
}
