using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Review.Cli.Check;
using Review.Core.Diagnostics;
using Review.Core.Engine;
using Review.Patches.Diffs;

namespace Review.Cli.Patch;

/// <summary>What was found in one file of one version.</summary>
internal sealed record FileFindings(AnalysedFile File, ImmutableArray<Finding> Findings, ImmutableArray<NotAnalysed> Gaps);

/// <summary>
/// Analyses files in several versions of a tree. A version of a file that is the same as another one, its changed headers included, is analysed once.
/// </summary>
internal sealed class SeriesAnalysis(ImmutableArray<PreparedKernel> kernels, AnalyzerSet rules, RuleSelection selection, int parallelism, PrecompiledHeaders? headers)
{
    private static readonly ToolInfo NoTool = new("", "", "", "");
    private static readonly KernelInfo NoKernel = new("", null, "", "");

    private readonly Dictionary<string, FileFindings> known = new(StringComparer.Ordinal);
    private readonly bool withWarnings = rules.Catalog.Rules.Any(rule => rule.Descriptor.Category == RuleCategory.Build && selection.Contains(rule));

    /// <summary>The findings in the files for each tree, in the order of the trees.</summary>
    public ImmutableArray<ImmutableArray<FileFindings>> Analyse(ImmutableArray<PatchedTree> trees, ImmutableArray<string> files, CancellationToken cancellation)
    {
        var wanted = trees.SelectMany(tree => files.Where(tree.FileExists).Select(file => (Tree: tree, File: file, Key: KeyOf(tree, file)))).ToList();
        var missing = wanted.DistinctBy(static one => one.Key).Where(one => !known.ContainsKey(one.Key)).ToArray();
        var results = new FileFindings[missing.Length];
        try
        {
            Parallel.For(0, missing.Length, new ParallelOptions { MaxDegreeOfParallelism = parallelism, CancellationToken = cancellation }, index =>
                results[index] = Analyse(missing[index].Tree, missing[index].File, cancellation));
        }
        catch (AggregateException trouble) when (trouble.Flatten().InnerExceptions.All(static inner => inner is OperationCanceledException))
        {
            throw new OperationCanceledException(trouble.Message, trouble, cancellation);
        }

        for (var i = 0; i < missing.Length; i++)
        {
            known.Add(missing[i].Key, results[i]);
        }

        return [.. trees.Select(tree => files.Where(tree.FileExists).Select(file => known[KeyOf(tree, file)]).ToImmutableArray())];
    }

    private FileFindings Analyse(PatchedTree tree, string file, CancellationToken cancellation)
    {
        using var loader = UnitLoader.Of(tree, withWarnings, headers);
        var compiling = kernels.Where(kernel => kernel.Build.Kbuild.IsSelected(file)).ToList();
        var inputs = (compiling.Count > 0 ? compiling : [.. kernels])
            .Select(kernel => new AnalysisInput(file, token => loader.Load(file, kernel, token)) { Build = new AnalysedBuild(kernel.Build.Architecture.Name, kernel.Change) })
            .ToList();

        // Whoever sends a patch has no say in how it is judged: neither comments nor .editorconfig of the tree count.
        var driver = new AnalysisDriver(rules, new AnalysisOptions { Parallelism = 1, Rules = selection, HonourComments = false });
        var result = driver.Run(NoTool, NoKernel, inputs, cancellation);
        return new FileFindings(result.Files[0], result.Findings, result.NotAnalysed);
    }

    private static string KeyOf(PatchedTree tree, string file)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (path, bytes) in tree.ChangedHeaders.Add(file, tree.ReadBytes(file)!))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{path}\0{bytes.Length}\0"));
            hash.AppendData(bytes);
        }

        return file + "\0" + Convert.ToHexString(hash.GetHashAndReset());
    }
}
