using System.Collections.Immutable;
using Review.Cli.Cache;
using Review.Cli.Check;
using Review.Core.Diagnostics;
using Review.Kernel.Architectures;

namespace Review.Cli.Patch;

/// <summary>
/// The results of versions of files, kept from one series to the next: the base of the next series has mostly been looked at before, and a version that is sent again differs in few files.
/// </summary>
/// <param name="store">Where they are.</param>
/// <param name="key">What a result depends on besides files.</param>
/// <param name="source">The base; files that no patch changes are read there.</param>
/// <param name="architectures">What files are compiled for.</param>
internal sealed class KeptVersions(ResultStore store, ResultKey key, KernelSource source, ImmutableArray<Architecture> architectures)
{
    /// <summary>A version has neither: they are those of the series.</summary>
    public static ToolInfo NoTool { get; } = new("", "", "", "");

    /// <inheritdoc cref="NoTool"/>
    public static KernelInfo NoKernel { get; } = new("", null, "", "");

    /// <summary>The result of a version of a file; null if it is not known.</summary>
    /// <param name="content">The file's name, and what it and the headers that patches changed contain.</param>
    public AnalysisResult? Find(string content) => store.Find(key.OfVersion(content), source.WorkTreeRoot, NoTool, NoKernel);

    /// <summary>Keeps the result of a version of a file.</summary>
    /// <param name="content">See <see cref="Find"/>.</param>
    /// <param name="file">The file.</param>
    /// <param name="inputs">The files of the tree that clang opened for it.</param>
    /// <param name="result">The result.</param>
    public void Keep(string content, string file, IEnumerable<string> inputs, AnalysisResult result)
    {
        // What could not be read may be readable the next time.
        if (result.NotAnalysed.All(static gap => gap.Function is not null))
        {
            store.Store(key.OfVersion(content), source.WorkTreeRoot, inputs.Concat(KeptResults.Makefiles(file, architectures)), result);
        }
    }
}
