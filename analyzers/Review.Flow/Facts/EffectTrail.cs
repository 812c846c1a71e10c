using System.Collections;
using System.Collections.Immutable;

namespace Review.Flow.Facts;

/// <summary>
/// Effects by name, each once, in the order in which each happened for the last time. So a loop adds nothing after its first
/// round, and "starts, then ends" is still told from "ends, then starts". Equal trails have equal content.
/// </summary>
public sealed class EffectTrail : IEquatable<EffectTrail>, IEnumerable<string>
{
    private readonly ImmutableArray<string> effects;
    private ImmutableArray<(string Verb, int Parameter)> onParameters;
    private int? hash;

    private EffectTrail(ImmutableArray<string> effects) => this.effects = effects;

    /// <summary>Nothing has happened.</summary>
    public static EffectTrail Empty { get; } = new([]);

    public bool IsEmpty => effects.IsEmpty;

    /// <summary>The effects on what parameters point to: verb and parameter. They are taken apart once: all calls that end alike share the trail.</summary>
    internal ImmutableArray<(string Verb, int Parameter)> OnParameters =>
        onParameters.IsDefault ? onParameters = [.. effects.Select(CallOutcome.Split).OfType<(string, int)>()] : onParameters;

    /// <summary>A trail of effects in the order in which they happened.</summary>
    public static EffectTrail Of(IEnumerable<string> effects) => effects.Aggregate(Empty, static (trail, effect) => trail.Then(effect));

    public bool Contains(string effect) => effects.Contains(effect);

    /// <summary>An effect happens, perhaps again.</summary>
    public EffectTrail Then(string effect) =>
        effects.Length > 0 && effects[^1] == effect ? this : new EffectTrail(effects.Remove(effect).Add(effect));

    /// <summary>The effect did not happen after all.</summary>
    public EffectTrail Without(string effect) => effects.Contains(effect) ? new EffectTrail(effects.Remove(effect)) : this;

    public bool Equals(EffectTrail? other) =>
        ReferenceEquals(this, other) || (other is not null && GetHashCode() == other.GetHashCode() && effects.SequenceEqual(other.effects, StringComparer.Ordinal));

    public override bool Equals(object? obj) => Equals(obj as EffectTrail);

    public override int GetHashCode() => hash ??= HashOf(effects);

    private static int HashOf(ImmutableArray<string> effects)
    {
        var sum = default(HashCode);
        foreach (var effect in effects)
        {
            sum.Add(effect, StringComparer.Ordinal);
        }

        return sum.ToHashCode();
    }

    public override string ToString() => string.Join(", ", effects);

    public IEnumerator<string> GetEnumerator() => ((IEnumerable<string>)effects).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
