namespace Review.Patches.Diffs;

/// <summary>What a patch may cost.</summary>
public static class DiffLimits
{
    /// <summary>Files of one patch.</summary>
    public const int Files = 5_000;

    /// <summary>Hunks of one patch.</summary>
    public const int Hunks = 200_000;

    /// <summary>Bytes that a file may have after a patch.</summary>
    public const int FileBytes = 32 << 20;

    /// <summary>Bytes that all files changed by a series may have together.</summary>
    public const long TotalBytes = 256L << 20;

    /// <summary>Lines that may be compared while hunks are looked for away from where they say; more is an attack.</summary>
    public const long Comparisons = 50_000_000;
}
