using System.Collections.Immutable;

namespace Review.Patches.Archives;

/// <summary>
/// A place in an archive: the last commit that was read of each of its repositories. Whoever stores its text and comes back later gets what is new; where history was rewritten
/// meanwhile, as an edit or a purge does, everything comes again, so mails have to be known by their <see cref="MailIdentity"/>.
/// </summary>
public sealed record ArchivePosition
{
    private readonly ImmutableSortedDictionary<string, string> commits;

    private ArchivePosition(ImmutableSortedDictionary<string, string> commits) => this.commits = commits;

    /// <summary>Before the first mail.</summary>
    public static ArchivePosition Start { get; } = new(ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal));

    /// <summary>Reads the text of a position; anything else in it is left out, which only makes mails come again.</summary>
    public static ArchivePosition Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new(text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(static pair => pair.Split('='))
            .Where(static pair => pair is [{ Length: > 0 }, { Length: 40 or 64 }])
            .DistinctBy(static pair => pair[0], StringComparer.Ordinal)
            .ToImmutableSortedDictionary(static pair => pair[0], static pair => pair[1], StringComparer.Ordinal));
    }

    /// <summary>The last commit that was read of a repository; null if none was.</summary>
    public string? Of(string repository) => commits.GetValueOrDefault(repository);

    /// <summary>The position with another last commit of one repository.</summary>
    public ArchivePosition With(string repository, string commit) => new(commits.SetItem(repository, commit));

    /// <summary>Its text: one line.</summary>
    public override string ToString() => string.Join(' ', commits.Select(static pair => $"{pair.Key}={pair.Value}"));

    public bool Equals(ArchivePosition? other) => other is not null && ToString() == other.ToString();

    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);
}
