using System.Collections.Immutable;
using Review.Core.Source;

namespace Review.Clang;

/// <summary>One file to parse.</summary>
/// <param name="Text">The file as it is to be read; clang gets these bytes, whatever is on disk.</param>
/// <param name="TreeRoot">Absolute path under which clang finds the tree's headers.</param>
/// <param name="OverlayRoot">Absolute path of generated headers outside the tree, shown as <c>generated/</c>; null if they are in the tree.</param>
/// <param name="Arguments">Arguments for clang, without the file.</param>
public sealed record ParseRequest(SourceText Text, string TreeRoot, string? OverlayRoot, ImmutableArray<string> Arguments)
{
    /// <summary>Keeps clang's warnings; by default only errors are asked for.</summary>
    public bool WithWarnings { get; init; }

    /// <summary>Warnings that are to be shown as errors, e.g. <c>-Wreturn-type</c>, although the code they are about is read all the same.</summary>
    public ImmutableHashSet<string> Errors { get; init; } = [];

    /// <summary>Other files of the tree that clang gets with these bytes, whatever is on disk.</summary>
    public ImmutableArray<SourceText> Others { get; init; } = [];

    /// <summary>The versions of the file that were parsed before; null if nobody will ask again.</summary>
    public UnitHistory? History { get; init; }

    /// <summary>What clang compiles in place of the text, if that says the same: as long as the text, and equal to it wherever somebody looks.</summary>
    internal SourceText? Compiled { get; init; }

    /// <summary>What the tree shares with those of other versions of the file; null if there are none.</summary>
    internal SharedSymbols? Shared { get; init; }

    /// <summary>Hears how long clang took, and then we to read its tree; null if nobody asks.</summary>
    public Action<TimeSpan, TimeSpan>? OnTimes { get; init; }

    /// <summary>Absolute path of the file as clang knows it.</summary>
    public string AbsolutePath => PathOf(Text);

    /// <summary>Absolute path of a file of the tree as clang knows it.</summary>
    public string PathOf(SourceText text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return $"{TreeRoot}/{text.Path}";
    }

    /// <summary>The path of a file as results name it: inside the tree, or <c>generated/...</c>; anything else as it is.</summary>
    public string DisplayPath(string absolute)
    {
        ArgumentNullException.ThrowIfNull(absolute);
        var path = Path.GetFullPath(absolute);
        return OverlayRoot is not null && Below(path, OverlayRoot) is { } generated ? $"generated/{generated}" : Below(path, TreeRoot) ?? path;
    }

    /// <summary>A text of clang's without the folders that depend on the machine.</summary>
    public string WithoutRoots(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var inTree = text.Replace(TreeRoot + "/", "", StringComparison.Ordinal);
        return OverlayRoot is null ? inTree : inTree.Replace(OverlayRoot + "/", "generated/", StringComparison.Ordinal);
    }

    private static string? Below(string path, string root) =>
        path.Length > root.Length + 1 && path.StartsWith(root, StringComparison.Ordinal) && path[root.Length] == '/'
            ? path[(root.Length + 1)..]
            : null;
}
