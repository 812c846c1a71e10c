namespace Review.Patches.Diffs;

/// <summary>A patch that git would not take: it is broken, it touches what no patch may touch, or it does not apply.</summary>
/// <param name="file">The file it is about; null if that is not known.</param>
/// <param name="hunk">Number of the hunk in the file, from 1; 0 if it is not about one.</param>
/// <param name="reason">What is wrong: lower case, no full stop.</param>
public sealed class PatchException(string? file, int hunk, string reason) : Exception(Describe(file, hunk, reason))
{
    /// <summary>The file; null if it is not known.</summary>
    public string? File { get; } = file;

    /// <summary>The hunk, from 1; 0 if it is about none.</summary>
    public int Hunk { get; } = hunk;

    /// <summary>What is wrong, without file and hunk.</summary>
    public string Reason { get; } = reason;

    private static string Describe(string? file, int hunk, string reason) =>
        (file is null ? "" : hunk > 0 ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{file}, hunk {hunk}: ") : $"{file}: ") + reason;
}
