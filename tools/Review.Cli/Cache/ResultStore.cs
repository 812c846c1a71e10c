using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Review.Core.Diagnostics;

namespace Review.Cli.Cache;

/// <summary>
/// Keeps what was found in a file from one run to the next. An entry names the files that it was made from beside those of its key, headers mostly, and counts as long as they have the same
/// content; so it also counts for another commit, or another clone, that has them. Files of a work tree whose stamps are those of the last time are not read again for it.
/// </summary>
internal sealed class ResultStore(CacheDirectory cache, ContentIds contents)
{
    /// <summary>The stored result of a file, or null if there is none or something that it was made from has changed.</summary>
    /// <param name="key">Everything that the result depends on apart from the files that clang opens.</param>
    /// <param name="workTree">The root of the work tree; null for a commit.</param>
    /// <param name="tool">What asks.</param>
    /// <param name="kernel">What it looks at.</param>
    public AnalysisResult? Find(string key, string? workTree, ToolInfo tool, KernelInfo kernel)
    {
        try
        {
            var file = FileOf(key);
            using var entry = new EntryReader(File.ReadAllBytes(file));
            var (paths, stamps, ids) = (entry.ReadAll(entry.ReadString), entry.ReadString(), entry.ReadString());
            var isAsStamped = workTree is not null && contents.StampsOfAll(paths) == stamps;
            if (!isAsStamped && contents.OfAll(paths) != ids)
            {
                return null;
            }

            var result = ResultEntry.Read(entry, tool, kernel);
            if (!entry.IsAtEnd)
            {
                return null;
            }

            cache.Use(file);
            if (!isAsStamped && workTree is not null)
            {
                Write(key, workTree, paths, result);
            }

            return result;
        }
        catch (Exception trouble) when (EntryReader.IsDamage(trouble))
        {
            return null;
        }
    }

    /// <summary>Stores the result of a file, unless something was changed while it was made.</summary>
    /// <param name="key">Everything that the result depends on apart from the files that clang opens.</param>
    /// <param name="workTree">The root of the work tree; null for a commit, which nobody changes.</param>
    /// <param name="inputs">The files that it was made from.</param>
    /// <param name="result">What was found in the file.</param>
    public void Store(string key, string? workTree, IEnumerable<string> inputs, AnalysisResult result) =>
        Write(key, workTree, [.. inputs.SelectMany(static path => (string[])[path, (Path.GetDirectoryName(path) ?? "") + "/"]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)], result);

    private void Write(string key, string? workTree, ImmutableArray<string> paths, AnalysisResult result)
    {
        if (workTree is null || !paths.Any(path => FileStamp.IsNewerThan(Path.Combine(workTree, path), cache.Opened)))
        {
            using var entry = new EntryWriter();
            entry.WriteAll(paths, entry.Write);
            entry.Write(contents.StampsOfAll(paths));
            entry.Write(contents.OfAll(paths));
            ResultEntry.Write(entry, result);
            cache.WriteFile(FileOf(key), entry.Bytes);
        }
    }

    private string FileOf(string key) => cache.At("results", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..32]);
}
