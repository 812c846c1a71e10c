using System.Collections;
using System.Collections.Immutable;

namespace Review.Flow.Paths;

/// <summary>An immutable map that is equal to another one with the same content, so that it can be part of a protocol state.</summary>
public sealed class EquatableMap<TKey, TValue>(ImmutableDictionary<TKey, TValue> map) : IEquatable<EquatableMap<TKey, TValue>>, IEnumerable<KeyValuePair<TKey, TValue>>
    where TKey : notnull
{
    private readonly ImmutableDictionary<TKey, TValue> map = map;

    /// <summary>The map without entries.</summary>
    public static EquatableMap<TKey, TValue> Empty { get; } = new(ImmutableDictionary<TKey, TValue>.Empty);

    public int Count => map.Count;

    public IEnumerable<TKey> Keys => map.Keys;

    /// <summary>The value of a key, or the type's default.</summary>
    public TValue? this[TKey key] => map.GetValueOrDefault(key);

    public bool Contains(TKey key) => map.ContainsKey(key);

    public EquatableMap<TKey, TValue> With(TKey key, TValue value)
    {
        var next = map.SetItem(key, value);
        return next == map ? this : new EquatableMap<TKey, TValue>(next);
    }

    public EquatableMap<TKey, TValue> Without(TKey key)
    {
        var next = map.Remove(key);
        return next == map ? this : new EquatableMap<TKey, TValue>(next);
    }

    /// <summary>Only the entries whose key is wanted.</summary>
    public EquatableMap<TKey, TValue> Where(Func<TKey, bool> isWanted)
    {
        ArgumentNullException.ThrowIfNull(isWanted);
        var next = this;
        foreach (var key in map.Keys)
        {
            if (!isWanted(key))
            {
                next = next.Without(key);
            }
        }

        return next;
    }

    public bool Equals(EquatableMap<TKey, TValue>? other)
    {
        if (other is null || map.Count != other.map.Count)
        {
            return false;
        }

        foreach (var (key, value) in map)
        {
            if (!other.map.TryGetValue(key, out var theirs) || !EqualityComparer<TValue>.Default.Equals(value, theirs))
            {
                return false;
            }
        }

        return true;
    }

    public override bool Equals(object? obj) => Equals(obj as EquatableMap<TKey, TValue>);

    public override int GetHashCode()
    {
        var hash = map.Count;
        foreach (var (key, value) in map)
        {
            hash ^= HashCode.Combine(key, value);
        }

        return hash;
    }

    public IEnumerator<KeyValuePair<TKey, TValue>> GetEnumerator() => map.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
