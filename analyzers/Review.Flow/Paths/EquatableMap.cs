using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Review.Flow.Paths;

/// <summary>
/// An immutable map of a few entries that is equal to another one with the same content. Entries lie in arrays in the order in which they
/// came: for some dozens of them that is faster to search, copy and compare than a tree. The hash code is kept up to date with every change. Keys are asked for theirs again and again:
/// they had better remember it.
/// </summary>
public sealed class EquatableMap<TKey, TValue> : IEquatable<EquatableMap<TKey, TValue>>, IEnumerable<KeyValuePair<TKey, TValue>>
    where TKey : notnull
{
    private readonly KeyValuePair<TKey, TValue>[] entries;

    /// <summary>A bit for the hash code of each key, perhaps of keys too that are gone: most keys that are not there are told by it.</summary>
    private readonly ulong filter;
    private readonly int hash;

    private EquatableMap(KeyValuePair<TKey, TValue>[] entries, ulong filter, int hash)
    {
        this.entries = entries;
        this.filter = filter;
        this.hash = hash;
    }

    /// <summary>The map without entries.</summary>
    public static EquatableMap<TKey, TValue> Empty { get; } = new([], 0, 0);

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

    /// <summary>The value of a key that is probably the one at an index: maps that grew out of one another have most of their entries in the same order.</summary>
    internal bool TryGetValue(TKey key, int index, [MaybeNullWhen(false)] out TValue value)
    {
        if (index < entries.Length && ReferenceEquals(entries[index].Key, key))
        {
            value = entries[index].Value;
            return true;
        }

        return TryGetValue(key, out value);
    }

    public EquatableMap<TKey, TValue> With(TKey key, TValue value)
    {
        var index = IndexOf(key);
        if (index < 0)
        {
            var added = key.GetHashCode();
            return new EquatableMap<TKey, TValue>([.. entries, new(key, value)], filter | BitOf(added), hash ^ HashOf(added, value));
        }

        if (IsSame(entries[index].Value, value))
        {
            return this;
        }

        var changed = entries.AsSpan().ToArray();
        changed[index] = new(key, value);
        var keyHash = key.GetHashCode();
        return new EquatableMap<TKey, TValue>(changed, filter, hash ^ HashOf(keyHash, entries[index].Value) ^ HashOf(keyHash, value));
    }

    public EquatableMap<TKey, TValue> Without(TKey key) => IndexOf(key) is >= 0 and var index
        ? new EquatableMap<TKey, TValue>([.. entries.AsSpan(0, index), .. entries.AsSpan(index + 1)], filter, hash ^ HashOf(key.GetHashCode(), entries[index].Value))
        : this;

    /// <summary>The map in which one entry takes the place of all whose key is not wanted any more, and of the one with its own key. It comes last.</summary>
    /// <param name="key">The key of the entry.</param>
    /// <param name="value">Its value.</param>
    /// <param name="context">What the test needs: a test that captures nothing is made once.</param>
    /// <param name="isReplaced">The test.</param>
    internal EquatableMap<TKey, TValue> WithInstead<TContext>(TKey key, TValue value, TContext context, Func<TContext, TKey, bool> isReplaced)
    {
        var kept = entries.Length <= 128 ? stackalloc int[entries.Length] : new int[entries.Length];
        var (count, rest) = Choose(kept, (context, isReplaced), static (test, other) => !test.isReplaced(test.context, other));
        if (count == entries.Length)
        {
            return With(key, value);
        }

        var keyHash = key.GetHashCode();
        var picked = Pick(kept[..count], 1);
        picked[count] = new(key, value);
        return new EquatableMap<TKey, TValue>(picked, filter | BitOf(keyHash), rest ^ HashOf(keyHash, value));
    }

    /// <summary>Only the entries whose key is wanted.</summary>
    public EquatableMap<TKey, TValue> Where(Func<TKey, bool> isWanted)
    {
        ArgumentNullException.ThrowIfNull(isWanted);
        return Where(isWanted, static (isWanted, key) => isWanted(key));
    }

    /// <summary>Only the entries whose key is wanted.</summary>
    /// <param name="context">What the test needs: a test that captures nothing is made once.</param>
    /// <param name="isWanted">The test.</param>
    public EquatableMap<TKey, TValue> Where<TContext>(TContext context, Func<TContext, TKey, bool> isWanted)
    {
        ArgumentNullException.ThrowIfNull(isWanted);
        if (entries.Length == 0)
        {
            return this;
        }

        var kept = entries.Length <= 128 ? stackalloc int[entries.Length] : new int[entries.Length];
        var (count, rest) = Choose(kept, context, isWanted);
        if (count == entries.Length)
        {
            return this;
        }

        if (count == 0)
        {
            return Empty;
        }

        return new EquatableMap<TKey, TValue>(Pick(kept[..count], 0), filter, rest);
    }

    /// <summary>The map with other entries in place of its own; where two get the same key the later one counts. The map itself if none is another one.</summary>
    /// <param name="context">What the change needs: one that captures nothing is made once.</param>
    /// <param name="change">The entry that takes another one's place.</param>
    public EquatableMap<TKey, TValue> Select<TContext>(TContext context, Func<TContext, KeyValuePair<TKey, TValue>, KeyValuePair<TKey, TValue>> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        Builder? changed = null;
        for (var i = 0; i < entries.Length; i++)
        {
            var (key, value) = change(context, entries[i]);
            if (changed is null && ReferenceEquals(key, entries[i].Key) && ReferenceEquals(value, entries[i].Value))
            {
                continue;
            }

            changed ??= CopyOfFirst(i);
            changed.Set(key, value);
        }

        return changed?.ToMap() ?? this;
    }

    public bool Equals(EquatableMap<TKey, TValue>? other)
    {
        if (ReferenceEquals(this, other))
        {
            return true;
        }

        if (other is null || hash != other.hash || entries.Length != other.entries.Length)
        {
            return false;
        }

        for (var i = 0; i < entries.Length; i++)
        {
            // Mostly both got their entries in the same order.
            var index = IsSame(other.entries[i].Key, entries[i].Key) ? i : other.IndexOf(entries[i].Key);
            if (index < 0 || !IsSame(entries[i].Value, other.entries[index].Value))
            {
                return false;
            }
        }

        return true;
    }

    public override bool Equals(object? obj) => Equals(obj as EquatableMap<TKey, TValue>);

    public override int GetHashCode() => hash;

    public IEnumerator<KeyValuePair<TKey, TValue>> GetEnumerator() => ((IEnumerable<KeyValuePair<TKey, TValue>>)entries).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>What an entry adds to the hash code. Maps that got the same entries in another order are equal.</summary>
    private static int HashOf(int keyHash, TValue value) => HashCode.Combine(keyHash, value?.GetHashCode() ?? 0);

    /// <summary>Mostly the same object is asked for that is there: that is seen without asking it.</summary>
    private static bool IsSame<T>(T one, T other) => (!typeof(T).IsValueType && ReferenceEquals(one, other)) || EqualityComparer<T>.Default.Equals(one, other);

    private static ulong BitOf(int keyHash) => 1UL << (keyHash & 63);

    private int IndexOf(TKey key) => IndexOf(entries, filter, key, key.GetHashCode());

    private static int IndexOf(ReadOnlySpan<KeyValuePair<TKey, TValue>> entries, ulong filter, TKey key, int keyHash)
    {
        if ((filter & BitOf(keyHash)) == 0)
        {
            return -1;
        }

        for (var i = 0; i < entries.Length; i++)
        {
            if (!typeof(TKey).IsValueType && ReferenceEquals(entries[i].Key, key))
            {
                return i;
            }
        }

        for (var i = 0; i < entries.Length; i++)
        {
            if (entries[i].Key.GetHashCode() == keyHash && EqualityComparer<TKey>.Default.Equals(entries[i].Key, key))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Writes the indices of the wanted entries to the front of a list; gives their number and hash code.</summary>
    private (int Count, int Hash) Choose<TContext>(Span<int> chosen, TContext context, Func<TContext, TKey, bool> isWanted)
    {
        var (count, rest) = (0, hash);
        for (var i = 0; i < entries.Length; i++)
        {
            if (isWanted(context, entries[i].Key))
            {
                chosen[count++] = i;
            }
            else
            {
                rest ^= HashOf(entries[i].Key.GetHashCode(), entries[i].Value);
            }
        }

        return (count, rest);
    }

    /// <summary>Copies some entries, with room for more behind them.</summary>
    private KeyValuePair<TKey, TValue>[] Pick(ReadOnlySpan<int> indices, int more)
    {
        var picked = new KeyValuePair<TKey, TValue>[indices.Length + more];
        for (var i = 0; i < indices.Length; i++)
        {
            picked[i] = entries[indices[i]];
        }

        return picked;
    }

    private Builder CopyOfFirst(int count)
    {
        var copy = new Builder(entries.Length);
        for (var i = 0; i < count; i++)
        {
            copy.Append(this, i);
        }

        return copy;
    }

    /// <summary>Makes a map entry by entry.</summary>
    /// <param name="capacity">How many entries there will probably be.</param>
    internal sealed class Builder(int capacity)
    {
        private KeyValuePair<TKey, TValue>[] entries = new KeyValuePair<TKey, TValue>[capacity];
        private ulong filter;
        private int count;
        private int hash;

        public bool Contains(TKey key) => IndexOf(entries.AsSpan(0, count), filter, key, key.GetHashCode()) >= 0;

        /// <summary>Adds an entry whose key is not there yet.</summary>
        public void Add(TKey key, TValue value) => Add(new KeyValuePair<TKey, TValue>(key, value), key.GetHashCode());

        /// <summary>Adds an entry, or gives the one with its key another value.</summary>
        public void Set(TKey key, TValue value)
        {
            var keyHash = key.GetHashCode();
            if (IndexOf(entries.AsSpan(0, count), filter, key, keyHash) is not (>= 0 and var index))
            {
                Add(new KeyValuePair<TKey, TValue>(key, value), keyHash);
                return;
            }

            hash ^= HashOf(keyHash, entries[index].Value) ^ HashOf(keyHash, value);
            entries[index] = new KeyValuePair<TKey, TValue>(key, value);
        }

        /// <summary>Adds an entry of another map, whose key is not there yet.</summary>
        public void Append(EquatableMap<TKey, TValue> map, int index) => Add(map.entries[index], map.entries[index].Key.GetHashCode());

        public EquatableMap<TKey, TValue> ToMap() => count == 0 ? Empty
            : count == entries.Length ? new EquatableMap<TKey, TValue>(entries, filter, hash)
            : new EquatableMap<TKey, TValue>(entries[..count], filter, hash);

        private void Add(KeyValuePair<TKey, TValue> entry, int keyHash)
        {
            if (count == entries.Length)
            {
                Array.Resize(ref entries, (2 * count) + 4);
            }

            entries[count++] = entry;
            filter |= BitOf(keyHash);
            hash ^= HashOf(keyHash, entry.Value);
        }
    }
}
