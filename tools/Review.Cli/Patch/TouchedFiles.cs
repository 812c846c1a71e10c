using System.Collections.Immutable;
using System.Text;
using Review.Kernel.Makefiles;
using Review.Patches.Diffs;

namespace Review.Cli.Patch;

/// <summary>Which files have to be compiled to see what a series does: those it touches, and for a header a few that include it.</summary>
internal static class TouchedFiles
{
    /// <summary>Files that include a touched header and are looked at, those that are touched themselves counted in.</summary>
    private const int MaximumIncluding = 3;

    /// <summary>The C files in ordinal order.</summary>
    /// <param name="trees">The base and the tree after each patch.</param>
    /// <param name="isInScope">Where somebody wants to look.</param>
    /// <param name="builds">What is compiled.</param>
    public static ImmutableArray<string> Find(ImmutableArray<PatchedTree> trees, Func<string, bool> isInScope, IReadOnlyCollection<Kbuild> builds)
    {
        var touched = trees.SelectMany(static tree => tree.Changed.Keys).Distinct(StringComparer.Ordinal).ToList();
        var files = new SortedSet<string>(touched.Where(static path => path.EndsWith(".c", StringComparison.Ordinal)).Where(isInScope), StringComparer.Ordinal);
        foreach (var header in touched.Where(static path => path.EndsWith(".h", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            var marks = Marks(header);
            var found = files.Count(file => Includes(trees[^1], file, marks));
            foreach (var file in Neighbours(header, isInScope, builds))
            {
                if (found >= MaximumIncluding)
                {
                    break;
                }

                if (!files.Contains(file) && Includes(trees[^1], file, marks))
                {
                    _ = files.Add(file);
                    found++;
                }
            }
        }

        return [.. files];
    }

    /// <summary>Where includers are looked for: beside the header, and the two files that the program was made for.</summary>
    private static IEnumerable<string> Neighbours(string header, Func<string, bool> isInScope, IReadOnlyCollection<Kbuild> builds)
    {
        var directory = Path.GetDirectoryName(header) ?? "";
        var beside = isInScope(header) ? builds.SelectMany(build => build.Selected(directory)).Distinct(StringComparer.Ordinal) : [];
        return ((string[])["mm/madvise.c", "mm/gup.c"]).Where(isInScope).Concat(beside).Distinct(StringComparer.Ordinal);
    }

    /// <summary>The ways in which a header is named in an include.</summary>
    private static ImmutableArray<byte[]> Marks(string header)
    {
        var name = Path.GetFileName(header);
        var include = header.IndexOf("include/", StringComparison.Ordinal);
        return include >= 0 ? [Encoding.UTF8.GetBytes($"<{header[(include + 8)..]}>")] : [Encoding.UTF8.GetBytes($"\"{name}\""), Encoding.UTF8.GetBytes($"/{name}\"")];
    }

    private static bool Includes(PatchedTree tree, string file, ImmutableArray<byte[]> marks) =>
        tree.FileExists(file) && tree.ReadBytes(file) is { } bytes && marks.Any(mark => bytes.AsSpan().IndexOf(mark) >= 0);
}
