using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Review.Cli.Check;
using Review.Core.Diagnostics;
using Review.Core.Engine;
using Review.Core.Source;
using Review.Patches.Diffs;

namespace Review.Cli.Patch;

/// <summary>What was found in one file of one version.</summary>
internal sealed record FileFindings(AnalysedFile File, ImmutableArray<Finding> Findings, ImmutableArray<NotAnalysed> Gaps);

/// <summary>
/// Analyses files in several versions of a tree. A version of a file that is the same as another one, its changed headers included, is analysed once, in this series or in an earlier one;
/// of versions that differ from the one before in the body of a function, only those bodies are compiled, in one go if they are different ones, and rules run again where something has changed that they read.
/// </summary>
/// <param name="kernels">One for each architecture.</param>
/// <param name="rules">All rules.</param>
/// <param name="selection">Those that run.</param>
/// <param name="parallelism">Threads.</param>
/// <param name="headers">Headers that are compiled already; null for none.</param>
/// <param name="kept">What earlier runs left; null if nothing is kept.</param>
internal sealed class SeriesAnalysis(
    ImmutableArray<PreparedKernel> kernels, AnalyzerSet rules, RuleSelection selection, int parallelism, PrecompiledHeaders? headers, KeptVersions? kept)
{
    private readonly ConcurrentDictionary<string, FileFindings> known = new(StringComparer.Ordinal);
    private readonly bool withWarnings = rules.Catalog.Rules.Any(rule => rule.Descriptor.Category == RuleCategory.Build && selection.Contains(rule));

    /// <summary>The findings in the files for each tree, in the order of the trees.</summary>
    public ImmutableArray<ImmutableArray<FileFindings>> Analyse(ImmutableArray<PatchedTree> trees, ImmutableArray<string> files, CancellationToken cancellation)
    {
        var missing = files
            .Select(file => trees.Where(tree => tree.FileExists(file)).Select(tree => (Tree: tree, Key: KeyOf(tree, file))).DistinctBy(static one => one.Key).Where(one => !known.ContainsKey(one.Key)).ToList())
            .Zip(files, static (versions, file) => (File: file, Versions: versions))
            .Where(static one => one.Versions.Count > 0)
            .OrderByDescending(static one => one.Versions.Count * (one.Versions[0].Tree.ReadBytes(one.File)?.Length ?? 0))
            .ToList();
        try
        {
            // The longest first: whoever ends early takes the next file.
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = parallelism, CancellationToken = cancellation };
            Parallel.ForEach(Partitioner.Create(missing, EnumerablePartitionerOptions.NoBuffering), parallel, one =>
            {
                var versions = one.Versions.Count > 1 ? new FileVersions([.. one.Versions.Select(version => new SourceText(one.File, version.Tree.ReadBytes(one.File)!))]) : null;
                foreach (var (tree, key) in one.Versions)
                {
                    known[key] = FindOrAnalyse(tree, one.File, key, versions, cancellation);
                }
            });
        }
        catch (AggregateException trouble) when (trouble.Flatten().InnerExceptions.All(static inner => inner is OperationCanceledException))
        {
            throw new OperationCanceledException(trouble.Message, trouble, cancellation);
        }

        return [.. trees.Select(tree => files.Where(tree.FileExists).Select(file => known[KeyOf(tree, file)]).ToImmutableArray())];
    }

    private FileFindings FindOrAnalyse(PatchedTree tree, string file, string content, FileVersions? versions, CancellationToken cancellation)
    {
        var result = kept?.Find(content) ?? Analyse(tree, file, content, versions, cancellation);
        return new FileFindings(result.Files[0], result.Findings, result.NotAnalysed);
    }

    private AnalysisResult Analyse(PatchedTree tree, string file, string content, FileVersions? versions, CancellationToken cancellation)
    {
        using var loader = UnitLoader.Of(tree, withWarnings, headers);
        var compiling = kernels.Where(kernel => kernel.Build.Kbuild.IsSelected(file)).ToList();
        var inputs = (compiling.Count > 0 ? compiling : [.. kernels])
            .Select(kernel => new AnalysisInput(file, token => loader.Load(file, kernel, versions?.Of(kernel), token))
            {
                Build = new AnalysedBuild(kernel.Build.Architecture.Name, kernel.Change),
                History = compiling.Count == 1 ? versions?.Runs : null,
            })
            .ToList();

        // Whoever sends a patch has no say in how it is judged: neither comments nor .editorconfig of the tree count.
        var driver = new AnalysisDriver(rules, new AnalysisOptions { Parallelism = parallelism, Rules = selection, HonourComments = false });
        var result = driver.Run(KeptVersions.NoTool, KeptVersions.NoKernel, inputs, cancellation);
        kept?.Keep(content, file, loader.InputsOf(file), result);
        return result;
    }

    private static string KeyOf(PatchedTree tree, string file)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (path, bytes) in tree.ChangedHeaders.Add(file, tree.ReadBytes(file)!))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{path}\0{bytes.Length}\0"));
            hash.AppendData(bytes);
        }

        foreach (var gone in tree.Changed.Where(static other => other.Value is null).Select(static other => other.Key).Order(StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{gone}\0gone\0"));
        }

        return file + "\0" + Convert.ToHexString(hash.GetHashAndReset());
    }
}
