using System.Text;
using Review.Clang;
using Review.Cli.Cache;
using Review.Cli.Check;
using Review.Cli.Trees;
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
/// <param name="Architecture">The architecture.</param>
/// <param name="Elsewhere">The values that other architectures give: architecture, advice, value; null for none.</param>
internal sealed record MatrixOfTree(BehaviorMatrix Matrix, string File, string Version, string? Revision, string Architecture, IReadOnlyList<(string Architecture, string Advice, long? Value)> Elsewhere);

/// <summary>Makes the matrices of a tree's revisions.</summary>
internal sealed class MatrixRun(string kernel, Architecture architecture, string file, CancellationToken cancellation)
{
    /// <summary>The matrix of a revision, or of the work tree.</summary>
    public MatrixOfTree Of(string? revision)
    {
        using var cache = CacheDirectory.Open();
        var location = new KernelLocator(cache, Environment.CurrentDirectory, Environment.GetEnvironmentVariable).Locate(kernel, Progress.ToTerminal, cancellation);
        using var source = KernelSource.Open(cache, location.Folder, revision);
        using var parser = new ClangParser();
        try
        {
            var options = new CheckOptions { Kernel = kernel, Revision = revision, Architectures = [architecture], Configuration = "default", Files = [file] };
            var selected = SelectedFiles.Prepare(options, source, new BuildPreparation(cache, source, useCache: true, SelectedFiles.Makers(ToolVersions.Read())), parser);
            using var loader = new UnitLoader(source.Tree, CheckRun.Commands(source, selected.Configuration));
            var loaded = loader.Load(selected.Files[0], selected.Kernels[0], cancellation);
            if (loaded.Unit is not { } unit)
            {
                throw new UserError($"{file}: {loaded.Reason}", "name another file");
            }

            var name = Path.GetFileName(architecture.Directory);
            var values = AdviceHeaders.Read(source.Tree, name);
            var code = new LookupSource(file, Encoding.Latin1.GetString(unit.Text.Bytes), values);
            return new MatrixOfTree(new MatrixBuilder(AdviceOutcomes.Of(unit), code).Build(values), file, selected.Kernels[0].Build.Version.ToString(), source.Tree.Revision, name, Elsewhere(source, name, values));
        }
        catch (KernelTreeException trouble)
        {
            throw new UserError(trouble.Message, "name another tree with --kernel");
        }
    }

    private static List<(string Architecture, string Advice, long? Value)> Elsewhere(KernelSource source, string own, IReadOnlyDictionary<string, long> values) =>
        [.. AdviceHeaders.Architectures(source.Tree).Where(name => name != own).SelectMany(name => AdviceHeaders.Read(source.Tree, name) is var other
            ? values.Keys.Union(other.Keys, StringComparer.Ordinal).Where(advice => !values.TryGetValue(advice, out var here) || !other.TryGetValue(advice, out var there) || here != there)
                .Order(StringComparer.Ordinal).Select(advice => (name, advice, other.TryGetValue(advice, out var there) ? there : (long?)null)) : [])];
}
