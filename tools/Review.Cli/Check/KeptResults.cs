using System.Collections.Immutable;
using Review.Cli.Cache;
using Review.Core.Diagnostics;
using Review.Kernel.Architectures;

namespace Review.Cli.Check;

/// <summary>The results of the files of one check, as far as earlier runs left them, and what this one leaves to later ones.</summary>
/// <param name="store">Where they are; null if none are kept.</param>
/// <param name="key">What a result depends on.</param>
/// <param name="groups">The group of each file.</param>
/// <param name="architectures">What the files are compiled for.</param>
/// <param name="workTree">The root of the work tree; null for a commit.</param>
internal sealed class KeptResults(
    ResultStore? store, ResultKey key, IReadOnlyDictionary<string, FileGroup> groups, ImmutableArray<Architecture> architectures, string? workTree)
{
    /// <summary>False if nothing is kept.</summary>
    public bool IsOpen => store is not null;

    /// <summary>The result of a file; null if it is not known.</summary>
    public AnalysisResult? Find(string file, ToolInfo tool, KernelInfo kernel) => store?.Find(key.Of(file, groups[file]), workTree, tool, kernel);

    /// <summary>Keeps the result of one file.</summary>
    /// <param name="result">What was found in it.</param>
    /// <param name="inputsOf">The files of the tree that a file was made from.</param>
    public void Keep(AnalysisResult result, Func<string, IEnumerable<string>> inputsOf)
    {
        // What could not be read may be readable the next time.
        if (store is not null && result.NotAnalysed.All(static gap => gap.Function is not null))
        {
            var file = result.Files[0].Path;
            store.Store(key.Of(file, groups[file]), workTree, inputsOf(file).Concat(Makefiles(file, architectures)), result);
        }
    }

    /// <summary>The makefiles that say how a file is compiled.</summary>
    public static IEnumerable<string> Makefiles(string file, IEnumerable<Architecture> architectures) =>
        CheckRun.DirectoriesOf([file]).SelectMany(static directory => (string[])[directory + "Makefile", directory + "Kbuild"]).Append("scripts/Makefile.extrawarn")
            .Concat(architectures.Select(static architecture => architecture.Directory + "/Makefile"));
}
