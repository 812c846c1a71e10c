using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Review.Core.Dependencies;
using Review.Core.Engine;
using Review.Core.Syntax;

namespace Review.Flow.Facts;

/// <summary>
/// What was inferred about the functions of versions of a file that differ in functions only. A function is inferred again if it has changed, or if an answer about one that it calls
/// has.
/// </summary>
internal sealed class InferenceHistory
{
    private static readonly ConditionalWeakTable<object, InferenceHistory> Known = [];

    private readonly ConcurrentDictionary<(FactTable Table, FactReach Reach, long Revision), (object Inferred, ImmutableArray<Read> Reads)> entries = [];

    /// <summary>The history that a version belongs to; null if it is the only one.</summary>
    public static InferenceHistory? Of(TranslationUnit unit) => unit.Surroundings is { } surroundings ? Known.GetOrCreateValue(surroundings) : null;

    /// <summary>How many inferences are known.</summary>
    public int Count => entries.Count;

    /// <summary>What was inferred about a function, if it would be the same now.</summary>
    public object? Find(FactTable table, FactReach reach, FunctionDefinition function, UnitFacts now) =>
        entries.TryGetValue((table, reach, function.Revision), out var entry) && entry.Reads.All(now.Confirms) ? entry.Inferred : null;

    /// <summary>Remembers what was inferred about a function, and what that depends on.</summary>
    public void Keep(FactTable table, FactReach reach, FunctionDefinition function, object inferred, IEnumerable<Read> reads) =>
        entries[(table, reach, function.Revision)] = (inferred, [.. reads]);

    /// <summary>Forgets the functions that a version does not have.</summary>
    public void Retain(TranslationUnit unit)
    {
        foreach (var key in entries.Keys.Where(key => !unit.Has(key.Revision)))
        {
            _ = entries.TryRemove(key, out _);
        }
    }
}
