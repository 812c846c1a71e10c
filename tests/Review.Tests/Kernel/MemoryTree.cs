using System.Text;
using Review.Core.Source;

namespace Review.Tests.Kernel;

/// <summary>A source tree made of texts. A text of null stands for a file that cannot be handed out.</summary>
internal sealed class MemoryTree : ISourceTree
{
    private readonly SortedDictionary<string, byte[]?> files = new(StringComparer.Ordinal);

    public string? Revision => null;

    /// <summary>Adds or replaces a file; returns the tree, for chaining.</summary>
    public MemoryTree With(string path, string? text)
    {
        files[path] = text is null ? null : Encoding.UTF8.GetBytes(text);
        return this;
    }

    public MemoryTree With(string path, byte[] bytes)
    {
        files[path] = bytes;
        return this;
    }

    public bool FileExists(string path) => files.ContainsKey(path);

    public byte[]? ReadBytes(string path) =>
        files.TryGetValue(path, out var bytes) ? bytes ?? throw new SourceTreeException(path, "a link that leaves the tree") : null;

    public IReadOnlyList<string> List(string directory)
    {
        if (files.TryGetValue(directory, out var bytes) && bytes is null)
        {
            throw new SourceTreeException(directory, "a link that leaves the tree");
        }

        var prefix = directory.Length == 0 ? "" : $"{directory}/";
        return [.. files.Keys
            .Where(path => path.StartsWith(prefix, StringComparison.Ordinal))
            .Select(path => path[prefix.Length..])
            .Select(rest => rest.IndexOf('/') is >= 0 and var slash ? rest[..(slash + 1)] : rest)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)];
    }

    /// <summary>A tree with a top Makefile, an empty Kconfig and empty defconfigs: the least that counts as a kernel.</summary>
    public static MemoryTree Kernel(string makefile = "VERSION = 6\nPATCHLEVEL = 1\nSUBLEVEL = 0\nEXTRAVERSION =\n") => new MemoryTree()
        .With("Makefile", makefile)
        .With("Kconfig", "")
        .With("arch/x86/configs/x86_64_defconfig", "")
        .With("arch/arm64/configs/defconfig", "");
}
