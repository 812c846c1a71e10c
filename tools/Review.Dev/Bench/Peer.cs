using System.Collections.Immutable;

namespace Review.Dev.Bench;

/// <summary>A file that all tools look at, with the flags that kbuild would give clang for it.</summary>
/// <param name="Path">File inside the tree.</param>
/// <param name="Root">Absolute path of the tree.</param>
/// <param name="Flags">Arguments for clang, without the file.</param>
internal sealed record BenchFile(string Path, string Root, ImmutableArray<string> Flags)
{
    public string AbsolutePath => System.IO.Path.Combine(Root, Path);
}

/// <summary>Another tool, and how it is run on one file.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Program">The program on PATH.</param>
/// <param name="Package">Debian's package; empty for one that Debian does not have.</param>
/// <param name="Commands">The arguments of each run that it takes.</param>
internal sealed record Peer(string Name, string Program, string Package, Func<BenchFile, IEnumerable<ImmutableArray<string>>> Commands)
{
    /// <summary>The yardstick: clang that reads the file and does nothing else.</summary>
    public static Peer Yardstick { get; } = new("clang -fsyntax-only", "clang-19", "clang-19", static file => [["-fsyntax-only", "-w", .. file.Flags, file.AbsolutePath]]);

    /// <summary>clang that follows paths, the peer that does most of what we do.</summary>
    public static Peer Analyzer { get; } = new("clang --analyze", "clang-19", "clang-19", static file => [["--analyze", "--analyzer-output", "text", .. Warning(file), file.AbsolutePath]]);

    /// <summary>The tools that look for defects.</summary>
    public static ImmutableArray<Peer> All { get; } =
    [
        Analyzer,
        new("clang-tidy bugprone, clang-analyzer", "clang-tidy-19", "clang-tidy-19", static file => [["--quiet", "--checks=-*,bugprone-*,clang-analyzer-*", file.AbsolutePath, "--", .. Warning(file)]]),
        new("clang-tidy linuxkernel, concurrency", "clang-tidy-19", "clang-tidy-19", static file => [["--quiet", "--checks=-*,linuxkernel-*,concurrency-*", file.AbsolutePath, "--", .. Warning(file)]]),
        new("sparse", "sparse", "sparse", static file => [[.. Portable(file), file.AbsolutePath]]),
        new("smatch without database", "smatch", "", static file => [["-p=kernel", "--no-data", .. Portable(file), file.AbsolutePath]]),
        new("cppcheck without includes", "cppcheck", "cppcheck", static file => [["--quiet", "--enable=warning", "--template={file}:{line}:{column}: {severity}: {message} [{id}]", file.AbsolutePath]]),
        new("coccinelle locks/*.cocci", "spatch", "coccinelle", static file => Directory.EnumerateFiles(System.IO.Path.Combine(file.Root, "scripts/coccinelle/locks"), "*.cocci").Order(StringComparer.Ordinal)
            .Select(script => (ImmutableArray<string>)["--very-quiet", "--no-includes", "-D", "report", "--sp-file", script, file.AbsolutePath])),
    ];

    private static IEnumerable<string> Warning(BenchFile file) => file.Flags.Where(static flag => flag != "-w");

    /// <summary>What tools that are not clang understand of the flags.</summary>
    private static IEnumerable<string> Portable(BenchFile file)
    {
        for (var i = 0; i < file.Flags.Length; i++)
        {
            var flag = file.Flags[i];
            if (flag is "-include" or "-I")
            {
                yield return flag;
                yield return file.Flags[++i];
            }
            else if (flag.StartsWith("-D", StringComparison.Ordinal) || flag.StartsWith("-I", StringComparison.Ordinal) || flag.StartsWith("-std", StringComparison.Ordinal) || flag is "-nostdinc" or "-m64")
            {
                yield return flag;
            }
        }
    }
}
