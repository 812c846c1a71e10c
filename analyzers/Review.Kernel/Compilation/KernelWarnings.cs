using System.Collections.Immutable;
using Review.Core.Source;
using Review.Kernel.Architectures;
using Review.Kernel.Makefiles;

namespace Review.Kernel.Compilation;

/// <summary>
/// The warning options with which kbuild has clang compile a tree's sources: what the top Makefile, arch/*/Makefile and
/// scripts/Makefile.extrawarn (Makefile.warn since 6.19) put into KBUILD_CFLAGS without <c>W=</c>. No warning is an error to clang here, because a function
/// with an error in it has no tree; <see cref="Errors"/> says which ones stop the kernel's own build.
/// </summary>
public sealed class KernelWarnings
{
    /// <summary>For trees whose makefiles say nothing of warnings; in the order kbuild has them.</summary>
    private static readonly ImmutableArray<string> Usual =
    [
        "-Wall", "-Wundef", "-Werror=implicit-function-declaration", "-Werror=implicit-int", "-Werror=return-type", "-Werror=strict-prototypes",
        "-Wno-format-security", "-Wno-trigraphs", "-Wno-frame-address", "-Wno-address-of-packed-member", "-Wno-gnu", "-Wvla", "-Wno-pointer-sign",
        "-Wimplicit-fallthrough", "-Werror=date-time", "-Werror=incompatible-pointer-types", "-Wno-unused-but-set-variable", "-Wno-unused-const-variable",
        "-Wno-sign-compare",
    ];

    /// <summary>
    /// What is asked for in older kernels too: kbuild does so since 6.8, and code that is reviewed today has to bear it. What kbuild has left to <c>W=1</c>
    /// since 6.9, because newer releases of clang say it of enumerators added on purpose, is asked for in none.
    /// </summary>
    private static readonly ImmutableArray<string> Modern =
        ["-Wmissing-prototypes", "-Wincompatible-pointer-types", "-Wincompatible-function-pointer-types", "-Wno-enum-compare-conditional", "-Wno-enum-enum-conversion"];

    /// <summary>
    /// Warnings of GCC that no release of clang has. kbuild asks the compiler for each whether it knows it; here clang would look for the nearest of its own names, for every
    /// file, before it ignores it.
    /// </summary>
    private static readonly ImmutableHashSet<string> OnlyGcc =
    [
        "alloc-size-larger-than", "dangling-pointer", "designated-init", "maybe-uninitialized", "packed-not-aligned", "restrict", "stringop-overflow", "stringop-overread",
        "stringop-truncation", "zero-length-bounds",
    ];

    private KernelWarnings(ImmutableArray<string> options, ImmutableHashSet<string> errors)
    {
        Options = options;
        Errors = errors;
    }

    /// <summary>The options in kbuild's order; later ones win.</summary>
    public ImmutableArray<string> Options { get; }

    /// <summary>The warnings that are errors in the kernel's build, as clang names them: <c>-Wreturn-type</c>.</summary>
    public ImmutableHashSet<string> Errors { get; }

    /// <summary>Reads the makefiles of a tree.</summary>
    public static KernelWarnings Read(ISourceTree tree, Architecture architecture, KernelConfiguration configuration)
    {
        // Whatever compiler the configuration was made for, here it is clang that gets the options.
        var variables = new MakeVariables(symbol => symbol switch
        {
            "CC_IS_CLANG" => "y",
            "CC_IS_GCC" => null,
            _ => configuration.Value(symbol),
        });

        // As make is when it has started itself the way it wants to be: in the tree, and quiet about directories.
        foreach (var (name, value) in (ReadOnlySpan<(string, string)>)[
            ("sub_make_done", "1"), ("MAKEFLAGS", "--no-print-directory"), ("srctree", "."), ("srcroot", "."), ("ARCH", architecture.Name), ("SRCARCH", architecture.SourceArchitecture)])
        {
            variables.Set(name, value);
        }

        new MakefileReader(new Unconfigured(tree), variables, new ProblemList()).Read("Makefile", KernelVersion.TopMakefile(tree));
        ImmutableArray<string> words = [.. ShellWords.Split($"{variables.Value("KBUILD_CPPFLAGS")} {variables.Value("KBUILD_CFLAGS")}").Where(IsAboutWarnings)];
        return From(words.Contains("-Wall") ? [.. words, .. Modern] : Usual);
    }

    /// <summary>The same with what the makefiles above one source add.</summary>
    public KernelWarnings With(FileFlags flags)
    {
        ArgumentNullException.ThrowIfNull(flags);
        return flags.Warnings.IsEmpty ? this : new KernelWarnings([.. Options, .. flags.Warnings.Where(static word => !IsError(word) && !IsOnlyGccs(word))], Errors);
    }

    /// <summary>True for an option about warnings, not one that is handed on to assembler, linker or preprocessor.</summary>
    internal static bool IsAboutWarnings(string word) =>
        word.Length > 2 && word.StartsWith("-W", StringComparison.Ordinal) && !(word[2] is 'a' or 'l' or 'p' && word.Length > 3 && word[3] == ',');

    private static KernelWarnings From(ImmutableArray<string> words)
    {
        const string Error = "-Werror=";
        var errors = words.Where(static word => word.StartsWith(Error, StringComparison.Ordinal)).Select(static word => "-W" + word[Error.Length..]);

        // The stack of a function is known when code is generated, which nobody does here.
        var options = words.Where(static word => !IsError(word) && !word.StartsWith("-Wframe-larger-than", StringComparison.Ordinal))
            .Select(static word => word.StartsWith(Error, StringComparison.Ordinal) ? "-W" + word[Error.Length..] : word)
            .Where(static word => !IsOnlyGccs(word));
        return new KernelWarnings([.. options, "-Wno-unknown-warning-option"], [.. errors]);
    }

    private static bool IsOnlyGccs(string word) => OnlyGcc.Contains(word.StartsWith("-Wno-", StringComparison.Ordinal) ? word["-Wno-".Length..] : word["-W".Length..]);

    private static bool IsError(string word) => word is "-Werror" || word.StartsWith("-Wno-error", StringComparison.Ordinal);

    /// <summary>A tree without the settings of its last build, which the top Makefile includes.</summary>
    private sealed class Unconfigured(ISourceTree tree) : ISourceTree
    {
        public string? Revision => tree.Revision;

        public bool FileExists(string path) => !IsSetting(path) && tree.FileExists(path);

        public byte[]? ReadBytes(string path) => IsSetting(path) ? null : tree.ReadBytes(path);

        public IReadOnlyList<string> List(string directory) => tree.List(directory);

        private static bool IsSetting(string path) => path.StartsWith("include/config/", StringComparison.Ordinal);
    }
}
