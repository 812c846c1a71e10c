using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using Review.Core.Source;
using Review.Kernel.Architectures;

namespace Review.Kernel.Makefiles;

/// <summary>
/// What kbuild would compile under a configuration, and with which flags from the makefiles. Immutable to the outside; safe
/// to use from several threads.
/// </summary>
public sealed class Kbuild
{
    private readonly ISourceTree tree;
    private readonly Architecture architecture;
    private readonly KbuildTree makefiles;
    private readonly SelectionReasons reasons;

    /// <summary>Looks at a tree's makefiles under a configuration; files are read when they are first needed.</summary>
    public Kbuild(ISourceTree tree, Architecture architecture, KernelConfiguration configuration, KernelVersion version)
    {
        this.tree = tree;
        this.architecture = architecture;
        ImmutableArray<KeyValuePair<string, string>> environment =
        [
            new("srctree", "."),
            new("objtree", "."),
            new("ARCH", architecture.Name),
            new("SRCARCH", architecture.SourceArchitecture),
            new("UTS_MACHINE", architecture.Machine),
            new("BITS", "64"),
            new("VERSION", version.Major.ToString(CultureInfo.InvariantCulture)),
            new("PATCHLEVEL", version.Patchlevel.ToString(CultureInfo.InvariantCulture)),
        ];
        makefiles = new KbuildTree(tree, environment, configuration.Value, new ConcurrentDictionary<string, (string, string)?>(StringComparer.Ordinal));
        reasons = new SelectionReasons(makefiles, configuration);
    }

    /// <summary>
    /// The .c files at and below a directory (<c>mm</c>) that are compiled, in ordinal order; empty for a directory that is not
    /// entered or does not exist.
    /// </summary>
    public ImmutableArray<string> Selected(string directory) =>
        SourceTreeReading.Resolve("", directory) is { Length: > 0 } path ? [.. makefiles.Sources(path)] : [];

    /// <summary>All .c files of the tree that the kernel and its modules are made of, in ordinal order.</summary>
    public ImmutableArray<string> SelectedEverywhere => [.. TopDirectoriesOf([architecture]).SelectMany(directory => Selected(directory)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>The directories that the top makefile enters for the kernel and its modules under some architectures; not those of tools, samples and documentation.</summary>
    public static IEnumerable<string> TopDirectoriesOf(IEnumerable<Architecture> architectures) =>
        architectures.Select(static architecture => architecture.Directory).Concat(["block", "certs", "crypto", "drivers", "fs", "init", "io_uring", "ipc", "kernel", "lib", "mm", "net", "security", "sound", "virt"]);

    /// <summary>True if a .c file of the tree is compiled on its own.</summary>
    public bool IsSelected(string file) => makefiles.IsCompiled(file);

    /// <summary>
    /// Why a file is not compiled, as a sentence people can act on; null if it is. For example:
    /// <c>mm/nommu.c is not selected by this configuration (mm/Makefile, needs CONFIG_MMU=n)</c>.
    /// </summary>
    public string? WhyNotSelected(string file) =>
        IsSelected(file) ? null
        : !tree.FileExists(file) ? $"{file}: no such file in this tree"
        : !file.EndsWith(".c", StringComparison.Ordinal) ? $"{file} is not compiled on its own: only .c files are"
        : reasons.Explain(file);

    /// <summary>The include directories and macro definitions that the makefiles above a file add to its command line.</summary>
    public FileFlags FlagsOf(string file)
    {
        var chain = new List<KbuildFile>();
        for (var slash = file.IndexOf('/'); slash > 0; slash = file.IndexOf('/', slash + 1))
        {
            if (makefiles.File(file[..slash]) is { } makefile)
            {
                chain.Add(makefile);
            }
        }

        if (chain.Count == 0 || !file.EndsWith(".c", StringComparison.Ordinal))
        {
            return FileFlags.None;
        }

        var owner = makefiles.Owner(file) ?? chain[^1];
        var words = chain.SelectMany(makefile => ShellWords.Split(makefile.InheritedFlags())).Concat(ShellWords.Split(owner.FlagsOf(file)));
        return FileFlags.Parse(owner.Path, words, makefiles.Problems(SourceTreeReading.DirectoryOf(owner.Path)));
    }
}
