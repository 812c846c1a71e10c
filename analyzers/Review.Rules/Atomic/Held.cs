using Review.Core.Syntax;
using Review.Flow.Paths;

namespace Review.Rules.Atomic;

/// <summary>Something that is held or open, and the node that began it.</summary>
/// <param name="Since">The node that began it.</param>
/// <param name="IsInLazyMode">True if lazy MMU mode was open when it began.</param>
internal sealed record Hold(Node Since, bool IsInLazyMode = false)
{
    /// <summary>True for the lock of a page table.</summary>
    public bool IsOfTable { get; init; }

    /// <summary>True if the caller held it first, and this function has only released it, or taken it again.</summary>
    public bool IsForeign { get; init; }

    /// <summary>The function or macro that began it, as the file spells it.</summary>
    public string Name => NameOf(Since);

    /// <summary>The function or macro of a node, as the file spells it.</summary>
    public static string NameOf(Node node) =>
        node.Origin is { IsInFile: false, Invocation: { IsFunctionLike: true } invocation } ? invocation.Name : (node as CallExpression)?.Name ?? (node as CallExpression)?.Operation?.Name ?? "a call";

    /// <summary>Which node it was is for people only: paths on which different ones began the same are one.</summary>
    public bool Equals(Hold? other) => other is not null && IsInLazyMode == other.IsInLazyMode && IsOfTable == other.IsOfTable && IsForeign == other.IsForeign;

    public override int GetHashCode() => HashCode.Combine(IsInLazyMode, IsOfTable, IsForeign);
}

/// <summary>A pointer into a mapped page table.</summary>
/// <param name="Mapping">The pointer that the mapping function gave.</param>
/// <param name="IsStepped">True if the pointer was moved on and not used since: it may stand behind the table's last entry.</param>
internal readonly record struct EntryPointer(Value Mapping, bool IsStepped);

/// <summary>What a path holds that forbids sleeping, and what it knows of page table entries.</summary>
/// <param name="Locks">Spin locks by the value of the lock pointer; open walks by the address of their state.</param>
/// <param name="Released">Locks that this path has held and released.</param>
/// <param name="Sections">Read-side sections, disabled preemption and the like, by name.</param>
/// <param name="Mappings">Page tables that are mapped, by the pointer that the mapping function gave.</param>
/// <param name="Unmapped">Mappings that this path has ended.</param>
/// <param name="Entries">Pointers into mappings.</param>
/// <param name="NoEntry">The call that found no page table on this path; null if there was none.</param>
internal sealed record Held(
    EquatableMap<Value, Hold> Locks,
    EquatableMap<Value, Hold> Released,
    EquatableMap<string, Hold> Sections,
    EquatableMap<Value, Hold> Mappings,
    EquatableMap<Value, Hold> Unmapped,
    EquatableMap<Value, EntryPointer> Entries,
    Hold? NoEntry)
{
    public static readonly Held Nothing = new(
        EquatableMap<Value, Hold>.Empty,
        EquatableMap<Value, Hold>.Empty,
        EquatableMap<string, Hold>.Empty,
        EquatableMap<Value, Hold>.Empty,
        EquatableMap<Value, Hold>.Empty,
        EquatableMap<Value, EntryPointer>.Empty,
        null);

    /// <summary>True if the path holds or remembers nothing.</summary>
    public bool IsNothing => Locks.Count + Released.Count + Sections.Count + Mappings.Count + Unmapped.Count + Entries.Count == 0 && NoEntry is null;

    /// <summary>A value was just made anew by a node: what is said of it belongs to the older one, which has generation 1 now.</summary>
    public Held Renew(Node node)
    {
        if (IsNothing)
        {
            return this;
        }

        return Renew(Renew(Renew(Renew(Renew(this, Locks, node), Released, node), Mappings, node), Unmapped, node), Entries, node);
    }

    private static Held Renew<T>(Held held, EquatableMap<Value, T> known, Node node)
    {
        foreach (var (value, _) in known.Entries)
        {
            if (MadeBy(value, node) is { } made)
            {
                held = held.Rename(made, made with { Generation = 1 });
            }
        }

        return held;
    }

    /// <summary>What is said of a value belongs to another one from now on.</summary>
    public Held Rename(UnknownValue value, UnknownValue older) => IsNothing ? this : this with
    {
        Locks = Rename(Locks, value, older),
        Released = Rename(Released, value, older),
        Mappings = Rename(Mappings, value, older),
        Unmapped = Rename(Unmapped, value, older),
        Entries = RenameEntries(value, older),
    };

    /// <summary>The value as it is called once the node has made a new one.</summary>
    public static Value Older(Value value, Node node) => MadeBy(value, node) is { } made ? value.Replace(made, made with { Generation = 1 }) : value;

    private static UnknownValue? MadeBy(Value value, Node node)
    {
        var unknown = value switch
        {
            UnknownValue it => it,
            AddressValue { Place.Root: PointeePlace { Pointer: UnknownValue pointer } } => pointer,
            _ => null,
        };
        while (unknown is { Source: InitialContent { Place.Root: PointeePlace { Pointer: UnknownValue pointer } } })
        {
            unknown = pointer;
        }

        return unknown is { Generation: 0 } && (unknown.Source == node || (unknown.Source is WrittenBy written && written.Node == node)) ? unknown : null;
    }

    private static EquatableMap<Value, Hold> Rename(EquatableMap<Value, Hold> map, UnknownValue value, UnknownValue older)
    {
        foreach (var (known, hold) in map)
        {
            if (known.Replace(value, older) is var renamed && renamed != known)
            {
                map = map.Without(known).With(renamed, hold);
            }
        }

        return map;
    }

    private EquatableMap<Value, EntryPointer> RenameEntries(UnknownValue value, UnknownValue older)
    {
        var entries = Entries;
        foreach (var (known, pointer) in Entries)
        {
            var renamed = known.Replace(value, older);
            var mapping = pointer.Mapping.Replace(value, older);
            if (renamed != known || mapping != pointer.Mapping)
            {
                entries = entries.Without(known).With(renamed, pointer with { Mapping = mapping });
            }
        }

        return entries;
    }
}
