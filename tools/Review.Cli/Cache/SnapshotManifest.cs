using Review.Cli.Trees;
using Review.Core.Source;

namespace Review.Cli.Cache;

/// <summary>Which files a snapshot consists of: path inside the tree to the id of the blob.</summary>
internal static class SnapshotManifest
{
    // Links to directories can nest; in Linux they do so once (scripts/dtc/include-prefixes).
    private const int DeepestLink = 4;

    // All of Linux has fewer than 100,000 files; more are the work of links that multiply each other.
    private const int MostFiles = 500_000;

    /// <summary>Lists the files under some directories (or single files) of a commit, in ordinal order of their paths.</summary>
    public static SortedDictionary<string, string> Of(GitTree tree, IReadOnlyList<string> prefixes)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var prefix in prefixes)
        {
            Follow(tree, prefix.TrimEnd('/'), prefix.TrimEnd('/'), files, 0);
        }

        return files;
    }

    private static void Add(GitTree tree, string shown, string real, GitEntry entry, SortedDictionary<string, string> files, int links)
    {
        switch (entry.Kind)
        {
            case NodeKind.File when files.Count >= MostFiles:
                throw new SourceTreeException(shown, $"more than {MostFiles} files in the directories to read");
            case NodeKind.File when tree.BlobSize(entry.Id) <= LinkedTree.SizeLimit:
                files[shown] = entry.Id;
                break;
            case NodeKind.Directory:
                foreach (var child in tree.Entries(real))
                {
                    if (!TreePath.IsName(child.Name))
                    {
                        throw new SourceTreeException(TreePath.Join(shown, child.Name), "the commit holds a file name that no kernel tree has");
                    }

                    Add(tree, TreePath.Join(shown, child.Name), TreePath.Join(real, child.Name), child, files, links);
                }

                break;
            case NodeKind.Link when links < DeepestLink:
                Follow(tree, real, shown, files, links + 1);
                break;
            default:
                break;
        }
    }

    private static void Follow(GitTree tree, string path, string shown, SortedDictionary<string, string> files, int links)
    {
        string real;
        NodeKind kind;
        try
        {
            (real, kind) = tree.Follow(path);
        }
        catch (SourceTreeException) when (links > 0)
        {
            // A link out of the tree: what it names is not part of the kernel.
            return;
        }

        if (kind is NodeKind.File or NodeKind.Directory)
        {
            Add(tree, shown, real, new GitEntry(shown, kind, tree.IdOf(real)!), files, links);
        }
    }
}
