using System.Text.Json.Nodes;
using Review.Lsp.Documents;
using Review.Lsp.Features;
using Review.Lsp.Protocol;
using Review.Lsp.Reviewing;

namespace Review.Lsp.Server;

/// <summary>One client, from <c>initialize</c> on: what it can do, what it has open, what its user wants.</summary>
internal sealed class Session
{
    private volatile ReviewSettings settings = ReviewSettings.Default;

    public Session(RpcConnection connection, IFileReviewer reviewer, ClientCapabilities client)
    {
        Connection = connection;
        Reviewer = reviewer;
        Client = client;
        Documents = new DocumentStore(client.Encoding, Warn);
        Scheduler = new ReviewScheduler(reviewer, Warn);
        Items = new DiagnosticItems(client.Encoding, client.ShowsRelatedInformation);
    }

    public RpcConnection Connection { get; }

    public IFileReviewer Reviewer { get; }

    public ClientCapabilities Client { get; }

    public DocumentStore Documents { get; }

    public ReviewScheduler Scheduler { get; }

    public DiagnosticItems Items { get; }

    public ReviewSettings Settings
    {
        get => settings;
        set => settings = value;
    }

    /// <summary>Begins the review of a document as it is now.</summary>
    public void Review(OpenDocument document) => Scheduler.Start(document, Settings, Documents.Files());

    /// <summary>Begins the reviews of all documents anew.</summary>
    public void ReviewAll()
    {
        foreach (var document in Documents.All)
        {
            Review(document);
        }
    }

    /// <summary>The review of a document as it is now, complete.</summary>
    /// <exception cref="RpcException">The document is no file, or changed meanwhile.</exception>
    public async Task<FileReview> CompleteAsync(OpenDocument document, CancellationToken cancellation)
    {
        var run = Scheduler.Of(document.Uri) ?? throw new RpcException(RpcErrorCode.RequestFailed, "the document is no file");
        try
        {
            return await run.Complete.WaitAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new RpcException(RpcErrorCode.ContentModified, "the document has changed");
        }
    }

    /// <summary>Does something with a document as it is now when no review is under way.</summary>
    public Task<T> InTurnAsync<T>(OpenDocument document, Func<ReviewRequest, CancellationToken, T> work, CancellationToken cancellation)
    {
        var request = RequestFor(document);
        return Scheduler.InTurnAsync(token => work(request, token), cancellation);
    }

    /// <summary>Does something long with a document as it is now; reviews go on meanwhile.</summary>
    public async Task<T> BesideAsync<T>(OpenDocument document, Func<ReviewRequest, CancellationToken, T> work, CancellationToken cancellation)
    {
        var request = RequestFor(document);
        return await Task.Run(() => work(request, cancellation), cancellation).WaitAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Writes a warning to the client's log.</summary>
    public void Warn(string message) => Log(2, message);

    /// <summary>Writes a remark to the client's log.</summary>
    public void Remark(string message) => Log(3, message);

    private ReviewRequest RequestFor(OpenDocument document) =>
        document.File is null ? throw new RpcException(RpcErrorCode.RequestFailed, "the document is no file") : ReviewScheduler.Request(document, Settings, Documents.Files());

    private void Log(int type, string message) => Connection.Notify("window/logMessage", new JsonObject { ["type"] = type, ["message"] = $"mmreview: {message}" });
}
