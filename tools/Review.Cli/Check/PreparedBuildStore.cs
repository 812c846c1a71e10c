using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
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
    // An entry of another shape, which another build of the program wrote, is no entry.
    private static readonly JsonSerializerOptions Strict = new() { RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true };

    /// <summary>The stored build, or null if there is none or a file it was made from has changed.</summary>
    /// <param name="origin">What it is made from apart from the tree's files: tree, architecture, configuration.</param>
    /// <param name="workTree">The root of the work tree; null for a commit.</param>
    public PreparedBuild? Find(string origin, string? workTree)
    {
        try
        {
            var entry = JsonSerializer.Deserialize<Entry>(File.ReadAllBytes(FileOf(origin)), Strict);
            return entry is not null && Directory.Exists(entry.Overlay) && (workTree is null || Array.TrueForAll(entry.Inputs, input => FileStamp.Of(Path.Combine(workTree, input.Path)) == input.Stamp))
                ? new PreparedBuild(entry.Settings, entry.Overlay, [.. entry.Notes])
                : null;
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Stores a build with the files of the work tree that it was made from.</summary>
    public void Store(string origin, string? workTree, IEnumerable<string> inputs, PreparedBuild build)
    {
        var stamps = workTree is null ? [] : inputs.Select(path => new Input(path, FileStamp.Of(Path.Combine(workTree, path)))).ToArray();
        cache.WriteFile(FileOf(origin), JsonSerializer.SerializeToUtf8Bytes(new Entry(build.Settings, build.Overlay, [.. build.Notes], stamps)));
    }

    private string FileOf(string origin) =>
        cache.At("builds", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(version + '\n' + origin)))[..32] + ".json");

    private sealed record Entry(string Settings, string Overlay, string[] Notes, Input[] Inputs);

    private sealed record Input(string Path, string Stamp);
}
