using System.Text;
using LibGit2Sharp;
using Review.Core.Source;

namespace Review.Cli.Trees;

/// <summary>An entry of a git directory; <paramref name="Id"/> is the hexadecimal id of the blob or tree.</summary>
internal readonly record struct GitEntry(string Name, NodeKind Kind, string Id);

/// <summary>
/// One commit of a repository, bare or with a work tree, read from its object store; nothing is checked out. Safe for
/// several threads: the one repository handle is used by one at a time.
/// </summary>
internal sealed class GitTree : LinkedTree, IDisposable
{
    // The longest link target that Linux accepts, PATH_MAX in include/uapi/linux/limits.h.
    private const long LongestTarget = 4096;

    private readonly Lock gate = new();
    private readonly Repository repository;
    private readonly string rootId;
    private readonly Dictionary<string, Dictionary<string, GitEntry>> directories = new(StringComparer.Ordinal);

    private GitTree(Repository repository, Commit commit)
    {
        this.repository = repository;
        Revision = commit.Sha;
        rootId = commit.Tree.Sha;
        directories[string.Empty] = Load(commit.Tree);
    }

    /// <summary>The full id of the commit.</summary>
    public override string? Revision { get; }

    /// <summary>
    /// Opens a revision, anything that gitrevisions(7) describes, of the repository at a folder: its work tree or a bare repository.
    /// Throws <see cref="UserError"/> if there is no such folder, repository or revision, or if it is no kernel.
    /// </summary>
    public static GitTree Open(string folder, string revision)
    {
        var opened = GitLibrary.Open(folder);
        try
        {
            var tree = new GitTree(opened, Find(opened, folder, revision));
            KernelTree.Check(tree, $"{folder} at {revision}");
            return tree;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <summary>The id of the tree or blob at a path, links followed; null if there is nothing.</summary>
    public string? IdOf(string path)
    {
        var (real, kind) = Follow(path);
        return kind == NodeKind.Missing ? null : real.Length == 0 ? rootId : Entry(real)?.Id;
    }

    /// <summary>
    /// The entries of a directory in ordinal order with their ids; links are not followed, and names that no kernel tree
    /// has are left in. Empty if there is no such directory.
    /// </summary>
    public IReadOnlyList<GitEntry> Entries(string directory) =>
        Entries(directory, out var entries) ? [.. entries.Values.OrderBy(e => e.Name, StringComparer.Ordinal)] : [];

    /// <summary>Size in bytes of a blob.</summary>
    public long BlobSize(string id)
    {
        lock (gate)
        {
            return repository.ObjectDatabase.RetrieveObjectMetadata(new ObjectId(id)).Size;
        }
    }

    /// <summary>The bytes of a blob, without any filter of the repository's configuration.</summary>
    public byte[] Blob(string id)
    {
        lock (gate)
        {
            var blob = repository.Lookup<Blob>(new ObjectId(id));
            using var content = blob.GetContentStream();
            var bytes = new byte[blob.Size];
            content.ReadExactly(bytes);
            return bytes;
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            repository.Dispose();
        }
    }

    protected override NodeKind Look(string path) => Entry(path)?.Kind ?? NodeKind.Missing;

    protected override string Target(string path)
    {
        var id = Entry(path)!.Value.Id;
        return BlobSize(id) <= LongestTarget
            ? Encoding.UTF8.GetString(Blob(id))
            : throw new SourceTreeException(path, "the target of the symbolic link is too long");
    }

    protected override long Size(string path) => BlobSize(Entry(path)!.Value.Id);

    protected override byte[] Read(string path) => Blob(Entry(path)!.Value.Id);

    protected override IEnumerable<string> Names(string directory) => Entries(directory, out var entries) ? entries.Keys : [];

    private static Commit Find(Repository repository, string folder, string revision)
    {
        const string Cure = "give a commit, tag or branch of that repository with --rev ('git log' lists commits)";
        try
        {
            // A revision that git would take for an option, or a range, is no single revision.
            return (revision.StartsWith('-') ? null : repository.Lookup<Commit>(revision + "^{commit}"))
                ?? throw new UserError($"unknown revision '{revision}' in {folder}", Cure);
        }
        catch (AmbiguousSpecificationException)
        {
            throw new UserError($"revision '{revision}' in {folder} is ambiguous", "give more digits of the commit's id");
        }
        catch (LibGit2SharpException)
        {
            throw new UserError($"unknown revision '{revision}' in {folder}", Cure);
        }
    }

    private GitEntry? Entry(string path)
    {
        var slash = path.LastIndexOf('/');
        return Entries(slash < 0 ? string.Empty : path[..slash], out var entries) && entries.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(path.AsSpan(slash + 1), out var entry)
            ? entry
            : null;
    }

    private bool Entries(string directory, out Dictionary<string, GitEntry> entries)
    {
        lock (gate)
        {
            if (directories.TryGetValue(directory, out entries!))
            {
                return true;
            }

            if (Entry(directory) is not { Kind: NodeKind.Directory } found)
            {
                return false;
            }

            entries = Load(repository.Lookup<Tree>(new ObjectId(found.Id)));
            directories.Add(directory, entries);
            return true;
        }
    }

    private static Dictionary<string, GitEntry> Load(Tree tree)
    {
        var entries = new Dictionary<string, GitEntry>(StringComparer.Ordinal);
        foreach (var entry in tree)
        {
            var kind = entry.Mode switch
            {
                Mode.Directory => NodeKind.Directory,
                Mode.SymbolicLink => NodeKind.Link,
                Mode.GitLink => NodeKind.Other,
                _ => NodeKind.File,
            };
            entries[entry.Name] = new GitEntry(entry.Name, kind, entry.Target.Sha);
        }

        return entries;
    }
}
