using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Review.Cli.Output;
using Review.Kernel.Makefiles;
using Review.Patches.Diffs;

namespace Review.Cli.Patch;

/// <summary>
/// Which files have to be compiled to see what a series does: those it touches, and for a header those that use what the series changes in it. How many of them are looked at is said in the result.
/// </summary>
internal static class TouchedFiles
{
    /// <summary>Files that use a touched header and are looked at besides those that are touched themselves.</summary>
    public const int MaximumUsers = 4;

    /// <summary>The C files in ordinal order, and what is to be said about headers.</summary>
    /// <param name="trees">The base and the tree after each patch.</param>
    /// <param name="isInScope">Where somebody wants to look.</param>
    /// <param name="builds">What is compiled.</param>
    public static (ImmutableArray<string> Files, ImmutableArray<string> Remarks) Find(ImmutableArray<PatchedTree> trees, Func<string, bool> isInScope, IReadOnlyCollection<Kbuild> builds)
    {
        var touched = trees.SelectMany(static tree => tree.Changed.Keys).Distinct(StringComparer.Ordinal).ToList();
        var files = new SortedSet<string>(touched.Where(static path => path.EndsWith(".c", StringComparison.Ordinal)).Where(isInScope), StringComparer.Ordinal);
        var headers = touched.Where(static path => path.EndsWith(".h", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
        if (headers.Count == 0)
        {
            return ([.. files], []);
        }

        ImmutableArray<string> compiled = [.. Compiled(touched, isInScope, builds).Except(files, StringComparer.Ordinal)];
        var users = Users(trees[^1], HeaderNames.Changed(trees, headers), compiled).ToList();
        files.UnionWith(users.Take(MaximumUsers));
        if (files.Count == 0 && compiled.FirstOrDefault(file => Includes(trees[^1], file, headers)) is { } including)
        {
            // Nobody uses it, but somebody has to read it to see that it compiles.
            _ = files.Add(including);
        }

        return ([.. files], [Remark(headers, users.Count)]);
    }

    private static bool Includes(PatchedTree tree, string file, List<string> headers)
    {
        var text = tree.ReadBytes(file) ?? [];
        return headers.Exists(header => text.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Path.GetFileName(header) + (header.Contains("include/", StringComparison.Ordinal) ? ">" : "\""))) >= 0);
    }

    private static string Remark(List<string> headers, int users)
    {
        var subject = headers.Count == 1 ? headers[0] : string.Create(CultureInfo.InvariantCulture, $"{headers.Count} headers");
        return users > MaximumUsers
            ? string.Create(CultureInfo.InvariantCulture, $"{subject}: of {users} further files that use what is changed there the {MaximumUsers} that use most of it are looked at")
            : $"{subject}: {(users == 0 ? "no further file uses" : $"{Summary.Count(users, "further file")} that {(users == 1 ? "uses" : "use")}")} what is changed there{(users == 0 ? "" : users == 1 ? " is looked at" : " are looked at")}";
    }

    /// <summary>The files that are compiled where somebody looks: in the directories of touched files, and in mm/.</summary>
    private static IEnumerable<string> Compiled(List<string> touched, Func<string, bool> isInScope, IReadOnlyCollection<Kbuild> builds) =>
        touched.Select(static path => Path.GetDirectoryName(path) ?? "").Append("mm").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .SelectMany(directory => builds.SelectMany(build => build.Selected(directory))).Where(isInScope).Distinct(StringComparer.Ordinal);

    /// <summary>The files that mention changed names: those with the rarest names first, since everybody uses struct page.</summary>
    private static IEnumerable<string> Users(PatchedTree tree, ImmutableHashSet<string> names, IEnumerable<string> candidates)
    {
        var mentioned = candidates.Where(tree.FileExists).Select(file => (File: file, Names: HeaderNames.In(tree.ReadBytes(file) ?? []).Intersect(names, StringComparer.Ordinal).ToList())).Where(static one => one.Names.Count > 0).ToList();
        var counts = mentioned.SelectMany(static one => one.Names).GroupBy(static name => name, StringComparer.Ordinal).ToDictionary(static group => group.Key, static group => group.Count(), StringComparer.Ordinal);
        return mentioned.OrderByDescending(one => one.Names.Sum(name => 1.0 / counts[name])).ThenBy(static one => one.File, StringComparer.Ordinal).Select(static one => one.File);
    }
}
