namespace Review.Cli.Patch;

/// <summary>What a series is put on.</summary>
/// <param name="Revision">The revision; null for the files of a work tree.</param>
/// <param name="How">How it was found, for people.</param>
internal sealed record FoundBase(string? Revision, string How);
