using Review.Cli.Check;
using Review.Cli.Witness;
using Review.Core.Diagnostics;
using Review.Core.Engine;
using Review.Patches.Diffs;

namespace Review.Cli.Patch;

/// <summary>Runs the code of one tree of a review on the model, if somebody asks for it.</summary>
internal sealed class SeriesWitnesses
{
    private readonly FindingWitnesses? witnesses;

    /// <summary>Takes a tree.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="kernel">How it is compiled.</param>
    /// <param name="isWanted">False to leave findings as they are.</param>
    /// <param name="cancellation">Ends it.</param>
    public SeriesWitnesses(PatchedTree tree, PreparedKernel kernel, bool isWanted, CancellationToken cancellation) => witnesses = !isWanted ? null : new FindingWitnesses(
        path =>
        {
            using var loader = UnitLoader.Of(tree);
            return loader.Load(path, kernel, cancellation).Unit;
        },
        kernel.Build.Version,
        [],
        RuleCatalog.Empty);

    /// <summary>A finding of this tree.</summary>
    public Finding Of(Finding finding) => witnesses is null ? finding : finding with { Witness = witnesses.Of(finding) };

    /// <summary>A finding that another tree has and this one has not: is the defect gone when the code is run?</summary>
    public Finding OfCured(Finding finding, SeriesWitnesses before) =>
        witnesses is null || before.witnesses is null ? finding : finding with { Witness = witnesses.OfCured(finding, before.witnesses) };
}
