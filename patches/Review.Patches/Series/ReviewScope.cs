using System.Collections.Immutable;

namespace Review.Patches.Series;

/// <summary>
/// Where somebody wants to look. A series that touches nothing there is dismissed on the strength of its text alone, before a repository, a rule or a compiler is asked.
/// </summary>
/// <param name="Directories">Directories, each with a slash at its end.</param>
public sealed record ReviewScope(ImmutableArray<string> Directories)
{
    /// <summary>The scope of a list of directories, <c>mm,kernel/events/</c>.</summary>
    public static ReviewScope Parse(string directories)
    {
        ArgumentNullException.ThrowIfNull(directories);
        return new([.. directories.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(static path => path.TrimEnd('/', '*') + "/")]);
    }

    /// <summary>True if a file lies in one of the directories.</summary>
    public bool Contains(string path) => Directories.Any(directory => path.StartsWith(directory, StringComparison.Ordinal));

    /// <summary>True if a patch may change what is found in the directories, or cannot be read.</summary>
    public bool Concerns(SeriesPatch patch)
    {
        ArgumentNullException.ThrowIfNull(patch);
        return patch.Trouble is not null || patch.Files.Any(file => Reaches(file.Path) || (file.OldPath is { } old && Reaches(old)));
    }

    /// <summary>True if one of the patches concerns the directories.</summary>
    public bool Concerns(PatchSeries series)
    {
        ArgumentNullException.ThrowIfNull(series);
        return series.Patches.Any(Concerns);
    }

    public override string ToString() => string.Join(", ", Directories);

    /// <summary>A header that other directories can include reaches as far as they do.</summary>
    private bool Reaches(string path) =>
        Contains(path) || (path.EndsWith(".h", StringComparison.Ordinal) && (path.StartsWith("include/", StringComparison.Ordinal) || path.Contains("/include/", StringComparison.Ordinal)));
}
