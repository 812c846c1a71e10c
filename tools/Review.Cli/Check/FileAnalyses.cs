using System.Collections.Concurrent;
using System.Collections.Immutable;
using Review.Core.Diagnostics;
using Review.Core.Engine;

namespace Review.Cli.Check;

/// <summary>How a file is looked at: under which kernels, and as a part of which group.</summary>
/// <param name="Path">File inside the tree.</param>
/// <param name="Kernels">The kernels that it is parsed for.</param>
/// <param name="Group">The files that it is looked at together with.</param>
internal sealed record FileToAnalyse(string Path, ImmutableArray<PreparedKernel> Kernels, FileGroup Group);

/// <summary>
/// Analyses files group by group, so that memory is bounded by the largest group and not by the tree, and hands on the result of each file as soon as it is there: what is done stays done,
/// whatever happens to the rest.
/// </summary>
/// <param name="loader">Parses.</param>
/// <param name="files">All files of the check, by path.</param>
/// <param name="options">How the rules run.</param>
/// <param name="progress">Hears how far it is.</param>
internal sealed class FileAnalyses(UnitLoader loader, IReadOnlyDictionary<string, FileToAnalyse> files, AnalysisOptions options, CheckProgress progress)
{
    /// <summary>The results of some of the files, in no particular order.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="tool">What makes the results.</param>
    /// <param name="kernel">What is looked at.</param>
    /// <param name="wanted">The files whose results are not known; the others of their groups are parsed with them.</param>
    /// <param name="keep">Hears of every file that is done, from any thread; it may change the result.</param>
    /// <param name="cancellation">Stops the analysis.</param>
    public IReadOnlyCollection<AnalysisResult> Run(
        AnalyzerSet rules, ToolInfo tool, KernelInfo kernel, IReadOnlySet<string> wanted, Func<AnalysisResult, AnalysisResult> keep, CancellationToken cancellation)
    {
        var results = new ConcurrentBag<AnalysisResult>();
        var driver = new AnalysisDriver(rules, options with
        {
            Finished = result =>
            {
                results.Add(keep(result));
                progress.Finished(result.Files[0].Path);
            },
        });
        try
        {
            foreach (var portion in FileGroup.Portions(wanted.Select(path => files[path].Group).Distinct(ReferenceEqualityComparer.Instance).Cast<FileGroup>()))
            {
                _ = driver.Run(tool, kernel, [.. portion.SelectMany(group => group.Files).SelectMany(path => InputsOf(files[path], isContext: !wanted.Contains(path)))], cancellation);
            }
        }
        finally
        {
            progress.Clear();
        }

        return results;
    }

    // A file under a change of the configuration is looked at alone, so that nobody needs it as context.
    private IEnumerable<AnalysisInput> InputsOf(FileToAnalyse file, bool isContext) => file.Kernels
        .Where(kernel => !isContext || kernel.Change.Length == 0)
        .Select(kernel => new AnalysisInput(file.Path, token => Load(file.Path, kernel, isContext, token))
        {
            Build = new AnalysedBuild(kernel.Build.Architecture.Name, kernel.Change),
            Group = file.Group.Name,
            IsContext = isContext,
        });

    private LoadedUnit Load(string path, PreparedKernel kernel, bool isContext, CancellationToken cancellation)
    {
        var unit = loader.Load(path, kernel, cancellation);
        if (!isContext)
        {
            progress.Loaded(path);
        }

        return unit;
    }
}
