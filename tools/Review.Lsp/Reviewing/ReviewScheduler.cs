using System.Collections.Concurrent;
using System.Collections.Immutable;
using Review.Lsp.Documents;

namespace Review.Lsp.Reviewing;

/// <summary>
/// Reviews documents one after the other, each when its keyboard has rested. What changed is looked at first and shown at once; then all of the file is, and what
/// that says is shown if it is something else.
/// </summary>
/// <param name="reviewer">Does the work.</param>
/// <param name="log">Hears of defects.</param>
#pragma warning disable CA1001 // Reviews that nobody waits for may end after the session; a semaphore without a wait handle holds nothing that has to be given back.
internal sealed class ReviewScheduler(IFileReviewer reviewer, Action<string> log)
#pragma warning restore CA1001
{
    private readonly SemaphoreSlim turn = new(1);
    private readonly ConcurrentDictionary<string, ReviewRun> runs = new(StringComparer.Ordinal);

    /// <summary>Hears of each result: the run and what was found; the last one of a run is complete.</summary>
    public Action<ReviewRun, FileReview> OnFound { get; set; } = static (_, _) => { };

    /// <summary>Hears what takes long: a document, words, and null when it is over.</summary>
    public Action<OpenDocument, string?> OnProgress { get; set; } = static (_, _) => { };

    /// <summary>The review of a document that is under way or done; null if there is none.</summary>
    public ReviewRun? Of(string uri) => runs.GetValueOrDefault(uri);

    /// <summary>Begins the review of a version of a document; that of an older one is given up.</summary>
    public void Start(OpenDocument document, ReviewSettings settings, ImmutableDictionary<string, byte[]> open)
    {
        Stop(document.Uri);
        if (document.File is null)
        {
            return;
        }

        var run = new ReviewRun(document);
        runs[document.Uri] = run;
        _ = Task.Run(() => ReviewAsync(run, Request(document, settings, open), settings.Delay), CancellationToken.None);
    }

    /// <summary>Gives up the review of a document.</summary>
    public void Stop(string uri)
    {
        if (runs.TryRemove(uri, out var old))
        {
            old.Cancel();
        }
    }

    /// <summary>Does something with a file when nothing else is done. What is cancelled may go on for a little while; nobody waits for it.</summary>
    public async Task<T> InTurnAsync<T>(Func<CancellationToken, T> work, CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => work(cancellation), cancellation).WaitAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            _ = turn.Release();
        }
    }

    /// <summary>What is to be reviewed of a document.</summary>
    public static ReviewRequest Request(OpenDocument document, ReviewSettings settings, ImmutableDictionary<string, byte[]> open) =>
        new(document.File!, document.Text.Utf8, open.Remove(document.File!), settings);

    private bool Rest()
    {
        reviewer.Rest();
        return true;
    }

    private async Task ReviewAsync(ReviewRun run, ReviewRequest request, TimeSpan delay)
    {
        try
        {
            await Task.Delay(delay, run.Token).ConfigureAwait(false);
            foreach (var pass in (ReviewPass[])[ReviewPass.Changed, ReviewPass.Complete])
            {
                if (run.Complete.IsCompleted)
                {
                    break;
                }

                var review = await InTurnAsync(token => reviewer.Review(request, pass, words => OnProgress(run.Document, words), token), run.Token).ConfigureAwait(false);
                if (!run.Token.IsCancellationRequested)
                {
                    run.Found(review);
                    OnFound(run, review);
                }
            }

            _ = await InTurnAsync(_ => Rest(), run.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (run.Token.IsCancellationRequested)
        {
            // A newer version is on its way.
        }
        catch (Exception defect) when (defect is not OutOfMemoryException)
        {
            log($"{run.Document.Uri}: {defect}");
            run.Failed(defect);
        }

        OnProgress(run.Document, null);
    }
}
