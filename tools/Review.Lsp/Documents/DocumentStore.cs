using System.Collections.Immutable;
using System.Text.Json;
using Review.Lsp.Protocol;

namespace Review.Lsp.Documents;

/// <summary>The documents that are open. Changed on the reading thread only; read from any.</summary>
/// <param name="encoding">What positions count, as agreed on.</param>
/// <param name="complain">Hears of a client that breaks the protocol's rules and is served all the same.</param>
public sealed class DocumentStore(PositionEncoding encoding, Action<string> complain)
{
    private ImmutableSortedDictionary<string, OpenDocument> documents = ImmutableSortedDictionary.Create<string, OpenDocument>(StringComparer.Ordinal);

    /// <summary>All of them, by URI.</summary>
    public IEnumerable<OpenDocument> All => documents.Values;

    /// <summary>A document; null if it is not open.</summary>
    public OpenDocument? Find(string uri) => documents.GetValueOrDefault(uri);

    /// <summary>The document that parameters name.</summary>
    /// <exception cref="RpcException">It is not open.</exception>
    public OpenDocument Named(JsonElement parameters) =>
        Find(UriIn(parameters)) ?? throw new RpcException(RpcErrorCode.InvalidParams, "the document is not open");

    /// <summary>The URI in parameters.</summary>
    public static string UriIn(JsonElement parameters) => parameters.Member("textDocument").Member("uri").Text();

    /// <summary>The bytes of all documents that are files, by path.</summary>
    public ImmutableDictionary<string, byte[]> Files() =>
        documents.Values.Where(static document => document.File is not null).DistinctBy(static document => document.File).ToImmutableDictionary(static document => document.File!, static document => document.Text.Utf8, StringComparer.Ordinal);

    /// <summary>Takes <c>textDocument/didOpen</c>.</summary>
    public OpenDocument Open(JsonElement parameters)
    {
        var item = parameters.Member("textDocument");
        var uri = item.Member("uri").Text();
        if (documents.ContainsKey(uri))
        {
            complain($"{uri} was opened twice");
        }

        var document = new OpenDocument(uri, FileUri.ToPath(uri), VersionIn(item), new TextDocument(item.Member("text").Text()));
        documents = documents.SetItem(uri, document);
        return document;
    }

    /// <summary>Takes <c>textDocument/didChange</c>; null if the document is not open.</summary>
    public OpenDocument? Change(JsonElement parameters)
    {
        var uri = UriIn(parameters);
        if (Find(uri) is not { } document)
        {
            complain($"{uri} is not open, its change is ignored");
            return null;
        }

        var version = VersionIn(parameters.Member("textDocument"));
        if (version <= document.Version)
        {
            // The changes themselves come in order, so that the text is right all the same.
            complain($"version {version} of {uri} comes after {document.Version}");
        }

        var text = document.Text;
        foreach (var change in parameters.Member("contentChanges").Elements().Select(ChangeIn).ToList())
        {
            text = text.Apply(change, encoding);
        }

        documents = documents.SetItem(uri, document = document with { Version = version, Text = text });
        return document;
    }

    /// <summary>Takes <c>textDocument/didClose</c>; gives what was closed.</summary>
    public OpenDocument? Close(JsonElement parameters)
    {
        var document = Find(UriIn(parameters));
        documents = document is null ? documents : documents.Remove(document.Uri);
        return document;
    }

    private static int VersionIn(JsonElement item) => item.Find("version") is { ValueKind: JsonValueKind.Number } version && version.TryGetInt32(out var number) ? number : 0;

    private static TextChange ChangeIn(JsonElement change) =>
        new(change.Find("range") is { } range ? PositionJson.Range(range) : null, change.Member("text").Text());
}
