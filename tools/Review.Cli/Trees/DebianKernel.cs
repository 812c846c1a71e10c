using System.Formats.Tar;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Review.Cli.Cache;

namespace Review.Cli.Trees;

/// <summary>
/// Debian's linux-source package as a kernel tree under git: what memory management is compiled from, and the Kconfig and make
/// files of the rest. The commit has a fixed author and date, so its id depends on the package's content alone.
/// </summary>
internal sealed class DebianKernel(CacheDirectory cache, string package)
{
    /// <summary>Counts up when other files are unpacked than before.</summary>
    private const int Selection = 2;

    private static readonly string[] WholeFolders =
    [
        "arch/arm64/", "arch/x86/", "block/", "certs/", "crypto/", "fs/", "include/", "init/", "io_uring/", "ipc/", "kernel/", "lib/",
        "mm/", "scripts/", "security/", "tools/include/uapi/asm-generic/", "tools/perf/trace/beauty/", "tools/testing/selftests/mm/", "tools/testing/selftests/vm/", "usr/", "virt/",
    ];

    private static readonly string[] BuildFiles = ["Kconfig", "Makefile", "Kbuild"];

    /// <summary>Headers that every architecture gives to user space: values of advice differ there. Their copies for tools, too.</summary>
    private const string HeadersForUsers = "/include/uapi/asm/";

    private string Damaged => $"the kernel source package {package} is damaged";

    private string Reinstall => $"run: apt-get install --reinstall {Stem}";

    /// <summary>Where the tree is, once it is unpacked.</summary>
    public string Folder
    {
        get
        {
            var file = new FileInfo(package);
            var version = string.Create(CultureInfo.InvariantCulture, $"{file.Length} {file.LastWriteTimeUtc.Ticks} {Selection}");
            return cache.At("kernels", $"{Stem}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(version)))[..12]}");
        }
    }

    private string Stem => Path.GetFileName(package)[..^".tar.xz".Length];

    /// <summary>The folder of the tree; unpacks the package if that was not done yet. Two processes at once unpack it once.</summary>
    public string Prepare(Action<string> progress, CancellationToken cancellation)
    {
        var folder = Folder;
        if (Directory.Exists(folder))
        {
            return folder;
        }

        using var _ = cache.Lock(Path.GetFileName(folder), cancellation);
        cache.MakeFolder(folder, scratch =>
        {
            progress($"unpacking {package} into the cache (once; takes about a quarter of a minute)");
            Unpack(scratch, cancellation);
            KernelTree.Check(new WorkTree(scratch), package);
            progress("putting it under git");
            Commit(scratch, Stem, cancellation);
        });
        return folder;
    }

    /// <summary>True if a file of the sources, by its path inside the tree, is unpacked.</summary>
    public static bool IsNeeded(string path)
    {
        if (path.StartsWith("arch/arm64/boot/dts/", StringComparison.Ordinal) && path.EndsWith(".dtsi", StringComparison.Ordinal))
        {
            return false;
        }

        var name = path[(path.LastIndexOf('/') + 1)..];
        return !path.Contains('/', StringComparison.Ordinal)
            || WholeFolders.Any(folder => path.StartsWith(folder, StringComparison.Ordinal))
            || ((path.StartsWith("arch/", StringComparison.Ordinal) || path.StartsWith("tools/arch/", StringComparison.Ordinal)) && path.Contains(HeadersForUsers, StringComparison.Ordinal))
            || BuildFiles.Any(build => name.StartsWith(build, StringComparison.Ordinal));
    }

    private void Unpack(string folder, CancellationToken cancellation)
    {
        using var xz = ExternalProgram.Start("xz", ["-dc", "--", package], cancellation);
        try
        {
            Extract(xz.Output, folder, cancellation);
        }
        catch (Exception broken) when (broken is EndOfStreamException or InvalidDataException)
        {
            // xz ended early; why, it says itself.
            cancellation.ThrowIfCancellationRequested();
            xz.Finish(Damaged, Reinstall);
            throw new UserError(Damaged, Reinstall);
        }

        xz.Finish(Damaged, Reinstall);
    }

    private static void Extract(Stream archive, string folder, CancellationToken cancellation)
    {
        using var tar = new TarReader(new BufferedStream(archive, 1 << 20), leaveOpen: true);
        while (tar.GetNextEntry() is { } entry)
        {
            cancellation.ThrowIfCancellationRequested();

            // Everything in the package lies in one folder named like the package.
            var path = entry.Name[(entry.Name.IndexOf('/', StringComparison.Ordinal) + 1)..];
            var isFile = entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.SymbolicLink;
            if (!isFile || TreePath.Trouble(path) != null || !IsNeeded(path))
            {
                continue;
            }

            var target = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            if (entry.EntryType == TarEntryType.SymbolicLink)
            {
                File.CreateSymbolicLink(target, entry.LinkName);
            }
            else
            {
                entry.ExtractToFile(target, overwrite: false);
            }
        }
    }

    private static void Commit(string folder, string message, CancellationToken cancellation)
    {
        // Streaming every file straight into one pack is faster than writing thousands of object files.
        string[] options = ["-c", "core.bigFileThreshold=1", "-c", "core.compression=1", "-c", "gc.auto=0", "-c", "core.autocrlf=false"];
        string[][] steps =
        [
            ["init", "--quiet", "--template=", "--initial-branch=main", "."],
            [.. options, "add", "--all", "--force", "."],
            [.. options, "commit", "--quiet", "--no-verify", "--no-gpg-sign", "--message", message],
        ];
        foreach (var step in steps)
        {
            using var git = ExternalProgram.Start("git", step, cancellation, folder, new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["GIT_CONFIG_GLOBAL"] = "/dev/null",
                ["GIT_CONFIG_NOSYSTEM"] = "1",
                ["GIT_AUTHOR_NAME"] = "mmreview",
                ["GIT_AUTHOR_EMAIL"] = "mmreview@localhost",
                ["GIT_AUTHOR_DATE"] = "2000-01-01T00:00:00Z",
                ["GIT_COMMITTER_NAME"] = "mmreview",
                ["GIT_COMMITTER_EMAIL"] = "mmreview@localhost",
                ["GIT_COMMITTER_DATE"] = "2000-01-01T00:00:00Z",
            });
            git.Finish("git could not store the kernel sources", "check that the cache's disk has room");
        }
    }
}
