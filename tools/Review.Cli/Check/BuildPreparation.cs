using System.Collections.Immutable;
using System.Text;
using Review.Clang;
using Review.Cli.Cache;
using Review.Core.Source;
using Review.Kernel;
using Review.Kernel.Architectures;
using Review.Kernel.Compilation;
using Review.Kernel.Headers;

namespace Review.Cli.Check;

/// <summary>A kernel under one architecture and configuration, with its headers on disk: everything a parse needs.</summary>
/// <param name="Build">File selection and arguments.</param>
/// <param name="Root">Where clang finds the tree.</param>
/// <param name="Overlay">Where the headers are that we generated; null if those of a configured build are used.</param>
/// <param name="Headers">The directories of the generated headers.</param>
internal sealed record PreparedKernel(KernelBuild Build, string Root, string? Overlay, HeaderRoots Headers);

/// <summary>Prepares a kernel tree for parsing: configuration, generated headers, the values that need a compiler.</summary>
internal sealed class BuildPreparation(CacheDirectory cache, KernelSource source, bool useCache, string version)
{
    private readonly PreparedBuildStore store = new(cache, version);

    /// <summary>Prepares for one architecture. The files to check decide what is materialised of a commit.</summary>
    public PreparedKernel Prepare(Architecture architecture, ConfigurationSource configuration, string? configurationText, ClangParser parser, IEnumerable<string> files)
    {
        if (source.WorkTreeRoot is { } workTree && configuration == ConfigurationSource.Default && ConfiguredBuild.Find(source.Tree, workTree, architecture) is { } made)
        {
            return new PreparedKernel(KernelBuild.Create(source.Tree, architecture, made.Configuration), workTree, null, made.Headers);
        }

        var root = source.RootFor(architecture, files);
        var origin = string.Join('\n', source.Identity, architecture.Name, configuration.Name, configurationText);
        if (useCache && store.Find(origin, source.WorkTreeRoot) is { } known)
        {
            var settings = KernelConfiguration.FromSettings(configuration.Name, known.Settings);
            return new PreparedKernel(KernelBuild.Create(source.Tree, architecture, settings), root, known.Overlay, HeaderRoots.Overlay(known.Overlay));
        }

        var recorder = new ReadRecorder(source.Tree);
        var build = KernelBuild.Create(recorder, architecture, configuration);
        var overlay = WriteHeaders(build, root, parser);
        store.Store(origin, source.WorkTreeRoot, recorder.Asked, new PreparedBuild(Settings(build.Configuration), overlay));
        return new PreparedKernel(build, root, overlay, HeaderRoots.Overlay(overlay));
    }

    private string WriteHeaders(KernelBuild build, string root, ClangParser parser)
    {
        var overlays = new OverlayStore(cache);
        var headers = build.Headers;
        var folder = overlays.Write(headers.Files);
        while (headers.Pending is [var next, ..])
        {
            headers = headers.WithOffsets(next, Compile(build, next, root, folder, parser));
            folder = overlays.Write(headers.Files);
        }

        return folder;
    }

    private OffsetValues Compile(KernelBuild build, PendingOffsets offsets, string root, string overlay, ClangParser parser)
    {
        if (source.Tree.ReadBytes(offsets.Source) is not { } bytes)
        {
            return OffsetValues.Failed($"{offsets.Source} is missing");
        }

        var request = new ParseRequest(new SourceText(offsets.Source, bytes), root, overlay, build.Arguments.For(offsets.Source, root, overlay));
        var table = OffsetEvaluator.Evaluate(parser, request);
        return new OffsetValues(table.Values, table.Problem);
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
