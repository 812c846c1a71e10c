namespace Review.Core.Source;

/// <summary>
/// A read-only kernel tree: a work tree, or one commit of a git object store. Paths are relative to the
/// tree's root, separated by <c>/</c>, and never leave the tree: implementations refuse <c>..</c> and
/// symbolic links whose target lies outside.
/// </summary>
public interface ISourceTree
{
    /// <summary>The commit this tree was read from, or null for a work tree.</summary>
    string? Revision { get; }

    /// <summary>True if <paramref name="path"/> names a regular file (or a link to one inside the tree).</summary>
    bool FileExists(string path);

    /// <summary>
    /// The file's bytes, or null if there is no such file. Links inside the tree are followed.
    /// Throws <see cref="SourceTreeException"/> for a link that leaves the tree and for a file over the size limit.
    /// </summary>
    byte[]? ReadBytes(string path);

    /// <summary>The entries of a directory in ordinal order; names of directories end in <c>/</c>. Empty if there is no such directory.</summary>
    IReadOnlyList<string> List(string directory);
}

/// <summary>A file of a tree cannot be handed out: it is too large, or a link that leaves the tree.</summary>
public sealed class SourceTreeException(string path, string reason) : Exception($"{path}: {reason}")
{
    /// <summary>The path inside the tree.</summary>
    public string Path { get; } = path;

    /// <summary>What is wrong with the file, without its path.</summary>
    public string Reason { get; } = reason;
}
