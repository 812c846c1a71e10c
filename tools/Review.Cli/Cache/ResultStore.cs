using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Review.Core.Diagnostics;

namespace Review.Cli.Cache;

/// <summary>
/// Keeps results from one run to the next. For a commit the key says everything; for a work tree an entry names the files that clang opened and the
/// directories they are in, and counts until one of them changes.
/// </summary>
internal sealed class ResultStore(CacheDirectory cache)
{
    /// <summary>The stored result of a run, or null if there is none or a file has changed.</summary>
    /// <param name="key">Everything that the run depends on apart from files of the work tree.</param>
    /// <param name="workTree">The root of the work tree; null for a commit.</param>
    public AnalysisResult? Find(string key, string? workTree)
    {
        try
        {
            var entry = JsonSerializer.Deserialize(File.ReadAllBytes(FileOf(key)), StoredResultContext.Default.StoredResult);
            return entry is not null && (workTree is null || Array.TrueForAll(entry.Inputs, input => FileStamp.Of(Path.Combine(workTree, input.Path)) == input.Stamp)) ? entry.Result : null;
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Stores a result, unless a file was changed while it was made.</summary>
    /// <param name="key">Everything that the run depends on apart from files of the work tree.</param>
    /// <param name="workTree">The root of the work tree; null for a commit.</param>
    /// <param name="opened">The files that were read, inside the work tree.</param>
    /// <param name="result">What it found.</param>
    public void Store(string key, string? workTree, IEnumerable<string> opened, AnalysisResult result)
    {
        var paths = workTree is null ? [] : opened.SelectMany(static path => (string[])[path, Path.GetDirectoryName(path) ?? ""]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (workTree is not null && paths.Exists(path => FileStamp.IsNewerThan(Path.Combine(workTree, path), cache.Opened)))
        {
            return;
        }

        StoredInput[] inputs = [.. paths.Select(path => new StoredInput(path, FileStamp.Of(Path.Combine(workTree!, path))))];
        cache.WriteFile(FileOf(key), JsonSerializer.SerializeToUtf8Bytes(new StoredResult(inputs, result), StoredResultContext.Default.StoredResult));
    }

    private string FileOf(string key) => cache.At("results", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..32] + ".json");
}

/// <summary>A result with what it was made from.</summary>
internal sealed record StoredResult(StoredInput[] Inputs, AnalysisResult Result);

/// <summary>A file or directory inside the work tree, and its <see cref="FileStamp"/>.</summary>
internal sealed record StoredInput(string Path, string Stamp);

[JsonSerializable(typeof(StoredResult))]
[JsonSourceGenerationOptions(RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, UseStringEnumConverter = true)]
internal sealed partial class StoredResultContext : JsonSerializerContext;
