using System.Security.Cryptography;
using System.Text;
using Review.Cli.Trees;
using Review.Core.Source;

namespace Review.Cli.Cache;

/// <summary>Keeps sets of generated headers as folders that clang can be pointed to, one folder per content.</summary>
internal sealed class OverlayStore(CacheDirectory cache)
{
    /// <summary>
    /// The absolute path of a folder that holds exactly these files (path inside the folder to text, written as UTF-8). A
    /// folder that is there already is not touched. Throws <see cref="SourceTreeException"/> for a path that would leave it.
    /// </summary>
    public string Write(IReadOnlyDictionary<string, string> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var ordered = files.OrderBy(file => file.Key, StringComparer.Ordinal).ToList();
        foreach (var (path, text) in ordered)
        {
            if (path.Length == 0 || TreePath.Trouble(path) != null)
            {
                throw new SourceTreeException(path, TreePath.Trouble(path) ?? "not the name of a file");
            }

            hash.AppendData(Encoding.UTF8.GetBytes($"{path}\0{text.Length}\0{text}"));
        }

        var folder = cache.At("overlays", Convert.ToHexStringLower(hash.GetHashAndReset())[..32]);
        cache.MakeFolder(folder, scratch =>
        {
            foreach (var (path, text) in ordered)
            {
                var file = Path.Combine(scratch, path);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                File.WriteAllText(file, text);
            }
        });
        cache.Use(folder);
        return folder;
    }
}
