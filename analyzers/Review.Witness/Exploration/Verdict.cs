using System.Collections.Immutable;
using Review.Core.Diagnostics;

namespace Review.Witness.Exploration;

/// <summary>What a search came to.</summary>
public enum VerdictKind
{
    /// <summary>Every interleaving was looked at, and none breaks a property that was asked for.</summary>
    Clean,

    /// <summary>An interleaving breaks one.</summary>
    Violated,

    /// <summary>The bound was reached: nothing is said.</summary>
    OutOfBound,

    /// <summary>The code came to something that the interpreter or its bindings do not know: nothing is said.</summary>
    NotWitnessed,
}

/// <summary>The result of a search.</summary>
/// <param name="Kind">What it came to.</param>
/// <param name="Situation">The situation it is about; for <see cref="VerdictKind.Clean"/> the last one.</param>
/// <param name="Violation">What kind of violation.</param>
/// <param name="Message">What is violated, or what is needed; lower case, no full stop.</param>
/// <param name="Steps">The interleaving, in the order of execution.</param>
/// <param name="Effort">What the search took.</param>
public sealed record Verdict(VerdictKind Kind, string Situation, ViolationKind Violation, string Message, ImmutableArray<WitnessStep> Steps, Effort Effort);

/// <summary>What a search took; it depends on nothing but the input.</summary>
/// <param name="Situations">Situations looked at.</param>
/// <param name="States">Different states.</param>
/// <param name="Interleavings">Runs of the code that came to an end.</param>
/// <param name="Instructions">Instructions executed.</param>
public readonly record struct Effort(int Situations, int States, int Interleavings, long Instructions)
{
    public static Effort operator +(Effort left, Effort right) =>
        new(left.Situations + right.Situations, left.States + right.States, left.Interleavings + right.Interleavings, left.Instructions + right.Instructions);

    public static Effort Add(Effort left, Effort right) => left + right;
}
