using System.Collections.Immutable;
using System.Globalization;
using Review.Core.Syntax;
using Review.Flow.Paths;

namespace Review.Flow.Facts;

/// <summary>
/// One way in which a call can end. A function whose effects depend on its arguments or show in its result has several, e.g. a
/// function that returns false if and only if it has dropped a lock.
/// </summary>
/// <param name="Effects">
/// What has happened, by name, e.g. <c>drops mmap_lock</c>; one that ends in <c>*p</c> has happened to what parameter p points to. In the order in which
/// each happened for the last time. One that begins with <c>returns</c> speaks of the result and is no effect of whoever calls the function.
/// </param>
/// <param name="Result">What is known of the result.</param>
/// <param name="Outputs">What is known of the things that pointer parameters point to.</param>
public sealed record CallOutcome(EffectTrail Effects, Fact Result, ImmutableArray<CallOutput> Outputs)
{
    /// <summary>What the arguments must be like for the call to end this way.</summary>
    public ImmutableArray<CallInput> Inputs { get; init; } = [];

    /// <summary>
    /// Members of structures handed over that must not be zero for this outcome: flags with which the caller asks for it. Where a flag is not known to be
    /// set, the outcome does not count: the flag was set up elsewhere, for this caller.
    /// </summary>
    public ImmutableArray<(int Parameter, FieldSymbol Field)> Flags { get; init; } = [];

    /// <summary>The number of arguments of the calls it applies to; null if that does not matter.</summary>
    public int? Arity { get; init; }

    /// <summary>For a call whose argument has to point to a certain member for the outcome to apply; else null.</summary>
    public (int Parameter, string Field)? Guard { get; init; }

    /// <summary>The parameter whose value is the result; null if the result is another value.</summary>
    public int? Returns { get; init; }

    /// <summary>True if a call with the same arguments has the same result.</summary>
    public bool IsStable { get; init; }

    /// <summary>True if it says more than what is so of every function: that it may write what its pointers point to.</summary>
    public bool MattersToCallers => !Effects.All(IsAboutResult) || Outputs.Any(static output => output.Field is not null);

    /// <summary>True if an effect speaks of the result only.</summary>
    public static bool IsAboutResult(string effect)
    {
        ArgumentNullException.ThrowIfNull(effect);
        return effect.StartsWith("returns ", StringComparison.Ordinal);
    }

    public bool Has(string effect) => Effects.Contains(effect);

    /// <summary>The effects on what parameters point to: verb and parameter.</summary>
    public ImmutableArray<(string Verb, int Parameter)> OnParameters => Effects.OnParameters;

    /// <summary>The verb and parameter of an effect on what a parameter points to; null for another effect.</summary>
    public static (string Verb, int Parameter)? Split(string effect)
    {
        ArgumentNullException.ThrowIfNull(effect);
        return effect.LastIndexOf(" *", StringComparison.Ordinal) is > 0 and var star
            && int.TryParse(effect.AsSpan(star + 2), NumberStyles.None, CultureInfo.InvariantCulture, out var parameter) ? (effect[..star], parameter) : null;
    }

    public bool Equals(CallOutcome? other) =>
        other is not null && Result == other.Result && Guard == other.Guard && Arity == other.Arity && Returns == other.Returns && IsStable == other.IsStable
        && Effects.Equals(other.Effects) && Outputs.SequenceEqual(other.Outputs) && Inputs.SequenceEqual(other.Inputs) && Flags.SequenceEqual(other.Flags);

    public override int GetHashCode() => HashCode.Combine(Result, Guard, Effects, Outputs.Length, Inputs.Length);
}

/// <summary>What an argument is like when a call ends in a certain way.</summary>
/// <param name="Parameter">The parameter, from 0.</param>
/// <param name="Fact">What is known of the argument, or of what it points to.</param>
/// <param name="IsTarget">True if it is about the number that the argument points to when the call begins.</param>
public readonly record struct CallInput(int Parameter, Fact Fact, bool IsTarget = false);

/// <summary>What has become of a thing that a parameter points to.</summary>
public enum OutputKind
{
    /// <summary>It holds what it held before.</summary>
    Kept,

    /// <summary>It holds a known number.</summary>
    Number,

    /// <summary>It holds something else, which is not known.</summary>
    Changed,
}

/// <summary>What a call has left where a parameter points to.</summary>
/// <param name="Parameter">The parameter, from 0.</param>
/// <param name="Field">The member of the record it points to; null for what it points to as a whole.</param>
/// <param name="Kind">What has become of it.</param>
/// <param name="Number">The number left there, if it is known, else 0.</param>
public readonly record struct CallOutput(int Parameter, FieldSymbol? Field, OutputKind Kind, long Number = 0);
