using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Review.Core.Diagnostics;

namespace Review.Cli.Cache;

/// <summary>
/// Keeps what was found in a file from one run to the next. An entry names the files that it was made from beside those of its key, headers mostly, and counts as long as they have the same
/// content; so it also counts for another commit, or another clone, that has them.
/// </summary>
internal sealed class ResultStore(CacheDirectory cache, ContentIds contents)
{
    /// <summary>The stored result of a file, or null if there is none or something that it was made from has changed.</summary>
    /// <param name="key">Everything that the result depends on apart from the files that clang opens.</param>
    public AnalysisResult? Find(string key)
    {
        try
        {
            var entry = JsonSerializer.Deserialize(File.ReadAllBytes(FileOf(key)), StoredResultContext.Default.StoredResult);
            return entry is not null && contents.OfAll(entry.Inputs) == entry.Contents ? entry.Result : null;
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Stores the result of a file, unless something was changed while it was made.</summary>
    /// <param name="key">Everything that the result depends on apart from the files that clang opens.</param>
    /// <param name="workTree">The root of the work tree; null for a commit, which nobody changes.</param>
    /// <param name="inputs">The files that it was made from.</param>
    /// <param name="result">What was found in the file.</param>
    public void Store(string key, string? workTree, IEnumerable<string> inputs, AnalysisResult result)
    {
        string[] paths = [.. inputs.SelectMany(static path => (string[])[path, (Path.GetDirectoryName(path) ?? "") + "/"]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (workTree is null || !Array.Exists(paths, path => FileStamp.IsNewerThan(Path.Combine(workTree, path), cache.Opened)))
        {
            cache.WriteFile(FileOf(key), JsonSerializer.SerializeToUtf8Bytes(new StoredResult(paths, contents.OfAll(paths), result), StoredResultContext.Default.StoredResult));
        }
    }

    private string FileOf(string key) => cache.At("results", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..32] + ".json");
}

/// <summary>A result with what it was made from.</summary>
/// <param name="Inputs">Files of the tree, and directories, which end in a slash.</param>
/// <param name="Contents">Their <see cref="ContentIds"/> as one.</param>
/// <param name="Result">What was found.</param>
internal sealed record StoredResult(string[] Inputs, string Contents, AnalysisResult Result);

[JsonSerializable(typeof(StoredResult))]
[JsonSourceGenerationOptions(RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, UseStringEnumConverter = true)]
internal sealed partial class StoredResultContext : JsonSerializerContext;
