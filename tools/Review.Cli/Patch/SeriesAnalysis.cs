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
/// of versions that differ from the one before in bodies of functions, or in functions that came or went, only those are compiled, in one go if they are different ones, and rules run again where something has changed that they read.
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
    /// <summary>Versions of one file that are loaded and not done: more take memory and save no time.</summary>
    private const int Ahead = 2;

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
                Analyse(one.File, one.Versions, versions, cancellation);
            });
        }
        catch (AggregateException trouble) when (trouble.Flatten().InnerExceptions.All(static inner => inner is OperationCanceledException))
        {
            throw new OperationCanceledException(trouble.Message, trouble, cancellation);
        }

        return [.. trees.Select(tree => files.Where(tree.FileExists).Select(file => known[KeyOf(tree, file)]).ToImmutableArray())];
    }

    /// <summary>
    /// Analyses versions of a file. They are loaded one by one; rules look at those that are loaded meanwhile, at one after the other where the next can take over something of the last,
    /// and at the others side by side.
    /// </summary>
    private void Analyse(string file, IReadOnlyList<(PatchedTree Tree, string Key)> versions, FileVersions? history, CancellationToken cancellation)
    {
        var (last, surroundings, runs) = (Task.CompletedTask, default(object), default(RunHistory));
        var busy = new Queue<Task>();
        try
        {
            foreach (var (tree, key) in versions)
            {
                if (kept?.Find(key) is { } result)
                {
                    known[key] = Only(result);
                    continue;
                }

                var version = Load(tree, file, key, history, cancellation);
                version.Finish(parallelism);
                if (surroundings is null || version.Surroundings != surroundings)
                {
                    (last, surroundings, runs) = (Task.CompletedTask, version.Surroundings, history is null ? null : new RunHistory());
                }

                last = After(last, version, runs);
                busy.Enqueue(last);
                if (busy.Count > Ahead)
                {
                    busy.Dequeue().GetAwaiter().GetResult();
                }
            }
        }
        finally
        {
            // Nobody is left at work behind an end of any kind.
            Task.WhenAll(busy).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).Wait(CancellationToken.None);
        }

        foreach (var done in busy)
        {
            done.GetAwaiter().GetResult();
        }

        async Task After(Task before, LoadingVersion version, RunHistory? runs)
        {
            using (version)
            {
                if (parallelism > 1)
                {
                    await before.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
                }

                known[version.Key] = Only(Analyse(version, file, runs, cancellation));
            }
        }
    }

    private LoadingVersion Load(PatchedTree tree, string file, string key, FileVersions? history, CancellationToken cancellation)
    {
        var compiling = kernels.Where(kernel => kernel.Build.Kbuild.IsSelected(file)).ToImmutableArray();
        return new LoadingVersion(
            key, UnitLoader.Of(tree, withWarnings, headers), compiling.IsEmpty ? kernels : compiling, (loader, kernel) => loader.Load(file, kernel, history?.Of(kernel), cancellation));
    }

    private AnalysisResult Analyse(LoadingVersion version, string file, RunHistory? runs, CancellationToken cancellation)
    {
        var inputs = version.Units
            .Select(unit => new AnalysisInput(file, unit.Load)
            {
                Build = new AnalysedBuild(unit.Kernel.Build.Architecture.Name, unit.Kernel.Change),
                History = version.IsForOne ? runs : null,
            })
            .ToList();

        // Whoever sends a patch has no say in how it is judged: neither comments nor .editorconfig of the tree count.
        var driver = new AnalysisDriver(rules, new AnalysisOptions { Parallelism = parallelism, Rules = selection, HonourComments = false });
        var result = driver.Run(KeptVersions.NoTool, KeptVersions.NoKernel, inputs, cancellation);
        kept?.Keep(version.Key, file, version.Inputs(file), result);
        return result;
    }

    private static FileFindings Only(AnalysisResult result) => new(result.Files[0], result.Findings, result.NotAnalysed);

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
