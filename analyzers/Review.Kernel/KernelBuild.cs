using System.Collections.Immutable;
using Review.Core.Source;
using Review.Kernel.Architectures;
using Review.Kernel.Compilation;
using Review.Kernel.Headers;
using Review.Kernel.Makefiles;

namespace Review.Kernel;

/// <summary>
/// A kernel tree under one architecture and configuration, as a compilable thing: which files are compiled, with which
/// generated headers and which arguments. Immutable.
/// </summary>
public sealed class KernelBuild
{
    private readonly Lazy<GeneratedHeaders> headers;
    private readonly Lazy<KernelWarnings> warnings;

    private KernelBuild(ISourceTree tree, Architecture architecture, KernelConfiguration configuration)
    {
        Version = KernelVersion.Read(tree);
        Architecture = architecture;
        Configuration = configuration;
        headers = new Lazy<GeneratedHeaders>(() => GeneratedHeaders.Create(tree, architecture, configuration));
        warnings = new Lazy<KernelWarnings>(() => KernelWarnings.Read(tree, architecture, configuration));
        Kbuild = new Kbuild(tree, architecture, configuration, Version);
        Arguments = new ClangArguments(tree, architecture, configuration, Kbuild);
    }

    /// <summary>The tree's version.</summary>
    public KernelVersion Version { get; }

    /// <summary>The architecture the tree is read for.</summary>
    public Architecture Architecture { get; }

    /// <summary>The configuration the tree is read with.</summary>
    public KernelConfiguration Configuration { get; }

    /// <summary>The generated headers, made when first asked for; see there how those that need a compiler are completed.</summary>
    public GeneratedHeaders Headers => headers.Value;

    /// <summary>Which files are compiled.</summary>
    public Kbuild Kbuild { get; }

    /// <summary>The compiler's arguments for each file.</summary>
    public ClangArguments Arguments { get; }

    /// <summary>The warnings that the tree's build asks clang for about a source.</summary>
    public KernelWarnings WarningsFor(string file) => warnings.Value.With(Kbuild.FlagsOf(file));

    /// <summary>What could not be used in configuration and headers.</summary>
    public ImmutableArray<KernelProblem> Problems => [.. Configuration.Problems, .. Headers.Problems];

    /// <summary>
    /// Prepares a tree that was never configured. Throws <see cref="KernelTreeException"/>, with what to do about it, if it is
    /// no kernel tree or lacks what the configuration is made from.
    /// </summary>
    public static KernelBuild Create(ISourceTree tree, Architecture architecture, ConfigurationSource configuration)
    {
        // First of all, so that a directory that is no kernel tree is called that.
        KernelVersion.Read(tree);
        return new KernelBuild(tree, architecture, KernelConfiguration.Create(tree, architecture, configuration));
    }

    /// <summary>Prepares a tree with a configuration that is already known, for example that of a configured build tree.</summary>
    public static KernelBuild Create(ISourceTree tree, Architecture architecture, KernelConfiguration configuration) =>
        new(tree, architecture, configuration);
}
