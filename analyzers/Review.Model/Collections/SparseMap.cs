using System.Diagnostics.CodeAnalysis;

namespace Review.Model.Collections;

/// <summary>
/// An immutable map from a number to a small value, for page tables, page caches and page frames. The default value means "nothing
/// there" and costs nothing. A change copies 16 values and the list of groups; the hash code is carried along, so states compare fast.
/// </summary>
[SuppressMessage("Naming", "CA1710", Justification = "It is a map; the runtime's dictionaries are mutable.")]
public sealed class SparseMap<T> : IEquatable<SparseMap<T>>
    where T : struct, IEquatable<T>
{
    private const int GroupBits = 4;
    private const int GroupSize = 1 << GroupBits;

    /// <summary>The empty map.</summary>
    [SuppressMessage("Design", "CA1000", Justification = "As the runtime's immutable collections.")]
    public static readonly SparseMap<T> Empty = new([], [], 0, 0);

    private readonly ulong[] numbers;
    private readonly Group[] groups;
    private readonly int hash;

    private SparseMap(ulong[] numbers, Group[] groups, int count, int hash)
    {
        this.numbers = numbers;
        this.groups = groups;
        Count = count;
        this.hash = hash;
    }

    /// <summary>How many keys have a value.</summary>
    public int Count { get; }

    /// <summary>The value of a key, or the default.</summary>
    public T this[ulong key]
    {
        get
        {
            var at = Find(key >> GroupBits);
            return at < 0 ? default : groups[at].Values[key & (GroupSize - 1)];
        }
    }

    /// <summary>The map with one value changed; the default removes it.</summary>
    public SparseMap<T> With(ulong key, T value)
    {
        var number = key >> GroupBits;
        var at = Find(number);
        var old = at < 0 ? default : groups[at].Values[key & (GroupSize - 1)];
        if (old.Equals(value))
        {
            return this;
        }

        var added = (old.Equals(default) ? 1 : 0) - (value.Equals(default) ? 1 : 0);
        var newHash = hash ^ Mix(key, old) ^ Mix(key, value);
        if (at < 0)
        {
            var values = new T[GroupSize];
            values[key & (GroupSize - 1)] = value;
            at = ~at;
            return new SparseMap<T>(Inserted(numbers, at, number), Inserted(groups, at, new Group(values, 1)), Count + 1, newHash);
        }

        if (groups[at].Used + added == 0)
        {
            return new SparseMap<T>(Removed(numbers, at), Removed(groups, at), Count + added, newHash);
        }

        var changed = (T[])groups[at].Values.Clone();
        changed[key & (GroupSize - 1)] = value;
        var newGroups = (Group[])groups.Clone();
        newGroups[at] = new Group(changed, groups[at].Used + added);
        return new SparseMap<T>(numbers, newGroups, Count + added, newHash);
    }

    /// <summary>Finds the first key in [<paramref name="from"/>, <paramref name="end"/>) that has a value.</summary>
    public bool TryNext(ulong from, ulong end, out ulong key, out T value)
    {
        var at = Find(from >> GroupBits);
        for (var i = at < 0 ? ~at : at; i < groups.Length; i++)
        {
            var first = numbers[i] << GroupBits;
            if (first >= end)
            {
                break;
            }

            var values = groups[i].Values;
            for (var slot = first < from ? (int)(from - first) : 0; slot < GroupSize; slot++)
            {
                if (!values[slot].Equals(default))
                {
                    key = first + (ulong)slot;
                    value = values[slot];
                    return key < end;
                }
            }
        }

        key = end;
        value = default;
        return false;
    }

    /// <summary>The keys in [<paramref name="from"/>, <paramref name="end"/>) that have a value, ascending.</summary>
    public IEnumerable<KeyValuePair<ulong, T>> In(ulong from, ulong end)
    {
        while (TryNext(from, end, out var key, out var value))
        {
            yield return new(key, value);
            from = key + 1;
        }
    }

    /// <summary>The lowest key, from <paramref name="from"/> on, that has no value.</summary>
    public ulong LowestFree(ulong from)
    {
        var at = Find(from >> GroupBits);
        for (var key = from; ;)
        {
            if (at < 0 || at >= groups.Length || numbers[at] != key >> GroupBits)
            {
                return key;
            }

            var end = (numbers[at] + 1) << GroupBits;
            for (; groups[at].Used < GroupSize && key < end; key++)
            {
                if (groups[at].Values[key & (GroupSize - 1)].Equals(default))
                {
                    return key;
                }
            }

            key = end;
            at++;
        }
    }

    /// <inheritdoc/>
    public bool Equals(SparseMap<T>? other)
    {
        if (ReferenceEquals(this, other))
        {
            return true;
        }

        if (other is null || hash != other.hash || Count != other.Count || !numbers.AsSpan().SequenceEqual(other.numbers))
        {
            return false;
        }

        for (var i = 0; i < groups.Length; i++)
        {
            if (!ReferenceEquals(groups[i], other.groups[i]) && !groups[i].Values.AsSpan().SequenceEqual(other.groups[i].Values))
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SparseMap<T>);

    /// <inheritdoc/>
    public override int GetHashCode() => hash;

    private static int Mix(ulong key, T value)
    {
        if (value.Equals(default))
        {
            return 0;
        }

        var mixed = (key + 0x9E3779B97F4A7C15UL) * 0xBF58476D1CE4E5B9UL ^ (uint)value.GetHashCode() * 0x94D049BB133111EBUL;
        mixed ^= mixed >> 29;
        mixed *= 0xBF58476D1CE4E5B9UL;
        return (int)(mixed >> 32);
    }

    private static TItem[] Inserted<TItem>(TItem[] items, int at, TItem item)
    {
        var result = new TItem[items.Length + 1];
        items.AsSpan(0, at).CopyTo(result);
        result[at] = item;
        items.AsSpan(at).CopyTo(result.AsSpan(at + 1));
        return result;
    }

    private static TItem[] Removed<TItem>(TItem[] items, int at)
    {
        var result = new TItem[items.Length - 1];
        items.AsSpan(0, at).CopyTo(result);
        items.AsSpan(at + 1).CopyTo(result.AsSpan(at));
        return result;
    }

    private int Find(ulong number) => Array.BinarySearch(numbers, number);

    private sealed record Group(T[] Values, int Used);
}
