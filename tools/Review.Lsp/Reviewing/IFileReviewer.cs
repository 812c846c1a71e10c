using System.Collections.Immutable;
using Review.Core.Diagnostics;
using Review.Core.Source;

namespace Review.Lsp.Reviewing;

/// <summary>
/// What the server asks of the program that it is part of: that one has the rules, finds trees and reads files. Every method may be called from any thread and
/// takes as long as it takes; nothing is ever written to a tree.
/// </summary>
public interface IFileReviewer
{
    /// <summary>Reviews one file as its editor shows it. Trouble with the file or its tree is part of the result.</summary>
    /// <param name="request">What to review.</param>
    /// <param name="pass">How thoroughly.</param>
    /// <param name="progress">Hears what takes long, in words; called only for work that is done once.</param>
    /// <param name="cancellation">Stops the review with an <see cref="OperationCanceledException"/>.</param>
    FileReview Review(ReviewRequest request, ReviewPass pass, Action<string> progress, CancellationToken cancellation);

    /// <summary>The page of a rule as Markdown; null if there is none.</summary>
    string? Explain(string rule);

    /// <summary>What is known of a function where it is called in a file, as Markdown; null if nothing is.</summary>
    string? Facts(ReviewRequest request, string function, CancellationToken cancellation);

    /// <summary>What a file of advice decides about one of its constants, as Markdown; null if the tree has no such advice.</summary>
    string? Advice(ReviewRequest request, string constant, CancellationToken cancellation);

    /// <summary>Runs the code that a finding is about on the model; null if the file has no such finding any more.</summary>
    WitnessPicture? Witness(ReviewRequest request, string fingerprint, CancellationToken cancellation);

    /// <summary>The calls of a file that take or drop a lock.</summary>
    IReadOnlyList<LockNote> LockNotes(ReviewRequest request, CancellationToken cancellation);

    /// <summary>Files of a tree have changed on disk: what was remembered of headers, configuration and commits is looked at again.</summary>
    void FilesChanged();

    /// <summary>Nobody waits for anything: time for chores.</summary>
    void Rest();

    /// <summary>A file is no longer open: what was remembered of it is dropped.</summary>
    void Close(string file);
}

/// <summary>A file as its editor shows it.</summary>
/// <param name="File">Absolute path.</param>
/// <param name="Text">Its bytes.</param>
/// <param name="Open">The other files that are open, by absolute path: they count as their editors show them, too.</param>
/// <param name="Settings">What the user wants.</param>
public sealed record ReviewRequest(string File, byte[] Text, ImmutableDictionary<string, byte[]> Open, ReviewSettings Settings);

/// <summary>How thorough a review is.</summary>
public enum ReviewPass
{
    /// <summary>The functions whose text has changed since the last review; of the others what was found then. May be wrong about those.</summary>
    Changed,

    /// <summary>All of the file: what <c>mmreview check</c> says of the same bytes.</summary>
    Complete,
}

/// <summary>What a review said.</summary>
/// <param name="Root">Absolute path of the tree's top folder; empty if the file is in no tree.</param>
/// <param name="Text">The file as it was reviewed.</param>
/// <param name="Findings">What counts, in source order. Those that were there before are left out, if that is what the settings say.</param>
/// <param name="Gaps">What was not analysed, with its place.</param>
public sealed record FileReview(string Root, SourceText Text, ImmutableArray<Finding> Findings, ImmutableArray<ReviewGap> Gaps)
{
    /// <summary>True if all of the file was looked at; see <see cref="ReviewPass"/>.</summary>
    public bool IsComplete { get; init; } = true;

    /// <summary>Why nothing was reviewed, for the log; null if the file was.</summary>
    public string? Refusal { get; init; }
}

/// <summary>Something that was not analysed.</summary>
/// <param name="Gap">What, and why.</param>
/// <param name="Place">The function's name, or nothing at the file's beginning; in bytes.</param>
public sealed record ReviewGap(NotAnalysed Gap, TextSpan Place);

/// <summary>A call that takes or drops a lock.</summary>
/// <param name="Place">The call, in bytes.</param>
/// <param name="Text">What it does: lower case, no full stop.</param>
public sealed record LockNote(TextSpan Place, string Text);

/// <summary>What running a finding's code on the model said.</summary>
/// <param name="Status"><c>confirmed</c>, <c>refuted</c> or <c>none</c>.</param>
/// <param name="Text">The interleaving as text of a fixed width, or what can be said instead.</param>
/// <param name="Html">The same as a self-contained page.</param>
public sealed record WitnessPicture(string Status, string Text, string Html);
