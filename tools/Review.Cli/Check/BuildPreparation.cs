using System.Collections.Immutable;
using System.Text;
using Review.Clang;
using Review.Cli.Cache;
using Review.Core.Source;
using Review.Kernel;
using Review.Kernel.Architectures;
using Review.Kernel.Compilation;

namespace Review.Cli.Check;

/// <summary>A kernel under one architecture and configuration, with its headers on disk: everything a parse needs.</summary>
/// <param name="Build">File selection and arguments.</param>
/// <param name="Root">Where clang finds the tree.</param>
/// <param name="Overlay">Where the headers are that we generated; null if those of a configured build are used.</param>
/// <param name="Headers">The directories of the generated headers.</param>
/// <param name="Notes">What in the tree's configuration could not be used as written.</param>
internal sealed record PreparedKernel(KernelBuild Build, string Root, string? Overlay, HeaderRoots Headers, ImmutableArray<string> Notes)
{
    /// <summary>What differs from the configuration that was asked for, e.g. <c>CONFIG_SWAP=n</c>; empty if nothing does.</summary>
    public string Change { get; init; } = "";
}

/// <summary>Prepares a kernel tree for parsing: configuration, generated headers, the values that need a compiler.</summary>
internal sealed class BuildPreparation(CacheDirectory cache, KernelSource source, bool useCache, string version)
{
    private readonly PreparedBuildStore store = new(cache, version);
    private readonly Dictionary<string, (ConfigurationFamily Family, ReadRecorder Read)> families = new(StringComparer.Ordinal);

    /// <summary>Prepares for one architecture. The files to check decide what is materialised of a commit.</summary>
    public PreparedKernel Prepare(Architecture architecture, ConfigurationSource configuration, string? configurationText, ClangParser parser, IEnumerable<string> files)
    {
        if (source.WorkTreeRoot is { } workTree && configuration == ConfigurationSource.Default && ConfiguredBuild.Find(source.Tree, workTree, architecture) is { } made)
        {
            return new PreparedKernel(KernelBuild.Create(source.Tree, architecture, made.Configuration), workTree, null, made.Headers, [.. made.Configuration.Problems.Select(static problem => problem.ToString())]);
        }

        var root = source.RootFor(architecture, files);
        var origin = string.Join('\n', source.Identity, architecture.Name, configuration.Name, configurationText);
        if (useCache && store.Find(origin, source.WorkTreeRoot) is { } known)
        {
            var settings = KernelConfiguration.FromSettings(configuration.Name, known.Settings);
            return new PreparedKernel(KernelBuild.Create(source.Tree, architecture, settings), root, known.Overlay, HeaderRoots.Overlay(known.Overlay), known.Notes);
        }

        var recorder = new ReadRecorder(source.Tree);
        var build = KernelBuild.Create(recorder, architecture, configuration);
        var (overlay, problems) = WriteHeaders(build, root, parser);
        ImmutableArray<string> notes = [.. build.Configuration.Problems.Concat(problems).Select(static problem => problem.ToString())];
        store.Store(origin, source.WorkTreeRoot, recorder.Asked, new PreparedBuild(Settings(build.Configuration), overlay, notes));
        return new PreparedKernel(build, root, overlay, HeaderRoots.Overlay(overlay), notes);
    }

    /// <summary>The default configuration with one symbol changed; null if Kconfig does not let it change, or nobody can set it.</summary>
    public PreparedKernel? Change(PreparedKernel kernel, string symbol, string value, ClangParser parser)
    {
        var architecture = kernel.Build.Architecture;
        var change = $"CONFIG_{symbol}={value}";
        var origin = string.Join('\n', source.Identity, architecture.Name, nameof(Change), change);
        if (useCache && store.Find(origin, source.WorkTreeRoot) is { } known)
        {
            // An entry without settings says that the change is not possible.
            return known.Settings.Length == 0 ? null : new PreparedKernel(
                KernelBuild.Create(source.Tree, architecture, KernelConfiguration.FromSettings(kernel.Build.Configuration.Name, known.Settings)),
                kernel.Root, known.Overlay, HeaderRoots.Overlay(known.Overlay), []) { Change = change };
        }

        if (!families.TryGetValue(architecture.Name, out var reading))
        {
            var recorder = new ReadRecorder(source.Tree);
            families.Add(architecture.Name, reading = (ConfigurationFamily.Create(recorder, architecture), recorder));
        }

        var configuration = reading.Family.IsSwitch(symbol) ? reading.Family.With(symbol, value) : null;
        if (configuration is null || (configuration.Value(symbol) ?? "n") != value)
        {
            store.Store(origin, source.WorkTreeRoot, reading.Read.Asked, new PreparedBuild("", kernel.Overlay!, []));
            return null;
        }

        var build = KernelBuild.Create(reading.Read, architecture, configuration);
        var (overlay, _) = WriteHeaders(build, kernel.Root, parser);
        store.Store(origin, source.WorkTreeRoot, reading.Read.Asked, new PreparedBuild(Settings(configuration), overlay, []));
        return new PreparedKernel(build, kernel.Root, overlay, HeaderRoots.Overlay(overlay), []) { Change = change };
    }

    /// <summary>Writes the headers; those that need a compiler are compiled against the ones written before.</summary>
    private (string Folder, ImmutableArray<KernelProblem> Problems) WriteHeaders(KernelBuild build, string root, ClangParser parser)
    {
        var overlays = new OverlayStore(cache);
        var folder = "";
        var compiler = new LibclangOffsets(source.Tree, parser, root, () => folder);
        var headers = build.Headers.Complete(compiler, file => build.Arguments.For(file, root, folder), written => folder = overlays.Write(written.Files));
        return (overlays.Write(headers.Files), headers.Problems);
    }

    private static string Settings(KernelConfiguration configuration)
    {
        var text = new StringBuilder();
        foreach (var (symbol, value) in configuration.Symbols)
        {
            text.Append("CONFIG_").Append(symbol).Append('=').Append(value).Append('\n');
        }

        return text.ToString();
    }
}
