using Review.Core.Source;

namespace Review.Cli.Trees;

/// <summary>What a name in a tree stands for, before links are followed.</summary>
internal enum NodeKind
{
    Missing,
    File,
    Directory,
    Link,

    /// <summary>A fifo, a device, a socket or a git submodule: never opened.</summary>
    Other,
}

/// <summary>
/// What work trees and git trees have in common: paths are checked, symbolic links are followed inside the tree and refused
/// when they leave it (as path_resolution(7) walks them), and large files are refused before they are read. So both
/// give the same answers for the same content.
/// </summary>
internal abstract class LinkedTree : ISourceTree
{
    /// <summary>Size in bytes over which a file is not read: 32 MB; the largest file of Linux has 24 MB.</summary>
    public const long SizeLimit = 32L << 20;

    // The number that the kernel allows, MAXSYMLINKS in include/linux/namei.h.
    private const int MaximumLinks = 40;

    public abstract string? Revision { get; }

    public bool FileExists(string path)
    {
        if (TreePath.Trouble(path) != null)
        {
            return false;
        }

        try
        {
            return Walk(path).Kind == NodeKind.File;
        }
        catch (SourceTreeException)
        {
            return false;
        }
    }

    public byte[]? ReadBytes(string path)
    {
        var (real, kind) = Follow(path);
        if (kind is NodeKind.Missing or NodeKind.Directory)
        {
            return null;
        }

        if (kind != NodeKind.File)
        {
            throw new SourceTreeException(path, "not a regular file");
        }

        var size = Size(real);
        return size <= SizeLimit
            ? Read(real)
            : throw new SourceTreeException(path, $"has {size >> 20} MB; files over {SizeLimit >> 20} MB are not read");
    }

    public IReadOnlyList<string> List(string directory)
    {
        var (real, kind) = Follow(directory);
        if (kind != NodeKind.Directory)
        {
            return [];
        }

        var entries = new List<string>();
        foreach (var name in Names(real).Where(static name => TreePath.IsName(name)))
        {
            entries.Add(IsDirectory(TreePath.Join(real, name)) ? name + "/" : name);
        }

        entries.Sort(StringComparer.Ordinal);
        return entries;
    }

    /// <summary>
    /// The path without links that <paramref name="path"/> leads to, and what is there. Throws for a link that leaves the
    /// tree, for a loop of links, and for a path that is not one inside a tree.
    /// </summary>
    public (string Path, NodeKind Kind) Follow(string path) =>
        TreePath.Trouble(path) is { } trouble ? throw new SourceTreeException(path, trouble) : Walk(path);

    /// <summary>What stands at a path whose directories are real ones; a link is not followed.</summary>
    protected abstract NodeKind Look(string path);

    /// <summary>The text of the link at a path without links in its directories.</summary>
    protected abstract string Target(string path);

    /// <summary>Size in bytes of the file at a path without links.</summary>
    protected abstract long Size(string path);

    /// <summary>The bytes of the file at a path without links.</summary>
    protected abstract byte[] Read(string path);

    /// <summary>The names in the directory at a path without links, in any order.</summary>
    protected abstract IEnumerable<string> Names(string directory);

    /// <summary>The path inside the tree that an absolute link target means, or null if it lies outside.</summary>
    protected virtual string? Inside(string target) => null;

    private bool IsDirectory(string path)
    {
        try
        {
            return Walk(path).Kind == NodeKind.Directory;
        }
        catch (SourceTreeException)
        {
            return false;
        }
    }

    private (string Path, NodeKind Kind) Walk(string path) => WalkPlain(path) ?? WalkLinks(path);

    /// <summary>The same for a path without links and dots, as nearly all are; null for any other.</summary>
    private (string Path, NodeKind Kind)? WalkPlain(string path)
    {
        var start = 0;
        while (true)
        {
            var end = path.IndexOf('/', start) is >= 0 and var slash ? slash : path.Length;
            if (!TreePath.IsName(path.AsSpan(start, end - start)))
            {
                return null;
            }

            var here = end == path.Length ? path : path[..end];
            var kind = Look(here);
            if (kind == NodeKind.Link)
            {
                return null;
            }

            if (end == path.Length || kind != NodeKind.Directory)
            {
                return (here, end == path.Length ? kind : NodeKind.Missing);
            }

            start = end + 1;
        }
    }

    private (string Path, NodeKind Kind) WalkLinks(string path)
    {
        var ahead = new Stack<string>();
        Push(ahead, path);
        var here = string.Empty;
        var kind = NodeKind.Directory;
        var links = 0;
        while (ahead.TryPop(out var name))
        {
            if (name.Length == 0 || name == ".")
            {
                continue;
            }

            if (kind != NodeKind.Directory)
            {
                return (here, NodeKind.Missing);
            }

            if (name == "..")
            {
                here = here.Length > 0 ? Parent(here) : throw Leaves(path);
                continue;
            }

            var next = TreePath.Join(here, name);
            kind = TreePath.IsName(name) ? Look(next) : NodeKind.Missing;
            if (kind == NodeKind.Missing)
            {
                return (next, kind);
            }

            if (kind != NodeKind.Link)
            {
                here = next;
                continue;
            }

            if (++links > MaximumLinks)
            {
                throw new SourceTreeException(path, "too many levels of symbolic links");
            }

            var target = Target(next);
            if (target.StartsWith('/'))
            {
                target = Inside(target) ?? throw Leaves(path);
                here = string.Empty;
            }

            Push(ahead, target);
            kind = NodeKind.Directory;
        }

        return (here, kind);
    }

    private static void Push(Stack<string> ahead, string path)
    {
        var names = path.Split('/');
        for (var i = names.Length - 1; i >= 0; i--)
        {
            ahead.Push(names[i]);
        }
    }

    private static string Parent(string path) => path.LastIndexOf('/') is var slash and >= 0 ? path[..slash] : string.Empty;

    private static SourceTreeException Leaves(string path) => new(path, "a symbolic link on the way leaves the tree");
}
