using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Review.Cli.Trees;

namespace Review.Cli.Cache;

/// <summary>
/// A part of one commit as files on disk. <paramref name="Files"/> counts all of them, <paramref name="NewBlobs"/> those that
/// no earlier snapshot had; both are 0 if the whole snapshot was there already.
/// </summary>
internal sealed record Snapshot(string Folder, int Files, int NewBlobs);

/// <summary>
/// Writes what clang has to open out of a commit: some directories as real ones. The content of each file is kept once by its
/// git object id and hard-linked into every snapshot that has it, so a further revision costs only what changed. Within one
/// snapshot no two files share an inode, because clang takes files with the same inode for the same file.
/// </summary>
internal sealed class SnapshotStore(CacheDirectory cache)
{
    private const UnixFileMode ReadOnly = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>
    /// The snapshot of some directories or files of a commit, made unless it is there. Links are replaced by copies of what they
    /// lead to; links that lead nowhere or out of the tree, submodules and files over <see cref="LinkedTree.SizeLimit"/> are left out.
    /// Throws <see cref="Review.Core.Source.SourceTreeException"/> for a hostile name.
    /// </summary>
    public Snapshot Materialise(GitTree tree, IReadOnlyList<string> prefixes)
    {
        var asked = string.Join('\0', prefixes.Order(StringComparer.Ordinal));
        var known = cache.At("snapshots", "known", Hash($"{tree.IdOf(string.Empty)}\0{asked}"));
        if (File.Exists(known))
        {
            var earlier = cache.At("snapshots", File.ReadAllText(known));
            if (Directory.Exists(earlier))
            {
                cache.Use(known);
                cache.Use(earlier);
                return new Snapshot(earlier, 0, 0);
            }
        }

        var manifest = SnapshotManifest.Of(tree, prefixes);
        var name = Hash(string.Concat(manifest.Select(static file => $"{file.Key}\0{file.Value}\0")));
        var folder = cache.At("snapshots", name);
        var newBlobs = 0;
        var made = cache.MakeFolder(folder, scratch => newBlobs = Fill(scratch, tree, manifest));
        cache.WriteFile(known, Encoding.ASCII.GetBytes(name));
        cache.Use(folder);
        return made ? new Snapshot(folder, manifest.Count, newBlobs) : new Snapshot(folder, 0, 0);
    }

    /// <summary>Removes the blobs that no snapshot has any more.</summary>
    /// <param name="cache">The cache.</param>
    /// <param name="before">A blob that is younger may be about to get its first snapshot.</param>
    public static void ForgetBlobs(CacheDirectory cache, DateTime before)
    {
        foreach (var blob in Directory.EnumerateFiles(cache.At("blobs"), "*", SearchOption.AllDirectories).Where(blob => PosixFile.LinkCount(blob) == 1 && File.GetLastWriteTimeUtc(blob) < before))
        {
            try
            {
                File.Delete(blob);
            }
            catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
            {
                // A cache of somebody else.
            }
        }
    }

    private int Fill(string folder, GitTree tree, SortedDictionary<string, string> manifest)
    {
        var newBlobs = 0;
        var directory = string.Empty;
        var uses = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (path, id) in manifest)
        {
            var file = folder + "/" + path;
            if (Path.GetDirectoryName(file)! is var parent && parent != directory)
            {
                directory = parent;
                Directory.CreateDirectory(directory);
            }

            var use = uses.GetValueOrDefault(id);
            uses[id] = use + 1;
            newBlobs += Place(tree, id, use, file) ? 1 : 0;
        }

        return newBlobs;
    }

    /// <summary>
    /// Puts a blob at a file. The n-th file of a snapshot with the same content gets the n-th stored copy of the blob, hence an
    /// inode of its own. True if the copy had to be stored.
    /// </summary>
    private bool Place(GitTree tree, string id, int use, string file)
    {
        var stored = cache.At("blobs", id[..2], use == 0 ? id[2..] : id[2..] + "." + use.ToString(CultureInfo.InvariantCulture));
        if (PosixFile.TryLink(stored, file))
        {
            return false;
        }

        // Not stored yet, or the file system allows no further link to it: then a new copy takes its place.
        cache.WriteFile(stored, tree.Blob(id), ReadOnly);
        if (!PosixFile.TryLink(stored, file))
        {
            File.Copy(stored, file);
        }

        return true;
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32];
}
