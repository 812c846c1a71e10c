using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Review.Cli.Cache;

namespace Review.Cli.Check;

/// <summary>The configuration of a tree and its generated headers, once made.</summary>
/// <param name="Settings">The configuration as lines of a .config.</param>
/// <param name="Overlay">Folder of the generated headers.</param>
/// <param name="Notes">What in the tree could not be used as written, for people.</param>
internal sealed record PreparedBuild(string Settings, string Overlay, ImmutableArray<string> Notes);

/// <summary>
/// Keeps configurations and generated headers from one run to the next. For a commit the key is the id of its tree. For a work tree the entry
/// names every file it was made from with size and time of change, and is made anew when one differs.
/// </summary>
internal sealed class PreparedBuildStore(CacheDirectory cache, string version)
{
    /// <summary>The stored build, or null if there is none or a file it was made from has changed.</summary>
    /// <param name="origin">What it is made from apart from the tree's files: tree, architecture, configuration.</param>
    /// <param name="workTree">The root of the work tree; null for a commit.</param>
    public PreparedBuild? Find(string origin, string? workTree)
    {
        try
        {
            using var entry = new EntryReader(File.ReadAllBytes(FileOf(origin)));
            var build = new PreparedBuild(entry.ReadString(), entry.ReadString(), entry.ReadAll(entry.ReadString));
            if (!Directory.Exists(build.Overlay) || (workTree is not null && !StampedFiles.AreCurrent(entry, workTree)))
            {
                return null;
            }

            cache.Use(FileOf(origin));
            cache.Use(build.Overlay);
            return build;
        }
        catch (Exception trouble) when (EntryReader.IsDamage(trouble))
        {
            return null;
        }
    }

    /// <summary>Stores a build with the files of the work tree that it was made from.</summary>
    public void Store(string origin, string? workTree, IReadOnlyCollection<string> inputs, PreparedBuild build)
    {
        using var entry = new EntryWriter();
        entry.Write(build.Settings);
        entry.Write(build.Overlay);
        entry.WriteAll(build.Notes, entry.Write);
        if (workTree is not null)
        {
            StampedFiles.Write(entry, inputs, workTree);
        }

        cache.WriteFile(FileOf(origin), entry.Bytes);
    }

    private string FileOf(string origin) =>
        cache.At("builds", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(version + '\n' + origin)))[..32]);
}
