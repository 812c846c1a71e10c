using Review.Lsp.Documents;

namespace Review.Lsp.Reviewing;

/// <summary>The review of one version of a document, in two passes. A newer version cancels it.</summary>
/// <param name="document">The document as it was when the review was asked for.</param>
#pragma warning disable CA1001 // Who gave up waiting may still look at the token, and a source without a timer holds nothing that has to be given back.
internal sealed class ReviewRun(OpenDocument document)
#pragma warning restore CA1001
{
    private readonly CancellationTokenSource cancellation = new();
    private readonly TaskCompletionSource<FileReview> first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<FileReview> complete = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public OpenDocument Document => document;

    /// <summary>What can be shown soonest.</summary>
    public Task<FileReview> First => first.Task;

    /// <summary>All that there is to say.</summary>
    public Task<FileReview> Complete => complete.Task;

    public CancellationToken Token => cancellation.Token;

    public void Found(FileReview review)
    {
        _ = first.TrySetResult(review);
        if (review.IsComplete)
        {
            _ = complete.TrySetResult(review);
        }
    }

    public void Failed(Exception trouble)
    {
        _ = first.TrySetException(trouble);
        _ = complete.TrySetException(trouble);

        // Whether anybody waits for a result is not known; what went wrong is in the log in any case.
        _ = first.Task.Exception;
        _ = complete.Task.Exception;
    }

    public void Cancel()
    {
        cancellation.Cancel();
        _ = first.TrySetCanceled(cancellation.Token);
        _ = complete.TrySetCanceled(cancellation.Token);
    }
}
