using System.Collections.Immutable;
using Review.Cli.Check;

namespace Review.Cli.Patch;

/// <summary>What <c>mmreview patch</c> was asked to do.</summary>
internal sealed record PatchOptions
{
    /// <summary>A mailbox, a mail, a folder, an archive page, or <c>-</c>.</summary>
    public required string Mail { get; init; }

    /// <summary>Kernel, architectures, configuration and rules, as for a check; files and revision are not used.</summary>
    public required CheckOptions Check { get; init; }

    /// <summary>The revision that the series is for; null to find it.</summary>
    public string? Base { get; init; }

    /// <summary>True to show what was there before as well.</summary>
    public bool ShowOld { get; init; }

    /// <summary>Directories whose files are looked at, each with a slash at its end.</summary>
    public ImmutableArray<string> Paths { get; init; } = ["mm/"];

    /// <summary>How long one series may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>True if a changed file lies where somebody wants to look.</summary>
    public bool IsInScope(string path) => Paths.Any(directory => path.StartsWith(directory, StringComparison.Ordinal));
}
