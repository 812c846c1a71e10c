using System.Collections.Immutable;

namespace Review.Patches.Diffs;

/// <summary>What kind of file a patch makes; git knows no other permissions.</summary>
public enum FileMode
{
    Regular,
    Executable,
    SymbolicLink,
    Submodule,
}

/// <summary>What one patch does to one file.</summary>
public sealed record FilePatch
{
    /// <summary>Path before; null for a new file.</summary>
    public string? OldPath { get; init; }

    /// <summary>Path after; null for a deleted file.</summary>
    public string? NewPath { get; init; }

    /// <summary>The path that people know the file by.</summary>
    public string Path => NewPath ?? OldPath ?? "";

    /// <summary>True if the old file stays where it was.</summary>
    public bool IsCopy { get; init; }

    /// <summary>True if the path changes, or the file is copied.</summary>
    public bool IsRename => OldPath is not null && NewPath is not null && (IsCopy || OldPath != NewPath);

    /// <summary>True if more than content changes: the file is new, gone, renamed or copied, or gets another mode.</summary>
    public bool ChangesMore => OldPath is null || NewPath is null || IsRename || (OldMode is not null && NewMode is not null && OldMode != NewMode);

    /// <summary>The mode the file should have had; null if the patch does not say.</summary>
    public FileMode? OldMode { get; init; }

    /// <summary>The mode it gets; null if it keeps its own.</summary>
    public FileMode? NewMode { get; init; }

    /// <summary>Digits of the blob id before, as the index line has them; empty if there are none.</summary>
    public string OldId { get; init; } = "";

    /// <summary>Digits of the blob id after.</summary>
    public string NewId { get; init; } = "";

    /// <summary>True if the content is binary, which is not applied.</summary>
    public bool IsBinary { get; init; }

    public ImmutableArray<Hunk> Hunks { get; init; } = [];
}
