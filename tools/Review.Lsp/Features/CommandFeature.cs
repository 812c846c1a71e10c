using System.Text.Json;
using System.Text.Json.Nodes;
using Review.Core.Diagnostics;
using Review.Lsp.Documents;
using Review.Lsp.Protocol;
using Review.Lsp.Reviewing;
using Review.Lsp.Server;

namespace Review.Lsp.Features;

/// <summary>The server's commands. Their arguments are a document's URI, a finding's fingerprint and its rule's name.</summary>
/// <param name="session">The client.</param>
internal sealed class CommandFeature(Session session)
{
    /// <summary>Runs the code on the model: gives <c>status</c>, <c>text</c> and <c>html</c>.</summary>
    public const string ShowWitness = "mmreview.showWitness";

    /// <summary>Puts a comment above a finding; the reason is a fourth argument.</summary>
    public const string Suppress = "mmreview.suppress";

    public void Register(JsonObject capabilities)
    {
        // A client that carries a command out by itself registers it under its own name, and calls this one behind it.
        capabilities["executeCommandProvider"] = new JsonObject { ["commands"] = new JsonArray([.. ((string[])[ShowWitness, Suppress]).Where(command => !session.Client.OwnCommands.Contains(command)).Select(static command => JsonValue.Create(command))]) };
        session.Connection.Handle("workspace/executeCommand", ExecuteAsync);
    }

    /// <summary>The edit that puts a comment above the line of a finding.</summary>
    public static (TextRange Range, string Text) SuppressionEdit(OpenDocument document, FileReview review, Finding finding, string reason, PositionEncoding encoding)
    {
        var line = document.Text.PositionOfByte(review.Text.OffsetOfLine(finding.Line), encoding) with { Character = 0 };
        var source = review.Text.Line(finding.Line);
        var indentation = source[..(source.Length - source.TrimStart().Length)];
        return (new TextRange(line, line), $"{indentation}/* mmreview: allow {finding.Rule} -- {reason}{(reason.Length > 0 ? " " : "")}*/\n");
    }

    private Task<JsonNode?> ExecuteAsync(JsonElement parameters, CancellationToken cancellation)
    {
        var arguments = parameters.Find("arguments")?.Elements().ToList() ?? [];
        var command = parameters.Member("command").Text();
        if (command is not (ShowWitness or Suppress) || arguments.Count < (command == Suppress ? 4 : 2))
        {
            throw new RpcException(RpcErrorCode.InvalidParams, $"no command '{command}' with these arguments");
        }

        var document = session.Documents.Find(arguments[0].Text()) ?? throw new RpcException(RpcErrorCode.InvalidParams, "the document is not open");
        return command == ShowWitness ? WitnessAsync(document, arguments[1].Text(), cancellation) : SuppressAsync(document, arguments[1].Text(), arguments[3].Text(), cancellation);
    }

    private async Task<JsonNode?> WitnessAsync(OpenDocument document, string fingerprint, CancellationToken cancellation)
    {
        var picture = await session.BesideAsync(document, (request, token) => session.Reviewer.Witness(request, fingerprint, token), cancellation).ConfigureAwait(false)
            ?? throw new RpcException(RpcErrorCode.RequestFailed, "the file has no such finding any more");
        if (!session.Client.OwnCommands.Contains(ShowWitness))
        {
            // An editor that only passes the command on has no place for the result.
            session.Connection.Notify("window/showMessage", new JsonObject { ["type"] = 3, ["message"] = picture.Text });
        }

        return new JsonObject { ["status"] = picture.Status, ["text"] = picture.Text, ["html"] = picture.Html };
    }

    private async Task<JsonNode?> SuppressAsync(OpenDocument document, string fingerprint, string reason, CancellationToken cancellation)
    {
        var review = await session.CompleteAsync(document, cancellation).ConfigureAwait(false);
        var finding = review.Findings.FirstOrDefault(finding => finding.Fingerprint == fingerprint) ?? throw new RpcException(RpcErrorCode.RequestFailed, "the file has no such finding any more");
        if (string.IsNullOrWhiteSpace(reason) || reason.Contains("*/", StringComparison.Ordinal) || reason.AsSpan().ContainsAny('\r', '\n'))
        {
            throw new RpcException(RpcErrorCode.InvalidParams, "a reason is one line that does not end the comment");
        }

        var edit = WorkspaceEdit.Of(document, [SuppressionEdit(document, review, finding, reason.Trim(), session.Client.Encoding)], session.Client.TakesVersionedEdits);
        var answer = await session.Connection.AskAsync("workspace/applyEdit", new JsonObject { ["label"] = $"allow {finding.Rule}", ["edit"] = edit }).WaitAsync(cancellation).ConfigureAwait(false);
        return answer.Says("applied") ? null : throw new RpcException(RpcErrorCode.RequestFailed, "the editor did not take the edit");
    }
}
