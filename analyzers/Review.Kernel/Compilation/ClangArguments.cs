using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Review.Core.Source;
using Review.Kernel.Architectures;
using Review.Kernel.Makefiles;

namespace Review.Kernel.Compilation;

/// <summary>
/// The clang arguments for the sources of a tree: what decides the meaning of the source, in the order kbuild has it; no
/// options that only change generated code, and none about warnings.
/// </summary>
public sealed partial class ClangArguments
{
    private static readonly ImmutableArray<string> Forced =
        ["include/linux/compiler-version.h", "include/linux/kconfig.h", "include/linux/compiler_types.h"];

    private readonly Architecture architecture;
    private readonly Kbuild kbuild;
    private readonly ImmutableArray<string> forced;
    private readonly ImmutableArray<string> options;

    /// <summary>Prepares the arguments for a tree; throws <see cref="KernelTreeException"/> if it is no kernel tree.</summary>
    public ClangArguments(ISourceTree tree, Architecture architecture, KernelConfiguration configuration, Kbuild kbuild)
    {
        this.architecture = architecture;
        this.kbuild = kbuild;
        forced = [.. Forced.Where(tree.FileExists)];
        options =
        [
            "-D__KERNEL__", "-std=gnu11", "-fshort-wchar",
            .. UnsignedChar().IsMatch(KernelVersion.TopMakefile(tree)) ? (string[])["-funsigned-char"] : [],
            "-fms-extensions", "-fno-strict-aliasing", "-fno-strict-overflow", "-fno-common", "-fno-PIE", "-fno-asynchronous-unwind-tables",
            "-fno-delete-null-pointer-checks",
            .. architecture.CompilerOptions(configuration),
            "-O2", "-fno-stack-protector",
        ];
    }

    /// <summary>No warnings at all, for analyses that only want the syntax tree. Never combine it with another warning option: it silences even errors made of warnings.</summary>
    public static ImmutableArray<string> NoWarnings { get; } = ["-w"];

    /// <summary>Clang's default warnings without those that kernel headers cause by the dozen; the first three are kbuild's own.</summary>
    public static ImmutableArray<string> DefaultWarnings { get; } =
        ["-Wno-gnu", "-Wno-pointer-sign", "-Wno-address-of-packed-member", "-Wno-microsoft-anon-tag"];

    /// <summary>The arguments for a source, without the source itself, with generated headers in an overlay.</summary>
    /// <param name="file">The source inside the tree, for example <c>mm/madvise.c</c>.</param>
    /// <param name="treeRoot">Where the tree's files are found by the compiler.</param>
    /// <param name="overlayRoot">Where <see cref="Headers.GeneratedHeaders.Files"/> are found by the compiler.</param>
    public ImmutableArray<string> For(string file, string treeRoot, string overlayRoot) => For(file, treeRoot, HeaderRoots.Overlay(overlayRoot));

    /// <summary>The arguments for a source, without the source itself.</summary>
    /// <param name="file">The source inside the tree, for example <c>mm/madvise.c</c>.</param>
    /// <param name="treeRoot">Where the tree's files are found by the compiler.</param>
    /// <param name="headers">Where generated headers are found by the compiler.</param>
    /// <param name="precompiled">A precompiled header that was made with <see cref="ForHeader"/> and takes the place of the headers that every source gets; null for none.</param>
    public ImmutableArray<string> For(string file, string treeRoot, HeaderRoots headers, string? precompiled = null)
    {
        var flags = kbuild.FlagsOf(file);
        return
        [
            .. Directories(treeRoot, headers),
            .. precompiled is null ? Includes(treeRoot) : (string[])["-include-pch", precompiled],
            .. options,
            .. flags.IncludeDirectories.Select(directory => $"-I{treeRoot}/{directory}"),
            .. flags.Macros,
            .. Names(file, treeRoot),
            "-ferror-limit=0",
        ];
    }

    /// <summary>The arguments for a header that is compiled once for many sources: what they have in common.</summary>
    /// <param name="treeRoot">Where the tree's files are found by the compiler.</param>
    /// <param name="headers">Where generated headers are found by the compiler.</param>
    public ImmutableArray<string> ForHeader(string treeRoot, HeaderRoots headers) => [.. Directories(treeRoot, headers), .. Includes(treeRoot), .. options, "-ferror-limit=0"];

    /// <summary>True if the makefiles define no macro for a source, so that headers mean to it what they mean to all.</summary>
    public bool SharesHeaders(string file) => kbuild.FlagsOf(file).Macros.IsEmpty;

    /// <summary>The headers that every source gets, whatever it includes.</summary>
    public ImmutableArray<string> ForcedHeaders(string treeRoot) => [.. forced.Select(header => $"{treeRoot}/{header}")];

    private IEnumerable<string> Includes(string treeRoot) => ForcedHeaders(treeRoot).SelectMany(static header => (string[])["-include", header]);

    private ImmutableArray<string> Directories(string treeRoot, HeaderRoots headers)
    {
        var arguments = ImmutableArray.CreateBuilder<string>();
        arguments.AddRange($"--target={architecture.Target}", "-nostdinc");
        arguments.AddRange(
            $"-I{headers.Arch}",
            $"-I{treeRoot}/{architecture.Directory}/include",
            $"-I{headers.Include}",
            $"-I{treeRoot}/include",
            $"-I{headers.ArchUapi}",
            $"-I{treeRoot}/{architecture.Directory}/include/uapi",
            $"-I{headers.IncludeUapi}",
            $"-I{treeRoot}/include/uapi");
        return arguments.ToImmutable();
    }

    /// <summary>What kbuild tells every source about itself; characters that no C name has become <c>_</c>.</summary>
    private static ImmutableArray<string> Names(string file, string treeRoot)
    {
        var directory = SourceTreeReading.DirectoryOf(file);
        var stem = NotInNames().Replace(Path.GetFileNameWithoutExtension(file), "_");
        return
        [
            directory.Length == 0 ? $"-I{treeRoot}" : $"-I{treeRoot}/{directory}",
            $"-DKBUILD_MODFILE=\"{SourceTreeReading.Join(directory, stem)}\"",
            $"-DKBUILD_BASENAME=\"{stem}\"",
            $"-DKBUILD_MODNAME=\"{stem}\"",
            $"-D__KBUILD_MODNAME=kmod_{stem}",
        ];
    }

    // Linux builds with unsigned char on every architecture since 6.2.
    [GeneratedRegex(@"^KBUILD_CFLAGS[ \t]*[+:]?=.*-funsigned-char\b", RegexOptions.Multiline)]
    private static partial Regex UnsignedChar();

    [GeneratedRegex("[^A-Za-z0-9_]")]
    private static partial Regex NotInNames();
}
