using System.Text.Json;
using System.Text.Json.Nodes;
using Review.Core.Diagnostics;
using Review.Lsp.Documents;
using Review.Lsp.Protocol;
using Review.Lsp.Reviewing;
using Review.Lsp.Server;

namespace Review.Lsp.Features;

/// <summary>What can be done about a finding: the rule's own cure, a comment that allows it, a look at the run that shows it.</summary>
/// <param name="session">The client.</param>
internal sealed class CodeActionFeature(Session session)
{
    private const string QuickFix = "quickfix";

    public void Register(JsonObject capabilities)
    {
        capabilities["codeActionProvider"] = session.Client.TakesCodeActionLiterals ? new JsonObject { ["codeActionKinds"] = new JsonArray(QuickFix) } : JsonValue.Create(true);
        session.Connection.Handle("textDocument/codeAction", ActionsAsync);
    }

    private async Task<JsonNode?> ActionsAsync(JsonElement parameters, CancellationToken cancellation)
    {
        var document = session.Documents.Named(parameters);
        var range = PositionJson.Range(parameters.Member("range"));
        if (!Wants(parameters) || session.Scheduler.Of(document.Uri) is null)
        {
            return new JsonArray();
        }

        var review = await session.CompleteAsync(document, cancellation).ConfigureAwait(false);
        var actions = new JsonArray();
        foreach (var finding in review.Findings.Where(finding => finding.Path == review.Text.Path && Touches(session.Items.RangeOf(document, review, finding), range)))
        {
            if (finding.Fix is { } fix)
            {
                actions.Add((JsonNode)Edit($"{fix.Title} ({finding.Rule})", document, [.. fix.Edits.Select(edit => (session.Items.RangeOf(document, edit.Span), edit.Text))], isPreferred: true));
            }

            actions.Add((JsonNode)Suppression(document, review, finding));
            actions.Add((JsonNode)Command($"show a run that {finding.Rule} is about", CommandFeature.ShowWitness, document, finding));
        }

        return actions;
    }

    /// <summary>The comment without a reason, which its author has to give: until then it allows nothing, and says so.</summary>
    private JsonObject Suppression(OpenDocument document, FileReview review, Finding finding)
    {
        var title = $"allow {finding.Rule} here, with a reason";
        if (session.Client.OwnCommands.Contains(CommandFeature.Suppress))
        {
            return Command(title, CommandFeature.Suppress, document, finding);
        }

        return Edit(title, document, [CommandFeature.SuppressionEdit(document, review, finding, "", session.Client.Encoding)], isPreferred: false);
    }

    private JsonObject Edit(string title, OpenDocument document, IReadOnlyCollection<(TextRange Range, string Text)> edits, bool isPreferred)
    {
        var action = new JsonObject { ["title"] = title, ["kind"] = QuickFix, ["edit"] = WorkspaceEdit.Of(document, edits, session.Client.TakesVersionedEdits) };
        if (isPreferred)
        {
            action["isPreferred"] = true;
        }

        return action;
    }

    private JsonObject Command(string title, string command, OpenDocument document, Finding finding)
    {
        var call = new JsonObject { ["title"] = title, ["command"] = command, ["arguments"] = new JsonArray(document.Uri, finding.Fingerprint, finding.Rule) };
        return session.Client.TakesCodeActionLiterals ? new JsonObject { ["title"] = title, ["kind"] = QuickFix, ["command"] = call } : call;
    }

    private static bool Wants(JsonElement parameters) =>
        parameters.Find("context", "only") is not { ValueKind: JsonValueKind.Array } only || only.EnumerateArray().Any(static kind => kind.ValueKind == JsonValueKind.String && kind.Text() is "" or QuickFix);

    private static bool Touches(TextRange finding, TextRange asked) => finding.Start.Line <= asked.End.Line && asked.Start.Line <= finding.End.Line;
}
