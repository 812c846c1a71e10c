using System.Collections.Immutable;
using System.Numerics;
using Review.Model.Calls;

namespace Review.Model.Exploration;

/// <summary>How an exploration ended.</summary>
public enum ExplorationOutcome
{
    /// <summary>Every interleaving was followed to its end; all properties hold.</summary>
    Holds,

    /// <summary>A property is broken; there is a shortest interleaving that shows it.</summary>
    Violated,

    /// <summary>A bound was reached first: nothing is proved.</summary>
    OutOfBounds,
}

/// <summary>A step of an interleaving, for people.</summary>
/// <param name="Thread">Index of the thread.</param>
/// <param name="Call">The call that it belongs to.</param>
/// <param name="IsFirst">Whether the call begins with it.</param>
/// <param name="Action">What happened, in the kernel's terms.</param>
/// <param name="Result">What the call returned, if it ended with this step.</param>
/// <param name="Waits">Whether the call now waits for another thread.</param>
/// <param name="Before">The machine before it.</param>
/// <param name="After">The machine afterwards.</param>
public sealed record InterleavingStep(int Thread, ProgramCall Call, bool IsFirst, string Action, CallResult? Result, bool Waits, Machine Before, Machine After);

/// <summary>A broken property with the shortest interleaving that breaks it.</summary>
public sealed record Violation(string Property, string Claim, Breach Breach, ImmutableArray<InterleavingStep> Steps);

/// <summary>What an exploration found.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Violation">The shortest violation, if there is one.</param>
/// <param name="States">Different states that were visited.</param>
/// <param name="Transitions">Steps that were taken.</param>
/// <param name="Ends">Different states in which nothing more happens.</param>
/// <param name="Interleavings">Complete interleavings that the visited states contain; 0 unless all properties hold.</param>
public sealed record ExplorationResult(ExplorationOutcome Outcome, Violation? Violation, int States, int Transitions, int Ends, BigInteger Interleavings);
