using System.Text.Json.Nodes;

namespace Review.Lsp.Documents;

/// <summary>Edits of one document as JSON; made only for the version that they were computed for, if the client knows versions.</summary>
internal static class WorkspaceEdit
{
    public static JsonObject Of(OpenDocument document, IReadOnlyCollection<(TextRange Range, string Text)> edits, bool isVersioned)
    {
        var array = new JsonArray([.. edits.Select(static edit => new JsonObject { ["range"] = PositionJson.ToJson(edit.Range), ["newText"] = edit.Text })]);
        return isVersioned
            ? new JsonObject { ["documentChanges"] = new JsonArray(new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = document.Uri, ["version"] = document.Version }, ["edits"] = array }) }
            : new JsonObject { ["changes"] = new JsonObject { [document.Uri] = array } };
    }
}
