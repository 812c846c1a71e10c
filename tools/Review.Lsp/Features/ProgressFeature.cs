using System.Text.Json.Nodes;
using Review.Lsp.Documents;
using Review.Lsp.Server;

namespace Review.Lsp.Features;

/// <summary>Tells the client what takes long. A document has at most one progress at a time.</summary>
internal sealed class ProgressFeature
{
    private readonly Session session;
    private readonly Dictionary<string, string> tokens = new(StringComparer.Ordinal);
    private int last;

    public ProgressFeature(Session session)
    {
        this.session = session;
        session.Scheduler.OnProgress = Tell;
        session.Connection.Handle("window/workDoneProgress/cancel", static _ => { });
    }

    private void Tell(OpenDocument document, string? words)
    {
        if (!session.Client.ShowsProgress)
        {
            return;
        }

        lock (tokens)
        {
            if (tokens.TryGetValue(document.Uri, out var token))
            {
                Send(token, words is null ? new JsonObject { ["kind"] = "end" } : new JsonObject { ["kind"] = "report", ["message"] = words });
                _ = words is null && tokens.Remove(document.Uri);
            }
            else if (words is not null)
            {
                // The messages come in this order; a client that refuses the token drops them.
                tokens[document.Uri] = token = $"mmreview/{++last}";
                _ = session.Connection.AskAsync("window/workDoneProgress/create", new JsonObject { ["token"] = token });
                Send(token, new JsonObject { ["kind"] = "begin", ["title"] = "mmreview", ["message"] = words, ["cancellable"] = false });
            }
        }
    }

    private void Send(string token, JsonObject value) => session.Connection.Notify("$/progress", new JsonObject { ["token"] = token, ["value"] = value });
}
