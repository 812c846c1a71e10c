using System.Collections;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace Review.Model.Scenarios;

/// <summary>An immutable list that is equal to a list of equal items, so that records holding lists compare by value.</summary>
[CollectionBuilder(typeof(EquatableList), nameof(EquatableList.Of))]
public sealed class EquatableList<T>(ImmutableArray<T> items) : IReadOnlyList<T>, IEquatable<EquatableList<T>>
{
    /// <summary>The list without items.</summary>
    public static EquatableList<T> Empty { get; } = new([]);

    /// <inheritdoc />
    public int Count => items.Length;

    /// <inheritdoc />
    public T this[int index] => items[index];

    /// <inheritdoc />
    public bool Equals(EquatableList<T>? other) => other is not null && this.SequenceEqual(other);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as EquatableList<T>);

    /// <inheritdoc />
    public override int GetHashCode() => items.Length;

    /// <inheritdoc />
    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>Makes lists that compare by value.</summary>
public static class EquatableList
{
    /// <summary>A list of these items.</summary>
    public static EquatableList<T> Of<T>(ReadOnlySpan<T> items) => items.IsEmpty ? EquatableList<T>.Empty : new(ImmutableArray.Create(items));

    /// <summary>A list of these items.</summary>
    public static EquatableList<T> ToEquatableList<T>(this IEnumerable<T> items) => new([.. items]);
}
