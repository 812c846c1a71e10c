using Review.Core.Source;

namespace Review.Cli.Trees;

/// <summary>Tells a kernel tree from any other.</summary>
internal static class KernelTree
{
    /// <summary>True if a folder on disk looks like the top of a kernel tree with memory management in it.</summary>
    public static bool IsAt(string folder) =>
        File.Exists(Path.Combine(folder, "Kconfig"))
        && File.Exists(Path.Combine(folder, "Makefile"))
        && File.Exists(Path.Combine(folder, "mm", "madvise.c"));

    /// <summary>The nearest folder from one upwards that is a kernel tree; null if there is none.</summary>
    public static string? Around(string? folder)
    {
        for (var here = folder; here != null; here = Path.GetDirectoryName(here))
        {
            if (IsAt(here))
            {
                return here;
            }
        }

        return null;
    }

    /// <summary>Throws <see cref="UserError"/> if the tree lacks what every kernel tree has.</summary>
    public static void Check(ISourceTree tree, string shownName)
    {
        var missing = !tree.FileExists("Kconfig") ? "Kconfig"
            : !tree.FileExists("Makefile") ? "Makefile"
            : tree.List("mm").Count == 0 ? "mm/"
            : null;
        if (missing != null)
        {
            throw new UserError($"not a kernel tree: {shownName} has no {missing}", "name the top folder of a Linux source tree with --kernel");
        }
    }
}
