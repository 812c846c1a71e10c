using System.Collections.Immutable;
using Review.Cli.Cache;
using Review.Cli.Trees;
using Review.Core.Source;
using Review.Kernel.Architectures;

namespace Review.Cli.Check;

/// <summary>
/// A kernel tree to check: what is read through <see cref="Tree"/>, and where clang finds the same files on disk. For a commit that is
/// a snapshot in the cache; nothing is checked out.
/// </summary>
internal sealed class KernelSource : IDisposable
{
    private readonly CacheDirectory cache;
    private readonly GitTree? commit;

    private KernelSource(CacheDirectory cache, ISourceTree tree, string? root, GitTree? commit)
    {
        this.cache = cache;
        this.commit = commit;
        Tree = tree;
        WorkTreeRoot = root;
        Contents = new ContentIds(tree, commit, root);
    }

    public ISourceTree Tree { get; }

    /// <summary>The folder of a work tree; null for a commit.</summary>
    public string? WorkTreeRoot { get; }

    /// <summary>What its files contain.</summary>
    public ContentIds Contents { get; }

    /// <summary>What a commit's files depend on: the id of its tree; for a work tree, its folder.</summary>
    public string Identity => commit?.IdOf("") ?? WorkTreeRoot!;

    /// <summary>Opens a folder, or a revision of the repository there.</summary>
    public static KernelSource Open(CacheDirectory cache, string folder, string? revision)
    {
        if (revision is null)
        {
            if (Directory.Exists(folder) && !KernelTree.IsAt(folder) && IsBare(folder))
            {
                throw new UserError($"{folder} is a bare repository", "name the revision to check: --rev REV");
            }

            var workTree = new WorkTree(folder);
            return new KernelSource(cache, workTree, workTree.Root, null);
        }

        var tree = GitTree.Open(folder, revision);
        return new KernelSource(cache, tree, null, tree);
    }

    /// <summary>The folder where clang finds the headers for an architecture and what lies beside the files to check.</summary>
    public string RootFor(Architecture architecture, IEnumerable<string> files)
    {
        if (commit is null)
        {
            return WorkTreeRoot!;
        }

        ImmutableSortedSet<string> prefixes =
        [
            "include",
            $"{architecture.Directory}/include",
            "kernel",
            .. files.Select(static file => Path.GetDirectoryName(file) ?? "").Where(static directory => directory.Length > 0).SelectMany(directory => Around(commit, directory)),
            .. files.SelectMany(file => Elsewhere(commit, file)),
        ];
        return new SnapshotStore(cache).Materialise(commit, [.. prefixes]).Folder;
    }

    public void Dispose() => commit?.Dispose();

    /// <summary>A directory and the headers above it: sources of mm/damon include ../internal.h.</summary>
    private static IEnumerable<string> Around(GitTree commit, string directory)
    {
        yield return directory;
        for (var above = Path.GetDirectoryName(directory); above is { Length: > 0 }; above = Path.GetDirectoryName(above))
        {
            foreach (var header in commit.List(above).Where(static name => name.EndsWith(".h", StringComparison.Ordinal)))
            {
                yield return $"{above}/{header}";
            }
        }
    }

    /// <summary>The headers of the directories from which a source includes one by a path relative to its own: kernel/fork.c has ../mm/internal.h.</summary>
    private static IEnumerable<string> Elsewhere(GitTree commit, string file)
    {
        foreach (var directory in RelativeIncludes.In(file, commit.ReadBytes(file) ?? []).Select(static header => Path.GetDirectoryName(header) ?? "").Where(static directory => directory.Length > 0).Distinct(StringComparer.Ordinal))
        {
            foreach (var header in commit.List(directory).Where(static name => name.EndsWith(".h", StringComparison.Ordinal)))
            {
                yield return $"{directory}/{header}";
            }
        }
    }

    private static bool IsBare(string folder) => File.Exists(Path.Combine(folder, "HEAD")) && Directory.Exists(Path.Combine(folder, "objects"));
}
