using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Review.Lsp.Documents;
using Review.Lsp.Protocol;
using Review.Lsp.Reviewing;
using Review.Lsp.Server;

namespace Review.Lsp.Features;

/// <summary>Diagnostics: pushed to clients that wait for them, given to those that ask.</summary>
internal sealed class DiagnosticFeature
{
    private readonly Session session;
    private readonly ConcurrentDictionary<string, string> shown = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> refused = new(StringComparer.Ordinal);

    public DiagnosticFeature(Session session)
    {
        this.session = session;
        session.Scheduler.OnFound = Found;
    }

    public void Register(JsonObject capabilities)
    {
        if (session.Client.PullsDiagnostics)
        {
            capabilities["diagnosticProvider"] = new JsonObject { ["identifier"] = DiagnosticItems.Source, ["interFileDependencies"] = true, ["workspaceDiagnostics"] = false };
        }

        session.Connection.Handle("textDocument/diagnostic", PullAsync);
    }

    private void Found(ReviewRun run, FileReview review)
    {
        var document = run.Document;
        if (review.Refusal is { } reason && refused.TryAdd($"{document.Uri}: {reason}", true))
        {
            session.Remark($"{document.Uri} is not reviewed: {reason}");
        }

        if (session.Client.PullsDiagnostics)
        {
            // Who has got the result of the first pass is told if the second one says something else.
            if (review.IsComplete && session.Client.RefreshesDiagnostics && shown.TryGetValue(document.Uri, out var known) && known != ResultOf(session.Items.Of(document, review)))
            {
                _ = session.Connection.AskAsync("workspace/diagnostic/refresh", null);
            }

            return;
        }

        var items = session.Items.Of(document, review);
        var result = ResultOf(items);
        if (review.IsComplete && shown.TryGetValue(document.Uri, out var last) && last == $"{document.Version} {result}")
        {
            return;
        }

        shown[document.Uri] = $"{document.Version} {result}";
        session.Connection.Notify("textDocument/publishDiagnostics", new JsonObject { ["uri"] = document.Uri, ["version"] = document.Version, ["diagnostics"] = items });
    }

    private async Task<JsonNode?> PullAsync(JsonElement parameters, CancellationToken cancellation)
    {
        var document = session.Documents.Named(parameters);
        var previous = parameters.Find("previousResultId")?.Text();
        if (session.Scheduler.Of(document.Uri) is not { } run)
        {
            return new JsonObject { ["kind"] = "full", ["items"] = new JsonArray() };
        }

        FileReview review;
        try
        {
            // Who cannot be told to ask again waits for all that there is to say.
            var isFirstEnough = session.Client.RefreshesDiagnostics && !run.Complete.IsCompleted;
            review = await (isFirstEnough ? run.First : run.Complete).WaitAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new RpcException(RpcErrorCode.ServerCancelled, "the document has changed") { TryAgain = true };
        }

        var items = session.Items.Of(document, review);
        var result = ResultOf(items);
        shown[document.Uri] = result;
        return previous == result
            ? new JsonObject { ["kind"] = "unchanged", ["resultId"] = result }
            : new JsonObject { ["kind"] = "full", ["resultId"] = result, ["items"] = items };
    }

    private static string ResultOf(JsonArray items) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(items.ToJsonString())).AsSpan(0, 8));
}
