using System.Text;
using Review.Clang;
using Review.Cli.Cache;
using Review.Cli.Check;
using Review.Cli.Trees;
using Review.Core.Source;
using Review.Core.Syntax;
using Review.Kernel;
using Review.Kernel.Architectures;
using Review.Tables.Decisions;
using Review.Tables.Headers;
using Review.Tables.Lookups;
using Review.Tables.Matrix;

namespace Review.Cli.Tables;

/// <summary>A matrix, and what it was made of.</summary>
/// <param name="Matrix">The matrix.</param>
/// <param name="File">The file.</param>
/// <param name="Version">The kernel's version.</param>
/// <param name="Revision">The revision; null for a work tree.</param>
/// <param name="Architecture">The architecture whose values of advice count, as arch/ calls it.</param>
/// <param name="Elsewhere">The values that other architectures give: architecture, advice, value; null for none.</param>
internal sealed record MatrixOfTree(BehaviorMatrix Matrix, string File, string Version, string? Revision, string Architecture, IReadOnlyList<(string Architecture, string Advice, long? Value)> Elsewhere);

/// <summary>Makes the matrices of trees and their revisions.</summary>
/// <param name="kernel">The tree that is meant where only a revision is named.</param>
/// <param name="architecture">The architecture whose values count: any that the tree has headers for.</param>
/// <param name="file">The file that decides.</param>
/// <param name="cancellation">Stops the run.</param>
internal sealed class MatrixRun(string kernel, string architecture, string file, CancellationToken cancellation)
{
    /// <summary>The matrix of one side of a comparison: a revision, a tree, or <c>TREE:REVISION</c>.</summary>
    public MatrixOfTree OfSide(string name)
    {
        var colon = name.LastIndexOf(':');
        return Directory.Exists(name) ? Of(name, null)
            : colon > 0 && Directory.Exists(name[..colon]) ? Of(name[..colon], name[(colon + 1)..])
            : Of(name);
    }

    /// <summary>The matrix of a revision, or of the work tree.</summary>
    public MatrixOfTree Of(string? revision) => Of(kernel, revision);

    private MatrixOfTree Of(string tree, string? revision)
    {
        using var cache = CacheDirectory.Open();
        var location = new KernelLocator(cache, Environment.CurrentDirectory, Environment.GetEnvironmentVariable).Locate(tree, Progress.ToTerminal, cancellation);
        using var source = KernelSource.Open(cache, location.Folder, revision);
        using var parser = new ClangParser();
        try
        {
            // What no compiler option is known for is compiled for x86: the code is the same, the values of advice are not.
            var compiled = Architecture.Find(architecture) ?? Architecture.X86;
            var name = Architecture.Find(architecture)?.SourceArchitecture ?? architecture;
            if (AdviceHeaders.Architectures(source.Tree) is var all && !all.Contains(name, StringComparer.Ordinal))
            {
                throw new UserError($"unknown architecture '{architecture}'", $"use {string.Join(", ", all)}");
            }

            var options = new CheckOptions { Kernel = tree, Revision = revision, Architectures = [compiled], Configuration = "default", Files = [file] };
            var selected = SelectedFiles.Prepare(options, source, new BuildPreparation(cache, source, useCache: true, SelectedFiles.Makers(ToolVersions.Read())), parser);
            using var loader = new UnitLoader(source.Tree, CheckRun.Commands(source, selected.Configuration));
            var loaded = loader.Load(selected.Files[0], selected.Kernels[0], cancellation);
            if (loaded.Unit is not { } unit)
            {
                throw new UserError($"{file}: {loaded.Reason}", "name another file");
            }

            return Of(source.Tree, unit, path => loader.Load(path, selected.Kernels[0], cancellation).Unit, name, compiled, selected.Kernels[0].Build.Version);
        }
        catch (KernelTreeException trouble)
        {
            throw new UserError(trouble.Message, "name another tree with --kernel");
        }
    }

    /// <summary>The matrix of a file that was parsed.</summary>
    /// <param name="tree">Its tree.</param>
    /// <param name="unit">The file.</param>
    /// <param name="load">Parses a file beside it; null if it cannot be had.</param>
    /// <param name="name">The architecture whose values count, as arch/ calls it.</param>
    /// <param name="compiled">The architecture that the files were parsed for.</param>
    /// <param name="version">The kernel's version.</param>
    public static MatrixOfTree Of(ISourceTree tree, TranslationUnit unit, Func<string, TranslationUnit?> load, string name, Architecture compiled, KernelVersion version)
    {
        var values = AdviceHeaders.Read(tree, name);
        var valuesOfCompiler = AdviceHeaders.Read(tree, compiled.SourceArchitecture);
        var code = new LookupSource(unit.Path, Encoding.Latin1.GetString(unit.Text.Bytes), valuesOfCompiler.SetItems(values));
        var files = new DefiningFiles(tree, unit.Path, load);
        return new MatrixOfTree(
            new MatrixBuilder(AdviceOutcomes.Of(unit), code, files.Of).Build(values, valuesOfCompiler),
            unit.Path, version.ToString(), tree.Revision, name, Elsewhere(tree, name, values));
    }

    private static List<(string Architecture, string Advice, long? Value)> Elsewhere(ISourceTree tree, string own, IReadOnlyDictionary<string, long> values) =>
        [.. AdviceHeaders.Architectures(tree).Where(name => name != own).SelectMany(name => AdviceHeaders.Read(tree, name) is var other
            ? values.Keys.Union(other.Keys, StringComparer.Ordinal).Where(advice => !values.TryGetValue(advice, out var here) || !other.TryGetValue(advice, out var there) || here != there)
                .Order(StringComparer.Ordinal).Select(advice => (name, advice, other.TryGetValue(advice, out var there) ? there : (long?)null)) : [])];
}
