using Review.Cli.Check;
using Review.Patches.Series;

namespace Review.Cli.Patch;

/// <summary>What <c>mmreview patch</c> was asked to do.</summary>
internal sealed record PatchOptions
{
    /// <summary>A mailbox, a mail, a folder, an archive, an archive page, or <c>-</c>.</summary>
    public required string Mail { get; init; }

    /// <summary>A mail of the series that is meant; null for the newest one.</summary>
    public string? MessageId { get; init; }

    /// <summary>Kernel, architectures, configuration and rules, as for a check; files and revision are not used.</summary>
    public required CheckOptions Check { get; init; }

    /// <summary>The revision that the series is for; null to find it.</summary>
    public string? Base { get; init; }

    /// <summary>The base in the repository, if somebody found it already; null to use <see cref="Base"/>.</summary>
    public FoundBase? Found { get; init; }

    /// <summary>True to show what was there before as well.</summary>
    public bool ShowOld { get; init; }

    /// <summary>Where somebody wants to look.</summary>
    public ReviewScope Scope { get; init; } = ReviewScope.Parse("mm/");

    /// <summary>How long one series may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The cache to use; null for the person's own.</summary>
    public string? CacheFolder { get; init; }
}
