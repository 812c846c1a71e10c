using System.Collections.Immutable;
using Review.Core.Diagnostics;

namespace Review.Witness.Claims;

/// <summary>What a finding claims: that a function has a defect of a class.</summary>
/// <param name="Rule">The rule's name, e.g. <c>stale-prev</c>.</param>
/// <param name="Function">The function, e.g. <c>madvise_willneed</c>.</param>
public sealed record Claim(string Rule, string Function)
{
    private const int MostSteps = 63;

    /// <summary>The line that the claim is about, from 1; 0 if it is about the whole function.</summary>
    public int Line { get; init; }

    /// <summary>Functions and lines of the same file that are said to be executed on the way.</summary>
    public ImmutableArray<(string Function, int Line)> Way { get; init; } = [];

    /// <summary>What a finding claims.</summary>
    public static Claim Of(Finding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return new Claim(finding.Rule, finding.Function)
        {
            Line = finding.Line,
            Way = [.. finding.Trace.Where(step => step.Path == finding.Path && step.Line > 0 && step.Function.Length > 0).Select(static step => (step.Function, step.Line)).Take(MostSteps)],
        };
    }
}
