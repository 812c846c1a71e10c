using Review.Cli.Cache;

namespace Review.Cli.Trees;

/// <summary>A kernel tree that was found, and in words where it came from.</summary>
internal sealed record KernelLocation(string Folder, string Origin);

/// <summary>
/// Decides which kernel tree <c>--kernel</c> means. "auto" is the tree around the current folder; else $MMREVIEW_KERNEL; else
/// the newest kernel source package of Debian, unpacked into the cache.
/// </summary>
internal sealed class KernelLocator(
    CacheDirectory cache, string currentFolder, Func<string, string?> environment, string packageFolder = "/usr/src")
{
    /// <summary>The value of <c>--kernel</c> that leaves the choice to the program.</summary>
    public const string Auto = "auto";

    /// <summary>
    /// The tree that a value of <c>--kernel</c> means; throws <see cref="UserError"/> if there is none. May take a quarter of a
    /// minute, once, when Debian's sources have to be unpacked; <paramref name="progress"/> is told.
    /// </summary>
    public KernelLocation Locate(string kernel, Action<string> progress, CancellationToken cancellation)
    {
        if (kernel != Auto)
        {
            return new KernelLocation(Path.GetFullPath(kernel, currentFolder), "given with --kernel");
        }

        if (Chosen() is { } chosen)
        {
            return chosen;
        }

        var package = NewestPackage() ?? throw new UserError(
            "no kernel tree: the current folder is not in one, MMREVIEW_KERNEL is not set, and no linux-source package is installed",
            "name one with --kernel, or run: apt-get install linux-source-6.1");
        return new KernelLocation(
            new DebianKernel(cache, package).Prepare(progress, cancellation), Origin(package));
    }

    /// <summary>The tree that "auto" means, if nothing has to be unpacked for it; null if there is none.</summary>
    public KernelLocation? Find() => Chosen() is { } chosen ? (KernelTree.IsAt(chosen.Folder) ? chosen : null)
        : NewestPackage() is { } package && new DebianKernel(cache, package).Folder is var folder && Directory.Exists(folder) ? new KernelLocation(folder, Origin(package)) : null;

    private static string Origin(string package) => $"Debian's {Path.GetFileName(package)}";

    private KernelLocation? Chosen() => KernelTree.Around(currentFolder) is { } around ? new KernelLocation(around, "the tree around the current folder")
        : environment("MMREVIEW_KERNEL") is { Length: > 0 } named ? new KernelLocation(Path.GetFullPath(named, currentFolder), "named by MMREVIEW_KERNEL") : null;

    private string? NewestPackage() =>
        Directory.Exists(packageFolder)
            ? Directory.EnumerateFiles(packageFolder, "linux-source-*.tar.xz").MaxBy(VersionOf)
            : null;

    // linux-source-6.10.tar.xz is newer than linux-source-6.9.tar.xz.
    private static Version VersionOf(string package)
    {
        var text = Path.GetFileName(package)["linux-source-".Length..^".tar.xz".Length];
        return Version.TryParse(text, out var version) ? version : new Version(0, 0);
    }
}
