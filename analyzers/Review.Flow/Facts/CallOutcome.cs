using System.Collections.Immutable;
using System.Globalization;
using Review.Core.Syntax;
using Review.Flow.Paths;

namespace Review.Flow.Facts;

/// <summary>
/// One way in which a call can end. A function whose effects depend on its result has several, e.g. a function that
/// returns false if and only if it has dropped a lock.
/// </summary>
/// <param name="Effects">What has happened, by name, e.g. <c>drops mmap_lock</c>; one that ends in <c>*p</c> has happened to what parameter p points to. In ordinal order.</param>
/// <param name="Result">What is known of the result.</param>
/// <param name="Outputs">What is known of the things that pointer parameters point to.</param>
public sealed record CallOutcome(ImmutableArray<string> Effects, Fact Result, ImmutableArray<CallOutput> Outputs)
{
    /// <summary>For a call whose argument has to point to a certain member for the outcome to apply; else null.</summary>
    public (int Parameter, string Field)? Guard { get; init; }

    /// <summary>Members of structures handed over that must not be zero for this outcome: flags with which the caller asks for it.</summary>
    public ImmutableArray<(int Parameter, FieldSymbol Field)> Requires { get; init; } = [];

    public bool Has(string effect) => Effects.Contains(effect);

    /// <summary>The effects on what parameters point to: verb and parameter.</summary>
    public IEnumerable<(string Verb, int Parameter)> OnParameters
    {
        get
        {
            foreach (var effect in Effects)
            {
                if (effect.LastIndexOf(" *", StringComparison.Ordinal) is > 0 and var star
                    && int.TryParse(effect.AsSpan(star + 2), NumberStyles.None, CultureInfo.InvariantCulture, out var parameter))
                {
                    yield return (effect[..star], parameter);
                }
            }
        }
    }

    public bool Equals(CallOutcome? other) =>
        other is not null && Result == other.Result && Guard == other.Guard
        && Effects.SequenceEqual(other.Effects, StringComparer.Ordinal) && Outputs.SequenceEqual(other.Outputs) && Requires.SequenceEqual(other.Requires);

    public override int GetHashCode() => HashCode.Combine(Result, Guard, Effects.Length, Outputs.Length);
}

/// <summary>What a call has left where a parameter points to.</summary>
/// <param name="Parameter">The parameter, from 0.</param>
/// <param name="Field">The member of the structure that it points to; null for a pointer to something that is no structure.</param>
/// <param name="Number">The number left there; null if it holds what it held before.</param>
public readonly record struct CallOutput(int Parameter, FieldSymbol? Field, long? Number);
