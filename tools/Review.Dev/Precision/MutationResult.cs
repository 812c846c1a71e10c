using System.Collections.Immutable;
using Review.Core.Diagnostics;
using Review.Dev.Corpus;

namespace Review.Dev.Precision;

/// <summary>What a mutation brought to light.</summary>
/// <param name="Mutation">The mutation.</param>
/// <param name="Added">The findings that it added.</param>
internal sealed record MutationResult(Mutation Mutation, IReadOnlyList<Finding> Added)
{
    /// <summary>True if it did what it had to: the bug was found by the right rule in the right function, the neutral edit added nothing.</summary>
    public bool IsRight => Mutation.Rule is { } rule ? Added.Any(finding => finding.Rule == rule && finding.Function == Mutation.Function) : Added.Count == 0;
}
