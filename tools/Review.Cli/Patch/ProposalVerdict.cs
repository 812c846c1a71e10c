using System.Collections.Immutable;
using Review.Core.Diagnostics;
using Review.Patches.Series;

namespace Review.Cli.Patch;

/// <summary>What a counter-proposal does to the findings of the tree that it was made for.</summary>
/// <param name="Proposal">The proposal.</param>
/// <param name="Cures">Findings that it takes away.</param>
/// <param name="Leaves">Findings that it leaves in the functions that it and the patch it answers are about.</param>
/// <param name="Introduces">Findings that it brings.</param>
/// <param name="Trouble">Why it was not judged; null if it was.</param>
internal sealed record ProposalVerdict(
    CounterProposal Proposal, ImmutableArray<Finding> Cures, ImmutableArray<Finding> Leaves, ImmutableArray<Finding> Introduces, string? Trouble);
