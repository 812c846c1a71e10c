using System.Collections.Immutable;
using Review.Core.Source;

namespace Review.Patches.Diffs;

/// <summary>
/// A tree with patches on it, in memory. Nothing is written anywhere; every patch gives a new tree, and the old one stays as it was.
/// </summary>
public sealed class PatchedTree : ISourceTree
{
    private readonly ISourceTree below;
    private readonly ImmutableSortedDictionary<string, byte[]?> changed;

    private PatchedTree(ISourceTree below, ImmutableSortedDictionary<string, byte[]?> changed) => (this.below, this.changed) = (below, changed);

    /// <summary>A tree without any patch.</summary>
    public static PatchedTree Of(ISourceTree tree) => new(tree, ImmutableSortedDictionary.Create<string, byte[]?>(StringComparer.Ordinal));

    /// <summary>The files that differ from the tree below, by path; null for those that are gone.</summary>
    public IReadOnlyDictionary<string, byte[]?> Changed => changed;

    /// <summary>The changed files that others may include: all but C sources.</summary>
    public ImmutableSortedDictionary<string, byte[]> ChangedHeaders =>
        changed.Where(static file => file.Value is not null && !file.Key.EndsWith(".c", StringComparison.Ordinal)).ToImmutableSortedDictionary(static file => file.Key, static file => file.Value!, StringComparer.Ordinal);

    public string? Revision => below.Revision;

    public bool FileExists(string path) => changed.TryGetValue(path, out var bytes) ? bytes is not null : below.FileExists(path);

    public byte[]? ReadBytes(string path) => changed.TryGetValue(path, out var bytes) ? bytes : below.ReadBytes(path);

    public IReadOnlyList<string> List(string directory)
    {
        var prefix = directory.Length == 0 ? "" : directory.TrimEnd('/') + "/";
        var names = new SortedSet<string>(below.List(directory), StringComparer.Ordinal);
        foreach (var (path, bytes) in changed.Where(file => file.Key.StartsWith(prefix, StringComparison.Ordinal)))
        {
            var rest = path[prefix.Length..];
            var slash = rest.IndexOf('/', StringComparison.Ordinal);
            if (slash >= 0)
            {
                _ = names.Add(rest[..(slash + 1)]);
            }
            else
            {
                _ = bytes is null ? names.Remove(rest) : names.Add(rest);
            }
        }

        return [.. names];
    }

    /// <summary>The tree with other contents of some files; null for a file that is gone.</summary>
    public PatchedTree With(IEnumerable<KeyValuePair<string, byte[]?>> files) => new(below, changed.SetItems(files));

    /// <summary>The tree after a patch: all of it or none.</summary>
    /// <param name="files">What the patch does, in order.</param>
    /// <param name="offsets">Hears of every hunk that was found away from where it says: file, hunk from 1, lines.</param>
    /// <param name="ignoresBlanks">True to overlook differences in white space, as <c>git apply --ignore-whitespace</c> does.</param>
    /// <exception cref="PatchException">It does not apply, or is of a kind that is not applied.</exception>
    public PatchedTree Apply(IEnumerable<FilePatch> files, Action<string, int, int>? offsets = null, bool ignoresBlanks = false)
    {
        var result = changed.ToBuilder();
        var budget = DiffLimits.Comparisons;
        foreach (var file in files)
        {
            Apply(new PatchedTree(below, result.ToImmutable()), file, result, ref budget, offsets, ignoresBlanks);
        }

        return result.Values.Sum(static bytes => (long)(bytes?.Length ?? 0)) <= DiffLimits.TotalBytes
            ? new PatchedTree(below, result.ToImmutable())
            : throw new PatchException(null, 0, $"the changed files have more than {DiffLimits.TotalBytes >> 20} MB together");
    }

    private static void Apply(PatchedTree tree, FilePatch file, ImmutableSortedDictionary<string, byte[]?>.Builder result, ref long budget, Action<string, int, int>? offsets, bool ignoresBlanks)
    {
        if (file.OldMode is FileMode.SymbolicLink or FileMode.Submodule || file.NewMode is FileMode.SymbolicLink or FileMode.Submodule)
        {
            throw new PatchException(file.Path, 0, "symbolic links and submodules are not applied");
        }

        if (file.IsBinary)
        {
            throw new PatchException(file.Path, 0, "binary changes are not applied");
        }

        var (oldPath, newPath) = Sides(tree, file);
        if (newPath is not null && newPath != oldPath && tree.FileExists(newPath))
        {
            throw new PatchException(newPath, 0, "it exists already");
        }

        var text = new FileText(oldPath is null ? [] : tree.Existing(oldPath));
        for (var i = 0; i < file.Hunks.Length; i++)
        {
            if (text.Apply(file.Hunks[i], ref budget, ignoresBlanks) is not { } offset)
            {
                throw new PatchException(file.Path, i + 1, "does not apply: its lines do not stand in the file like this");
            }

            if (budget < 0)
            {
                throw new PatchException(file.Path, i + 1, "the search for its place was given up");
            }

            if (offset != 0)
            {
                offsets?.Invoke(file.Path, i + 1, offset);
            }
        }

        var bytes = text.ToBytes();
        if (newPath is null && bytes.Length > 0)
        {
            throw new PatchException(file.Path, 0, "it is deleted, but something of it would be left");
        }

        if (bytes.Length > DiffLimits.FileBytes)
        {
            throw new PatchException(file.Path, 0, $"it would have more than {DiffLimits.FileBytes >> 20} MB");
        }

        if (oldPath is not null && oldPath != newPath && !file.IsCopy)
        {
            result[oldPath] = null;
        }

        if (newPath is not null)
        {
            result[newPath] = bytes;
        }
    }

    /// <summary>Where the file is before and after. A diff without git's lines may make or delete a file without saying so.</summary>
    private static (string? Old, string? New) Sides(PatchedTree tree, FilePatch file)
    {
        if (file.OldPath is not null && !tree.FileExists(file.OldPath))
        {
            throw new PatchException(file.OldPath, 0, "there is no such file");
        }

        return (file.OldPath, file.NewPath);
    }

    private byte[] Existing(string path)
    {
        try
        {
            return ReadBytes(path) ?? throw new PatchException(path, 0, "there is no such file");
        }
        catch (SourceTreeException trouble)
        {
            throw new PatchException(path, 0, trouble.Reason);
        }
    }
}
