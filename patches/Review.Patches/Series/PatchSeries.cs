using System.Collections.Immutable;
using Review.Patches.Mail;

namespace Review.Patches.Series;

/// <summary>The patches that one person sent together, in order.</summary>
public sealed record PatchSeries
{
    /// <summary>Its version, from 1.</summary>
    public int Revision { get; init; } = 1;

    /// <summary>How many patches it says it has.</summary>
    public int Total { get; init; }

    /// <summary>True for a request for comments.</summary>
    public bool IsRfc { get; init; }

    /// <summary>True if it says that it was sent before.</summary>
    public bool IsResend { get; init; }

    /// <summary>The cover letter; null if there is none.</summary>
    public MailMessage? Cover { get; init; }

    /// <summary>The patches that are there, by number.</summary>
    public ImmutableArray<SeriesPatch> Patches { get; init; } = [];

    /// <summary>Numbers for which there are several different mails.</summary>
    public ImmutableArray<int> Ambiguous { get; init; } = [];

    /// <summary>Numbers for which there is no mail.</summary>
    public ImmutableArray<int> Missing { get; init; } = [];

    /// <summary>The title of the cover letter, or of the first patch.</summary>
    public string Title => Cover is not null ? Cover.Info.Subject : Patches.IsEmpty ? "" : Patches[0].Title;

    /// <summary>When the first of its mails was sent.</summary>
    public DateTimeOffset? Date => Patches.Select(static patch => patch.Mail?.Date).Append(Cover?.Date).Where(static date => date is not null).Min();

    /// <summary>The commit that it says it is based on: digits as they stand in the mail; null if it does not say.</summary>
    public string? BaseCommit => Patches.Select(static patch => patch.Mail).Prepend(Cover).Where(static mail => mail is not null)
        .Select(static mail => SeriesTrailers.BaseCommit(mail!.Info.Body)).FirstOrDefault(static id => id is not null);

    /// <summary>Why it cannot be reviewed as a whole: lower case, no full stop; null if it can.</summary>
    public string? Trouble =>
        !Ambiguous.IsEmpty ? $"there are several different mails for {Numbers(Ambiguous)}; which one counts is not known"
        : !Missing.IsEmpty ? $"{Numbers(Missing)} {(Missing.Length == 1 ? "is" : "are")} missing"
        : null;

    private string Numbers(ImmutableArray<int> numbers) =>
        "patch " + string.Join(", ", numbers.Take(8)) + (numbers.Length > 8 ? " and others" : "") + $" of {Total}";
}
