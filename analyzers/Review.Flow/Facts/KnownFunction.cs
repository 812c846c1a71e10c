using System.Collections.Immutable;

namespace Review.Flow.Facts;

/// <summary>What is known of a function in one subject.</summary>
/// <param name="Source">The table that speaks of it, or the file with the body that was followed; null if nobody knows it.</param>
/// <param name="Outcomes">The ways in which a call can end; empty if it has no effects.</param>
/// <param name="Effects">For a function that was followed, how each effect comes about.</param>
/// <param name="Reason">Why it could not be followed, else null.</param>
public sealed record KnownFunction(string? Source, ImmutableArray<CallOutcome> Outcomes, ImmutableArray<KnownEffect> Effects, string? Reason)
{
    /// <summary>False if it can end in so many ways that only its own file counts with them.</summary>
    public bool IsForOthers { get; init; } = true;
}

/// <summary>How an effect of a function comes about.</summary>
/// <param name="Effect">The effect's name.</param>
/// <param name="Path">The function and those called on the shortest way to where the effect is known from, which is the last one: with the condition and the table.</param>
public sealed record KnownEffect(string Effect, ImmutableArray<string> Path);
