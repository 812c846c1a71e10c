using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Review.Flow.Paths;

/// <summary>
/// An immutable map of a few entries that is equal to another one with the same content. Entries lie in arrays in the order in which they
/// came: for a dozen of them that is faster to search, copy and compare than a tree.
/// </summary>
public sealed class EquatableMap<TKey, TValue> : IEquatable<EquatableMap<TKey, TValue>>, IEnumerable<KeyValuePair<TKey, TValue>>
    where TKey : notnull
{
    private readonly KeyValuePair<TKey, TValue>[] entries;
    private readonly int[] hashes;
    private int? hash;

    private EquatableMap(KeyValuePair<TKey, TValue>[] entries, int[] hashes)
    {
        this.entries = entries;
        this.hashes = hashes;
    }

    /// <summary>The map without entries.</summary>
    public static EquatableMap<TKey, TValue> Empty { get; } = new([], []);

    public int Count => entries.Length;

    public IEnumerable<TKey> Keys
    {
        get
        {
            foreach (var entry in entries)
            {
                yield return entry.Key;
            }
        }
    }

    /// <summary>The entries, for loops that must not allocate.</summary>
    public ReadOnlySpan<KeyValuePair<TKey, TValue>> Entries => entries;

    /// <summary>The value of a key, or the type's default.</summary>
    public TValue? this[TKey key] => IndexOf(key) is >= 0 and var index ? entries[index].Value : default;

    public bool TryGetValue(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        var index = IndexOf(key);
        value = index >= 0 ? entries[index].Value : default;
        return index >= 0;
    }

    public bool Contains(TKey key) => IndexOf(key) >= 0;

    public EquatableMap<TKey, TValue> With(TKey key, TValue value)
    {
        var index = IndexOf(key);
        if (index >= 0)
        {
            if (EqualityComparer<TValue>.Default.Equals(entries[index].Value, value))
            {
                return this;
            }

            var changed = (KeyValuePair<TKey, TValue>[])entries.Clone();
            changed[index] = new(key, value);
            return new EquatableMap<TKey, TValue>(changed, hashes);
        }

        return new EquatableMap<TKey, TValue>([.. entries, new(key, value)], [.. hashes, key.GetHashCode()]);
    }

    public EquatableMap<TKey, TValue> Without(TKey key) => IndexOf(key) is >= 0 and var index
        ? new EquatableMap<TKey, TValue>([.. entries.AsSpan(0, index), .. entries.AsSpan(index + 1)], [.. hashes.AsSpan(0, index), .. hashes.AsSpan(index + 1)])
        : this;

    /// <summary>Only the entries whose key is wanted.</summary>
    public EquatableMap<TKey, TValue> Where(Func<TKey, bool> isWanted)
    {
        ArgumentNullException.ThrowIfNull(isWanted);
        List<int>? kept = null;
        for (var i = 0; i < entries.Length; i++)
        {
            if (isWanted(entries[i].Key))
            {
                kept?.Add(i);
            }
            else
            {
                kept ??= [.. Enumerable.Range(0, i)];
            }
        }

        return kept is null ? this : kept.Count == 0 ? Empty : new EquatableMap<TKey, TValue>([.. kept.Select(i => entries[i])], [.. kept.Select(i => hashes[i])]);
    }

    public bool Equals(EquatableMap<TKey, TValue>? other)
    {
        if (ReferenceEquals(this, other))
        {
            return true;
        }

        if (other is null || entries.Length != other.entries.Length || GetHashCode() != other.GetHashCode())
        {
            return false;
        }

        foreach (var (key, value) in entries)
        {
            if (other.IndexOf(key) is not (>= 0 and var index) || !EqualityComparer<TValue>.Default.Equals(value, other.entries[index].Value))
            {
                return false;
            }
        }

        return true;
    }

    public override bool Equals(object? obj) => Equals(obj as EquatableMap<TKey, TValue>);

    public override int GetHashCode()
    {
        if (hash is { } known)
        {
            return known;
        }

        // Maps that got the same entries in another order are equal.
        var sum = entries.Length;
        for (var i = 0; i < entries.Length; i++)
        {
            sum ^= HashCode.Combine(hashes[i], entries[i].Value);
        }

        hash = sum;
        return sum;
    }

    public IEnumerator<KeyValuePair<TKey, TValue>> GetEnumerator() => ((IEnumerable<KeyValuePair<TKey, TValue>>)entries).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private int IndexOf(TKey key)
    {
        var wanted = key.GetHashCode();
        for (var i = 0; i < hashes.Length; i++)
        {
            if (hashes[i] == wanted && EqualityComparer<TKey>.Default.Equals(entries[i].Key, key))
            {
                return i;
            }
        }

        return -1;
    }
}
