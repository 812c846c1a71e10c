using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Review.Cli.Trees;
using Review.Core.Source;

namespace Review.Cli.Cache;

/// <summary>
/// What the files of a tree contain, as git names it, each looked at once: the same for a commit and for a work tree that has it checked out, so that a result made from
/// the one counts for the other. Safe for several threads.
/// </summary>
/// <param name="tree">The tree.</param>
/// <param name="commit">The same tree if it is a commit; null for a work tree.</param>
/// <param name="folder">Where a work tree lies; null for a commit.</param>
internal sealed class ContentIds(ISourceTree tree, GitTree? commit, string? folder)
{
    private const string Nothing = "-";

    private readonly ConcurrentDictionary<string, string> known = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> stamps = new(StringComparer.Ordinal);

    /// <summary>The id of a file's content; <c>-</c> if there is no such file. For a path that ends in a slash, that of the names of headers and directories in the directory: one more may hide another.</summary>
    public string Of(string path) => known.GetOrAdd(path, static (path, self) => path.EndsWith('/') ? self.OfNames(path[..^1]) : self.OfFile(path), this);

    /// <summary>One id for several paths.</summary>
    public string OfAll(IEnumerable<string> paths) => Digest(paths, "", Of);

    /// <summary>
    /// What tells, without a look into them, that files of a work tree are those that were read before: where it lies, and the <see cref="FileStamp"/> of each. Empty for a commit.
    /// </summary>
    public string StampsOfAll(IEnumerable<string> paths) =>
        folder is null ? "" : Digest(paths, folder, path => stamps.GetOrAdd(path, static (path, folder) => FileStamp.Of(Path.Combine(folder, path)), folder));

    private static string Digest(IEnumerable<string> paths, string begin, Func<string, string> say)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(begin));
        foreach (var path in paths)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{path}\0{say(path)}\n"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));
    }

    private string OfFile(string path)
    {
        try
        {
            return commit is not null ? commit.IdOf(path) ?? Nothing : tree.ReadBytes(path) is { } bytes ? BlobId(bytes) : Nothing;
        }
        catch (SourceTreeException)
        {
            return Nothing;
        }
    }

    private string OfNames(string directory)
    {
        var names = commit is not null ? commit.Entries(directory).Select(static entry => (entry.Name, IsDirectory: entry.Kind == NodeKind.Directory))
            : new DirectoryInfo(Path.Combine(folder!, directory)) is { Exists: true } info ? info.EnumerateFileSystemInfos().Select(static entry => (entry.Name, IsDirectory: entry is DirectoryInfo))
            : [];
        return BlobId(Encoding.UTF8.GetBytes(string.Join('\n', names.Where(static entry => entry.IsDirectory || entry.Name.EndsWith(".h", StringComparison.Ordinal)).Select(static entry => entry.Name).Where(static name => name != ".git").Order(StringComparer.Ordinal))));
    }

    /// <summary>As git hash-object has it.</summary>
    private static string BlobId(ReadOnlySpan<byte> bytes)
    {
#pragma warning disable CA5350 // git's own name for the content, not a protection against anybody.
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
#pragma warning restore CA5350
        hash.AppendData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"blob {bytes.Length}\0")));
        hash.AppendData(bytes);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
