using System.Collections.Immutable;
using Review.Patches.Archives;

namespace Review.Bot.Store;

/// <summary>Where a series stands.</summary>
public enum SeriesState
{
    /// <summary>Some of its mails have not come yet.</summary>
    Waiting,

    /// <summary>It waits for a worker.</summary>
    Ready,

    /// <summary>A worker has it.</summary>
    Reviewing,

    /// <summary>It was reviewed.</summary>
    Reviewed,

    /// <summary>It touches nothing that somebody wants to look at.</summary>
    Dismissed,

    /// <summary>It cannot be reviewed: patches are missing, or it does not apply. That is not clean.</summary>
    NotAnalysed,

    /// <summary>The reviewer failed, again and again.</summary>
    Failed,
}

/// <summary>Where a message stands.</summary>
public enum MessageState
{
    /// <summary>It waits: for its time, or for a sender.</summary>
    Pending,

    /// <summary>A dispatcher has it; nothing was handed over yet.</summary>
    Claimed,

    /// <summary>It is being handed over: the receiver may have it, or not.</summary>
    Handing,

    /// <summary>It was handed over.</summary>
    Sent,

    /// <summary>It lies as a draft, for a person.</summary>
    Draft,

    /// <summary>It became needless before its time came.</summary>
    Dropped,

    /// <summary>The bot died while it was handed over, and nobody can say whether it arrived.</summary>
    Unknown,

    /// <summary>The receiver refuses it for good.</summary>
    Failed,

    /// <summary>A person decided against it.</summary>
    Discarded,
}

/// <summary>What kind of thing leaves the bot.</summary>
public enum MessageKind
{
    /// <summary>An answer to a patch.</summary>
    Reply,

    /// <summary>What a rule is about, because somebody asked.</summary>
    Explanation,

    /// <summary>A check of patchwork.</summary>
    Check,
}

/// <summary>A mail that is kept.</summary>
public sealed record StoredMail
{
    public required MailIdentity Identity { get; init; }

    /// <summary>The id of its thread's first mail, as far as it is known.</summary>
    public required string Thread { get; init; }

    /// <summary>The list it came from.</summary>
    public required string List { get; init; }

    /// <summary>Address of its sender.</summary>
    public required string Author { get; init; }

    public required string Subject { get; init; }

    public required DateTimeOffset Date { get; init; }

    public required DateTimeOffset SeenAt { get; init; }

    /// <summary>True for a patch or a cover letter.</summary>
    public required bool IsPatch { get; init; }

    /// <summary>True if the bot wrote it.</summary>
    public required bool IsOwn { get; init; }

    /// <summary>The mail.</summary>
    public required byte[] Raw { get; init; }
}

/// <summary>A series.</summary>
public sealed record SeriesRecord
{
    /// <summary>Its number in the store; 0 for one that is not there yet.</summary>
    public long Id { get; init; }

    /// <summary>What it is known by, however its mails come in: thread, sender, version, length.</summary>
    public required string Key { get; init; }

    /// <summary>What its versions have in common: the key of the first one.</summary>
    public string Lineage { get; init; } = "";

    public required string Thread { get; init; }

    public required string List { get; init; }

    /// <summary>Address of its sender.</summary>
    public required string Author { get; init; }

    public required string AuthorName { get; init; }

    public required string Title { get; init; }

    public required int Revision { get; init; }

    public required int Total { get; init; }

    /// <summary>When it was sent.</summary>
    public required DateTimeOffset Date { get; init; }

    public required DateTimeOffset SeenAt { get; init; }

    public required SeriesState State { get; init; }

    /// <summary>Why it is in that state: lower case, no full stop; may be empty.</summary>
    public required string Note { get; init; }

    /// <summary>What it was applied to.</summary>
    public string Base { get; init; } = "";

    /// <summary>Version, architecture and configuration of the kernel.</summary>
    public string Kernel { get; init; } = "";

    /// <summary>The program that reviewed it.</summary>
    public string Tool { get; init; } = "";

    public DateTimeOffset? ReviewedAt { get; init; }

    /// <summary>How often a worker took it.</summary>
    public int Attempts { get; init; }

    /// <summary>Its patches by number; number 0 is the cover letter if there is one.</summary>
    public ImmutableArray<PatchRecord> Patches { get; init; } = [];
}

/// <summary>A patch of a series.</summary>
/// <param name="Number">Its number, from 1; 0 for the cover letter.</param>
/// <param name="MessageId">Its mail.</param>
/// <param name="Title">Its title.</param>
public sealed record PatchRecord(int Number, string MessageId, string Title);

/// <summary>What was found in a series, and what the bot does with it.</summary>
public sealed record FindingRecord
{
    public long SeriesId { get; init; }

    /// <summary>Its place among the findings of the series, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The patch that introduces it, from 1.</summary>
    public required int Patch { get; init; }

    /// <summary>What it is known by in all versions.</summary>
    public required string Fingerprint { get; init; }

    public required string Rule { get; init; }

    public required string RuleId { get; init; }

    public required string Category { get; init; }

    public required string Severity { get; init; }

    public required string Path { get; init; }

    public required int Line { get; init; }

    public required string Function { get; init; }

    public required string Message { get; init; }

    /// <summary><c>confirmed</c>, <c>refuted</c> or <c>none</c>.</summary>
    public required string Witness { get; init; }

    /// <summary>The part of the letter about it, in Markdown.</summary>
    public required string Section { get; init; }

    /// <summary><c>say</c>: it is in a message; <c>silent</c>: it is not.</summary>
    public required string Decision { get; init; }

    /// <summary>Why it is silent; empty otherwise.</summary>
    public required string Reason { get; init; }
}

/// <summary>Something that leaves the bot.</summary>
public sealed record OutboxRecord
{
    public long Id { get; init; }

    /// <summary>The id that it has from the start, without brackets; a check has a key of the same form.</summary>
    public required string MessageId { get; init; }

    public required long SeriesId { get; init; }

    public required MessageKind Kind { get; init; }

    /// <summary>The patch that it is about; 0 if it is about none.</summary>
    public required int Patch { get; init; }

    /// <summary>The id of the mail that it answers.</summary>
    public required string Answers { get; init; }

    public required string List { get; init; }

    /// <summary>Address of the person to whom it goes.</summary>
    public required string Person { get; init; }

    /// <summary><c>drafts</c>, <c>author</c> or <c>all</c>.</summary>
    public required string Route { get; init; }

    public required MessageState State { get; init; }

    /// <summary>Why it is in that state.</summary>
    public required string Reason { get; init; }

    public required string Subject { get; init; }

    /// <summary>The addresses to which it goes.</summary>
    public required ImmutableArray<string> Recipients { get; init; }

    /// <summary>The message as it would be sent now.</summary>
    public required byte[] Mail { get; init; }

    /// <summary>True if a person took the draft and wants it sent.</summary>
    public bool IsAdopted { get; init; }

    /// <summary>Where it was handed to; empty before.</summary>
    public string Sender { get; init; } = "";

    /// <summary>It is not handed over before.</summary>
    public required DateTimeOffset NotBefore { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ChangedAt { get; init; }

    public DateTimeOffset? HandedAt { get; init; }

    public int Attempts { get; init; }
}

/// <summary>What a person said about a finding.</summary>
/// <param name="MessageId">The mail in which it was said.</param>
/// <param name="Fingerprint">The finding.</param>
/// <param name="Rule">Its rule.</param>
/// <param name="SeriesId">The series.</param>
/// <param name="Person">Who said it.</param>
/// <param name="Kind"><c>wrong</c> or <c>known</c>.</param>
/// <param name="Reason">Why, in that person's words.</param>
/// <param name="At">When.</param>
public sealed record VerdictRecord(string MessageId, string Fingerprint, string Rule, long SeriesId, string Person, string Kind, string Reason, DateTimeOffset At);

/// <summary>Who or what is not to be written to.</summary>
/// <param name="Scope"><c>thread</c>, <c>person</c> or <c>list</c>.</param>
/// <param name="Value">The thread, the address.</param>
/// <param name="Person">Who wanted it.</param>
/// <param name="At">When.</param>
public sealed record MuteRecord(string Scope, string Value, string Person, DateTimeOffset At);

/// <summary>How reading a source goes.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Position">Up to where it was read.</param>
/// <param name="CheckedAt">When it was looked at last.</param>
/// <param name="Failures">How often in a row that failed.</param>
/// <param name="Problem">Why; null if it did not.</param>
public sealed record SourceRecord(string Name, string Position, DateTimeOffset CheckedAt, int Failures, string? Problem);

/// <summary>A mail that was left out.</summary>
/// <param name="Source">The source that it is in.</param>
/// <param name="Digest">A digest of its bytes.</param>
/// <param name="Sender">Who wrote it, as far as that can be read.</param>
/// <param name="Subject">Its subject, as far as that can be read.</param>
/// <param name="Reason">Why: lower case, no full stop.</param>
/// <param name="SeenAt">When it was seen.</param>
public sealed record LeftOutRecord(string Source, string Digest, string Sender, string Subject, string Reason, DateTimeOffset SeenAt);

/// <summary>How a rule does.</summary>
/// <param name="Rule">Its name.</param>
/// <param name="Said">Findings of it that left the bot, drafts included.</param>
/// <param name="Wrong">Findings of it that somebody called wrong.</param>
/// <param name="Known">Findings of it that somebody knew already.</param>
/// <param name="CountedWrong">Those called wrong that still count.</param>
public sealed record RuleRecord(string Rule, int Said, int Wrong, int Known, int CountedWrong);
