using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Review.Model.Collections;

/// <summary>An immutable list that compares by content and remembers its hash code.</summary>
[CollectionBuilder(typeof(Seq), nameof(Seq.Create))]
[SuppressMessage("Naming", "CA1710", Justification = "The short name of a sequence.")]
public sealed class Seq<T> : IReadOnlyList<T>, IEquatable<Seq<T>>
{
    private readonly T[] items;
    private int hash;

    internal Seq(T[] items) => this.items = items;

    /// <inheritdoc/>
    public int Count => items.Length;

    /// <inheritdoc/>
    public T this[int index] => items[index];

    /// <summary>The items as a span.</summary>
    public ReadOnlySpan<T> AsSpan() => items;

    /// <summary>The list with one item more at its end.</summary>
    public Seq<T> Add(T item) => Splice(Count, 0, [item]);

    /// <summary>The list with another item at this place.</summary>
    public Seq<T> With(int index, T item)
    {
        var copy = (T[])items.Clone();
        copy[index] = item;
        return new(copy);
    }

    /// <summary>The list without the item at this place.</summary>
    public Seq<T> RemoveAt(int index) => Splice(index, 1, []);

    /// <summary>The list with <paramref name="removed"/> items from <paramref name="index"/> on replaced by others.</summary>
    public Seq<T> Splice(int index, int removed, ReadOnlySpan<T> added)
    {
        var copy = new T[items.Length - removed + added.Length];
        items.AsSpan(0, index).CopyTo(copy);
        added.CopyTo(copy.AsSpan(index));
        items.AsSpan(index + removed).CopyTo(copy.AsSpan(index + added.Length));
        return new(copy);
    }

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => items.GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(Seq<T>? other)
    {
        if (ReferenceEquals(this, other))
        {
            return true;
        }

        if (other is null || items.Length != other.items.Length || GetHashCode() != other.GetHashCode())
        {
            return false;
        }

        for (var i = 0; i < items.Length; i++)
        {
            if (!EqualityComparer<T>.Default.Equals(items[i], other.items[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Seq<T>);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        if (hash == 0)
        {
            var sum = items.Length + 1;
            foreach (var item in items)
            {
                sum = (sum * 31) + (item?.GetHashCode() ?? 0);
            }

            hash = sum == 0 ? 1 : sum;
        }

        return hash;
    }
}

/// <summary>Makes lists.</summary>
public static class Seq
{
    /// <summary>A list of these items.</summary>
    public static Seq<T> Create<T>(ReadOnlySpan<T> items) => new(items.ToArray());
}
