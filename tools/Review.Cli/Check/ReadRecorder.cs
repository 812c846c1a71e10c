using System.Collections.Concurrent;
using Review.Core.Source;

namespace Review.Cli.Check;

/// <summary>A tree that remembers which files were asked for, so that a result made from them can be kept until one of them changes.</summary>
internal sealed class ReadRecorder(ISourceTree tree) : ISourceTree
{
    private readonly ConcurrentDictionary<string, bool> asked = new(StringComparer.Ordinal);

    public string? Revision => tree.Revision;

    /// <summary>The files and directories that were asked for, in ordinal order; those that do not exist included.</summary>
    public IReadOnlyList<string> Asked => [.. asked.Keys.Order(StringComparer.Ordinal)];

    public bool FileExists(string path)
    {
        asked[path] = true;
        return tree.FileExists(path);
    }

    public byte[]? ReadBytes(string path)
    {
        asked[path] = true;
        return tree.ReadBytes(path);
    }

    public IReadOnlyList<string> List(string directory)
    {
        asked[directory] = true;
        return tree.List(directory);
    }
}
