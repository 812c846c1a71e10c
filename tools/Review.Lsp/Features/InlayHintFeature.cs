using System.Text.Json;
using System.Text.Json.Nodes;
using Review.Lsp.Documents;
using Review.Lsp.Protocol;
using Review.Lsp.Server;

namespace Review.Lsp.Features;

/// <summary>Beside calls, which locks they take and drop. Off by default.</summary>
/// <param name="session">The client.</param>
internal sealed class InlayHintFeature(Session session)
{
    public void Register(JsonObject capabilities)
    {
        capabilities["inlayHintProvider"] = true;
        session.Connection.Handle("textDocument/inlayHint", HintsAsync);
    }

    private async Task<JsonNode?> HintsAsync(JsonElement parameters, CancellationToken cancellation)
    {
        var document = session.Documents.Named(parameters);
        var range = PositionJson.Range(parameters.Member("range"));
        if (!session.Settings.LockHints || document.File is null)
        {
            return new JsonArray();
        }

        var notes = await session.InTurnAsync(document, session.Reviewer.LockNotes, cancellation).ConfigureAwait(false);
        return new JsonArray([.. notes.Select(note => (At: session.Items.RangeOf(document, note.Place).End, note.Text)).Where(hint => hint.At.Line >= range.Start.Line && hint.At.Line <= range.End.Line).Select(static hint => new JsonObject
        {
            ["position"] = PositionJson.ToJson(hint.At),
            ["label"] = hint.Text,
            ["paddingLeft"] = true,
        })]);
    }
}
