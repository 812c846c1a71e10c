using Review.Core.Engine;
using Review.Patches.Diffs;

namespace Review.Cli.Editor;

/// <summary>A version of a file, parsed.</summary>
/// <param name="shown">The tree as the editors show it.</param>
/// <param name="loaded">The file.</param>
/// <param name="withWarnings">True if clang was asked for warnings.</param>
internal sealed class ParsedVersion(PatchedTree shown, LoadedUnit loaded, bool withWarnings)
{
    public PatchedTree Shown => shown;

    public LoadedUnit Loaded => loaded;

    public bool WithWarnings => withWarnings;
}
