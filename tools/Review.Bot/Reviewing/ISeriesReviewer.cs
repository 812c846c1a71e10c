using System.Collections.Immutable;
using Review.Core.Diagnostics;
using Review.Patches.Replies;
using Review.Patches.Series;
using Review.Patches.Threads;

namespace Review.Bot.Reviewing;

/// <summary>Reviews a series; the bot itself knows no rule and no kernel.</summary>
public interface ISeriesReviewer
{
    /// <summary>Reviews one series. May take minutes.</summary>
    /// <param name="series">The series; complete.</param>
    /// <param name="thread">The mails around it.</param>
    /// <param name="cancellation">Stops the work.</param>
    ReviewedSeries Review(PatchSeries series, MailThread thread, CancellationToken cancellation);
}

/// <summary>Turns letters into the text of mails, and knows the pages of the rules.</summary>
public interface ILetters
{
    /// <summary>A letter in Markdown as the text of a mail.</summary>
    string Text(string markdown);

    /// <summary>What a rule is about, as the text of a mail; null if there is no such rule.</summary>
    string? Explain(string rule);

    /// <summary>How people and other bots speak of what a rule finds: phrases of words that may stand in any order; none if there is no such rule.</summary>
    ImmutableArray<string> HeardAs(string rule);
}

/// <summary>What a review of a series says.</summary>
public sealed record ReviewedSeries
{
    /// <summary>Why it could not be reviewed: lower case, no full stop; null if it was.</summary>
    public string? Trouble { get; init; }

    /// <summary>What it was applied to.</summary>
    public string Base { get; init; } = "none";

    /// <summary>Version, architecture and configuration of the kernel.</summary>
    public string Kernel { get; init; } = "";

    /// <summary>Name and version of the program that did it.</summary>
    public string Tool { get; init; } = "";

    /// <summary>What stands below the letters.</summary>
    public ReplyFooter Footer { get; init; } = new("", "", "", "", "");

    /// <summary>What each patch introduces and the last one leaves, with what would be said about it.</summary>
    public ImmutableArray<ReviewedFinding> Findings { get; init; } = [];

    /// <summary>Files and functions about which nothing can be said.</summary>
    public ImmutableArray<NotAnalysed> Gaps { get; init; } = [];

    /// <summary>What else a person should know.</summary>
    public ImmutableArray<string> Remarks { get; init; } = [];
}

/// <summary>A finding of a series.</summary>
/// <param name="Patch">The patch that introduces it, from 1.</param>
/// <param name="Category">The category of its rule.</param>
/// <param name="Remark">The finding with the lines that it stands under.</param>
public sealed record ReviewedFinding(int Patch, string Category, ReplyRemark Remark);
