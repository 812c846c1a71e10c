using System.Text.Json.Nodes;
using Review.Lsp.Documents;
using Review.Lsp.Server;

namespace Review.Lsp.Features;

/// <summary>Opening, changing, saving and closing documents.</summary>
/// <param name="session">The client.</param>
internal sealed class DocumentFeature(Session session)
{
    private const int Incremental = 2;

    public void Register(JsonObject capabilities)
    {
        capabilities["textDocumentSync"] = new JsonObject { ["openClose"] = true, ["change"] = Incremental, ["save"] = new JsonObject { ["includeText"] = false } };
        session.Connection.Handle("textDocument/didOpen", parameters => Changed(session.Documents.Open(parameters)));
        session.Connection.Handle("textDocument/didChange", parameters =>
        {
            if (session.Documents.Change(parameters) is { } document)
            {
                Changed(document);
            }
        });
        session.Connection.Handle("textDocument/didSave", parameters =>
        {
            // A C source is known as its editor shows it, on disk or not.
            if (!DocumentStore.UriIn(parameters).EndsWith(".c", StringComparison.Ordinal))
            {
                session.Reviewer.FilesChanged();
                session.ReviewAll();
            }
        });
        session.Connection.Handle("textDocument/didClose", parameters =>
        {
            if (session.Documents.Close(parameters) is { } document)
            {
                Closed(document);
            }
        });
    }

    private void Changed(OpenDocument document)
    {
        session.Review(document);

        // Files that include it see it as its editor shows it.
        if (document.File?.EndsWith(".c", StringComparison.Ordinal) == false)
        {
            foreach (var other in session.Documents.All.Where(other => other.Uri != document.Uri))
            {
                session.Review(other);
            }
        }
    }

    private void Closed(OpenDocument document)
    {
        session.Scheduler.Stop(document.Uri);
        if (document.File is { } file)
        {
            session.Reviewer.Close(file);
        }

        if (!session.Client.PullsDiagnostics)
        {
            session.Connection.Notify("textDocument/publishDiagnostics", new JsonObject { ["uri"] = document.Uri, ["diagnostics"] = new JsonArray() });
        }
    }
}
