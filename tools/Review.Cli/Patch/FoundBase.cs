namespace Review.Cli.Patch;

/// <summary>How certain it is that a series is for a revision; the least certain first.</summary>
internal enum BaseCertainty
{
    /// <summary>Nothing speaks for it.</summary>
    None,

    /// <summary>The series applies.</summary>
    Applies,

    /// <summary>The files have the blobs of its index lines.</summary>
    Blobs,

    /// <summary>It is named: by the series, or by a person.</summary>
    Named,
}

/// <summary>What a series is put on.</summary>
/// <param name="Revision">The revision; null for the files of a work tree.</param>
/// <param name="How">How it was found, for people.</param>
/// <param name="Certainty">How certain that is.</param>
internal sealed record FoundBase(string? Revision, string How, BaseCertainty Certainty);
