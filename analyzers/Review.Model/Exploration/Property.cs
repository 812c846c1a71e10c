using System.Collections.Immutable;
using Review.Model.Calls;

namespace Review.Model.Exploration;

/// <summary>One step of one thread.</summary>
/// <param name="Before">The machine before it.</param>
/// <param name="After">The machine after it.</param>
/// <param name="Thread">Index of the thread in the program.</param>
/// <param name="Call">The call before the step.</param>
/// <param name="IsFirst">Whether the call begins with this step.</param>
/// <param name="Result">What the call returned, if it ended with this step.</param>
public readonly record struct Transition(Machine Before, Machine After, int Thread, Call Call, bool IsFirst, CallResult? Result);

/// <summary>How a property is broken.</summary>
/// <param name="What">In a sentence.</param>
/// <param name="Pages">Addresses of the pages that it is about; empty if it is not about pages.</param>
public sealed record Breach(string What, ImmutableArray<ulong> Pages)
{
    /// <summary>A breach that is not about pages.</summary>
    public Breach(string what)
        : this(what, [])
    {
    }
}

/// <summary>
/// Something that must hold in every interleaving: an automaton that watches the steps. A record, whose content is all it remembers, so that it can be part of a
/// state. Forgetting what cannot matter any more keeps the number of states small.
/// </summary>
/// <param name="Name">As it is named in files and output: "zap-is-complete".</param>
public abstract record Property(string Name)
{
    /// <summary>What the property says, in one sentence.</summary>
    public abstract string Claim { get; }

    /// <summary>The property after a step; <paramref name="breach"/> says what is wrong, or is null.</summary>
    public abstract Property After(in Transition step, out Breach? breach);
}
