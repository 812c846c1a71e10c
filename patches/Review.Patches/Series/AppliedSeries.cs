using System.Collections.Immutable;
using System.Globalization;
using Review.Core.Source;
using Review.Patches.Diffs;

namespace Review.Patches.Series;

/// <summary>A hunk that git would find away from where it says it is: it may have landed somewhere else than it was meant to.</summary>
/// <param name="Patch">Number of the patch.</param>
/// <param name="Path">The file.</param>
/// <param name="Hunk">Number of the hunk, from 1.</param>
/// <param name="Lines">Lines further down; negative for further up.</param>
public sealed record MovedHunk(int Patch, string Path, int Hunk, int Lines);

/// <summary>A series on a base, in memory.</summary>
/// <param name="Trees">The base, and the tree after each patch that applies.</param>
/// <param name="Failure">Why the next patch does not apply; null if all do.</param>
/// <param name="Moved">Hunks that were found elsewhere.</param>
public sealed record AppliedSeries(ImmutableArray<PatchedTree> Trees, string? Failure, ImmutableArray<MovedHunk> Moved)
{
    /// <summary>True if the whole series applies.</summary>
    public bool IsComplete => Failure is null;

    /// <summary>Applies the patches in order, until one does not apply.</summary>
    public static AppliedSeries On(ISourceTree basis, PatchSeries series)
    {
        ArgumentNullException.ThrowIfNull(series);
        var trees = ImmutableArray.CreateBuilder<PatchedTree>();
        var moved = ImmutableArray.CreateBuilder<MovedHunk>();
        trees.Add(PatchedTree.Of(basis));
        foreach (var patch in series.Patches)
        {
            try
            {
                trees.Add(patch.Trouble is null
                    ? trees[^1].Apply(patch.Files, (path, hunk, lines) => moved.Add(new MovedHunk(patch.Number, path, hunk, lines)))
                    : throw patch.Trouble);
            }
            catch (PatchException trouble)
            {
                return new AppliedSeries(trees.ToImmutable(), string.Create(CultureInfo.InvariantCulture, $"patch {patch.Number}: {trouble.Message}"), moved.ToImmutable());
            }
        }

        return new AppliedSeries(trees.ToImmutable(), null, moved.ToImmutable());
    }
}
