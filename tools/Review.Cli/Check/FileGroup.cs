using System.Collections.Immutable;

namespace Review.Cli.Check;

/// <summary>
/// Files that see through each other's functions: those of one directory that are checked together. Which files these are depends on nothing but the paths, so that it
/// is the same on every machine that has a share in a check; and a tree of any size is looked at a piece at a time.
/// </summary>
/// <param name="Name">The directory; a part of a large one has a number.</param>
/// <param name="Files">The paths in ordinal order.</param>
internal sealed record FileGroup(string Name, ImmutableArray<string> Files)
{
    /// <summary>Files of a group: all their trees are in memory at once. mm/ of Linux 6.18 has 110.</summary>
    private const int Maximum = 160;

    /// <summary>The groups of some files, in ordinal order of their directories.</summary>
    /// <param name="files">Paths in ordinal order.</param>
    public static ImmutableArray<FileGroup> Of(IEnumerable<string> files) =>
        [.. files.GroupBy(static file => Path.GetDirectoryName(file) ?? "", StringComparer.Ordinal).OrderBy(static directory => directory.Key, StringComparer.Ordinal).SelectMany(static directory => Split(directory.Key, [.. directory]))];

    /// <summary>The groups in portions that are analysed one after the other: enough files to keep all processors busy, and no more groups than that takes.</summary>
    public static IEnumerable<List<FileGroup>> Portions(IEnumerable<FileGroup> groups)
    {
        const int Enough = 48;
        var portion = new List<FileGroup>();
        foreach (var group in groups)
        {
            portion.Add(group);
            if (portion.Sum(static one => one.Files.Length) >= Enough)
            {
                yield return portion;
                portion = [];
            }
        }

        if (portion.Count > 0)
        {
            yield return portion;
        }
    }

    private static IEnumerable<FileGroup> Split(string directory, ImmutableArray<string> files)
    {
        var parts = (files.Length + Maximum - 1) / Maximum;
        return parts == 1
            ? [new FileGroup(directory, files)]
            : Enumerable.Range(1, parts).Select(part => new FileGroup($"{directory} {part}/{parts}", new Shard(part, parts).Of(files)));
    }
}
