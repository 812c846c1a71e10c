using System.Collections.Immutable;
using Review.Core.Syntax;

namespace Review.Flow.Paths;

/// <summary>
/// What a place holds on a path. Values and places are compared all the time, so each knows its hash code, and in one word which unknown values it
/// may have to do with.
/// </summary>
public abstract record Value
{
    /// <param name="hash">The hash code, without <see cref="UnknownValue.Generation"/>.</param>
    /// <param name="origins">See <see cref="Origins"/>.</param>
    private protected Value(int hash, ulong origins)
    {
        Hash = hash;
        Origins = origins;
    }

    private protected int Hash { get; }

    /// <summary>
    /// The <see cref="UnknownValue.Bit"/> of every unknown value that this one is or was read through. Several values share a bit: one that is missing says that the
    /// value has nothing to do with this one, one that is there says nothing.
    /// </summary>
    internal ulong Origins { get; }

    /// <summary>How many pointers were followed to read it.</summary>
    public int Depth => this switch
    {
        UnknownValue { Source: InitialContent { Place.Root: PointeePlace pointee } } => pointee.Pointer.Depth + 1,
        AddressValue { Place.Root: PointeePlace pointee } => pointee.Pointer.Depth,
        _ => 0,
    };

    /// <summary>The value with another one in place of one that it is, or was read through; itself if it has nothing to do with that one.</summary>
    public Value Replace(UnknownValue old, Value replacement)
    {
        ArgumentNullException.ThrowIfNull(old);
        if ((Origins & old.Bit) == 0)
        {
            return this;
        }

        switch (this)
        {
            case AddressValue address:
                return address.Place.Replace(old, replacement) is var place && ReferenceEquals(place, address.Place) ? this : new AddressValue(place);
            case UnknownValue unknown when unknown.Equals(old):
                return replacement;
            case UnknownValue { Source: InitialContent { Place: { Root: PointeePlace } read } } unknown:
                return read.Replace(old, replacement) is var other && ReferenceEquals(other, read) ? this : new UnknownValue(new InitialContent(other), unknown.Generation);
            case UnknownValue { Source: Relation relation } unknown:
                return relation.Replace(old, replacement) is var renamed && ReferenceEquals(renamed, relation) ? this : new UnknownValue(renamed, unknown.Generation);
            default:
                return this;
        }
    }

    /// <summary>True if the value is the other one or was read through it.</summary>
    internal bool IsReadThrough(UnknownValue other) => (Origins & other.Bit) != 0 && this switch
    {
        AddressValue address => address.Place.IsReadThrough(other),
        UnknownValue unknown => unknown.Equals(other) || unknown.Source switch
        {
            InitialContent initial => initial.Place.IsReadThrough(other),
            Relation relation => relation.IsReadThrough(other),
            _ => false,
        },
        _ => false,
    };

    /// <summary>Collects this value and those that it was read through, as far as they stand for several where paths were merged at a block; the latest ones only.</summary>
    internal void CollectMergedAt(int block, List<UnknownValue> into)
    {
        if ((Origins & UnknownValue.BitOfMerged) == 0)
        {
            return;
        }

        switch (this)
        {
            case AddressValue address:
                address.Place.CollectMergedAt(block, into);
                break;
            case UnknownValue { Source: InitialContent initial }:
                initial.Place.CollectMergedAt(block, into);
                break;
            case UnknownValue { Source: Relation relation }:
                foreach (var operand in relation.Operands)
                {
                    operand.CollectMergedAt(block, into);
                }

                break;
            case UnknownValue { Source: MergedAt merged, Generation: 0 } unknown when merged.Block == block && !into.Contains(unknown):
                into.Add(unknown);
                break;
        }
    }
}

/// <summary>A known number; 0 is the null pointer.</summary>
public sealed record ConstantValue(long Number) : Value(Number.GetHashCode(), origins: 0)
{
    public static readonly ConstantValue Zero = new(0);
    public static readonly ConstantValue One = new(1);

    /// <summary>The value of a number; the commonest ones are made once.</summary>
    public static ConstantValue Of(long number) => number switch
    {
        0 => Zero,
        1 => One,
        _ => new ConstantValue(number),
    };

    public long Number { get; } = Number;

    public bool Equals(ConstantValue? other) => other is not null && Number == other.Number;

    public override int GetHashCode() => Hash;
}

/// <summary>
/// A value that is not known, but is one and the same wherever it is held. <see cref="Source"/> says what made it.
/// In a loop a source makes a value again and again; the last one has generation 0, older ones are generation 1.
/// </summary>
public sealed record UnknownValue : Value
{
    /// <summary>The bit that all values have in common that stand for several where paths were merged.</summary>
    internal const ulong BitOfMerged = 1UL << 63;

    private PointeePlace? target;

    /// <param name="source">What made it.</param>
    /// <param name="generation">0 for the last value that the source made, 1 for older ones.</param>
    public UnknownValue(object source, int generation = 0)
        : this(source, generation, source?.GetHashCode() ?? throw new ArgumentNullException(nameof(source)))
    {
    }

    private UnknownValue(object source, int generation, int hash)
        : base(hash, BitFor(hash) | OriginsOf(source)) => (Source, Generation) = (source, generation);

    /// <summary>Makes a copy, which is going to have another generation: what it points to is another place.</summary>
    private UnknownValue(UnknownValue original)
        : base(original)
    {
        Source = original.Source;
        Generation = original.Generation;
    }

    /// <summary>What made it.</summary>
    public object Source { get; }

    /// <summary>0 for the last value that the source made, 1 for older ones.</summary>
    public int Generation { get; init; }

    /// <summary>The place it points to if it is a pointer.</summary>
    internal PointeePlace Target => target ??= new PointeePlace(this);

    /// <summary>The bit that stands for the value, whatever its generation, in <see cref="Value.Origins"/>.</summary>
    internal ulong Bit => BitFor(Hash);

    public bool Equals(UnknownValue? other) =>
        ReferenceEquals(this, other) || (other is not null && Hash == other.Hash && Generation == other.Generation && Source.Equals(other.Source));

    public override int GetHashCode() => Hash + Generation;

    private static ulong BitFor(int hash) => 1UL << (int)((uint)hash % 63);

    private static ulong OriginsOf(object source) => source switch
    {
        InitialContent initial => initial.Place.Origins,
        MergedAt => BitOfMerged,
        Relation relation => OriginsOf(relation.Operands),
        _ => 0,
    };

    private static ulong OriginsOf(ImmutableArray<Value> operands)
    {
        var origins = 0UL;
        foreach (var operand in operands)
        {
            origins |= operand.Origins;
        }

        return origins;
    }
}

/// <summary>The address of a place, e.g. <c>&amp;range</c>.</summary>
public sealed record AddressValue(Place Place) : Value(HashCode.Combine(Place), Place.Origins)
{
    public Place Place { get; } = Place;

    public bool Equals(AddressValue? other) => ReferenceEquals(this, other) || (other is not null && Hash == other.Hash && Place.Equals(other.Place));

    public override int GetHashCode() => Hash;
}

/// <summary>Something that holds a value.</summary>
public abstract record Place
{
    private readonly Place? root;
    private UnknownValue? initialValue;
    private FieldPlace? lastMember;
    private ElementPlace? element;

    /// <param name="hash">The hash code.</param>
    /// <param name="container">The place inside which it lies, if it lies in one.</param>
    /// <param name="origins">See <see cref="Origins"/>.</param>
    private protected Place(int hash, Place? container, ulong origins)
    {
        Hash = hash;
        Container = container;
        root = container?.Root;
        Origins = origins;
    }

    private protected int Hash { get; }

    private Place? Container { get; }

    /// <summary>What <see cref="Value.Origins"/> says of the pointer that leads to the place.</summary>
    internal ulong Origins { get; }

    /// <summary>The variable or pointee at the bottom, e.g. <c>range</c> for <c>range.start</c>.</summary>
    public Place Root => root ?? this;

    /// <summary>The value that it held when the function was entered, or when it was first looked at.</summary>
    public UnknownValue InitialValue => initialValue ??= new UnknownValue(new InitialContent(this));

    /// <summary>A member of the structure that the place is.</summary>
    public FieldPlace Member(FieldSymbol field)
    {
        // Members that were asked for before are kept in a chain: making one anew takes longer than finding it. Several threads may add to it; one that gets lost is made again.
        var first = lastMember;
        for (var member = first; member is not null; member = member.Previous)
        {
            if (member.Field == field)
            {
                return member;
            }
        }

        return lastMember = new FieldPlace(this, field) { Previous = first };
    }

    /// <summary>Some element of the array that the place is.</summary>
    internal ElementPlace Element => element ??= new ElementPlace(this);

    /// <summary>True if it is an element of an array, or lies in one.</summary>
    public bool IsElement => this is ElementPlace || Container is { IsElement: true };

    /// <summary>The place with another value in place of one that leads to it; itself if that one does not.</summary>
    public Place Replace(UnknownValue old, Value replacement)
    {
        ArgumentNullException.ThrowIfNull(old);
        if ((Origins & old.Bit) == 0)
        {
            return this;
        }

        switch (this)
        {
            case PointeePlace pointee:
                return pointee.Pointer.Replace(old, replacement) switch
                {
                    var pointer when ReferenceEquals(pointer, pointee.Pointer) => this,
                    AddressValue address => address.Place,
                    var pointer => new PointeePlace(pointer),
                };
            case FieldPlace field:
                return field.Container.Replace(old, replacement) is var container && ReferenceEquals(container, field.Container) ? this : new FieldPlace(container, field.Field);
            case ElementPlace element:
                return element.Container.Replace(old, replacement) is var array && ReferenceEquals(array, element.Container) ? this : new ElementPlace(array);
            default:
                return this;
        }
    }

    /// <summary>True if the place is reached through a value.</summary>
    internal bool IsReadThrough(UnknownValue value) => (Origins & value.Bit) != 0 && Root is PointeePlace pointee && pointee.Pointer.IsReadThrough(value);

    /// <summary>Collects the values that lead to the place, as <see cref="Value.CollectMergedAt"/> does.</summary>
    internal void CollectMergedAt(int block, List<UnknownValue> into)
    {
        if (Root is PointeePlace pointee)
        {
            pointee.Pointer.CollectMergedAt(block, into);
        }
    }

    /// <summary>True if this place is the other one or lies inside it.</summary>
    public bool IsInside(Place other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (Root.Hash != other.Root.Hash)
        {
            return false;
        }

        for (var place = this; place is not null; place = place.Container)
        {
            if (place == other)
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>A variable.</summary>
public sealed record VariablePlace(VariableSymbol Variable) : Place(Variable.GetHashCode(), container: null, origins: 0)
{
    public VariableSymbol Variable { get; } = Variable;

    /// <summary>The blocks at whose start the variable is still wanted, one bit each; null if nobody has asked yet. See <see cref="Liveness"/>.</summary>
    internal ulong[]? WantedIn { get; set; }

    public bool Equals(VariablePlace? other) => other is not null && Variable == other.Variable;

    public override int GetHashCode() => Hash;
}

/// <summary>What a pointer points to.</summary>
public sealed record PointeePlace(Value Pointer) : Place(HashCode.Combine(Pointer, typeof(PointeePlace)), container: null, Pointer.Origins)
{
    public Value Pointer { get; } = Pointer;

    public bool Equals(PointeePlace? other) => ReferenceEquals(this, other) || (other is not null && Hash == other.Hash && Pointer.Equals(other.Pointer));

    public override int GetHashCode() => Hash;
}

/// <summary>A member of a structure.</summary>
public sealed record FieldPlace(Place Container, FieldSymbol Field) : Place(HashCode.Combine(Container, Field), Container, Container.Origins)
{
    public Place Container { get; } = Container;

    public FieldSymbol Field { get; } = Field;

    /// <summary>The member of the same place that was asked for before this one; null if none was.</summary>
    internal FieldPlace? Previous { get; init; }

    public bool Equals(FieldPlace? other) => ReferenceEquals(this, other) || (other is not null && Hash == other.Hash && Field == other.Field && Container.Equals(other.Container));

    public override int GetHashCode() => Hash;
}

/// <summary>Some element of an array; which one is not tracked.</summary>
public sealed record ElementPlace(Place Container) : Place(HashCode.Combine(Container, typeof(ElementPlace)), Container, Container.Origins)
{
    public Place Container { get; } = Container;

    public bool Equals(ElementPlace? other) => ReferenceEquals(this, other) || (other is not null && Hash == other.Hash && Container.Equals(other.Container));

    public override int GetHashCode() => Hash;
}

/// <summary>The value that the function returns.</summary>
public sealed record ResultPlace() : Place(hash: 1, container: null, origins: 0)
{
    public static readonly ResultPlace Instance = new();

    public bool Equals(ResultPlace? other) => other is not null;

    public override int GetHashCode() => Hash;
}

/// <summary>Source of the value that a place held when the function was entered, or when it was first looked at.</summary>
public sealed record InitialContent(Place Place)
{
    public bool Equals(InitialContent? other) => ReferenceEquals(this, other) || (other is not null && Place.Equals(other.Place));

    public override int GetHashCode() => HashCode.Combine(Place);
}

/// <summary>Source of a value that a call or statement may have left in a place.</summary>
public sealed record WrittenBy(Node Node, Place Place)
{
    public bool Equals(WrittenBy? other) => ReferenceEquals(this, other) || (other is not null && Node == other.Node && Place.Equals(other.Place));

    public override int GetHashCode() => HashCode.Combine(Node, Place);
}

/// <summary>Source of a value that stands for several where paths were merged.</summary>
public sealed record MergedAt(int Block, Place Place)
{
    public bool Equals(MergedAt? other) => ReferenceEquals(this, other) || (other is not null && Block == other.Block && Place.Equals(other.Place));

    public override int GetHashCode() => HashCode.Combine(Block, Place);
}

/// <summary>
/// Source of a value that depends on other values and nothing else: whether one is less than another, or what a function says that
/// answers the same question alike. So a question that is asked twice has one answer on a path.
/// </summary>
/// <param name="Name">What is asked.</param>
/// <param name="Operands">Of which values.</param>
public sealed record Relation(string Name, ImmutableArray<Value> Operands)
{
    public bool Equals(Relation? other) => other is not null && Name == other.Name && Operands.SequenceEqual(other.Operands);

    public override int GetHashCode() => Operands.Aggregate(StringComparer.Ordinal.GetHashCode(Name), HashCode.Combine);

    /// <summary>True if an operand is a value or was read through it.</summary>
    internal bool IsReadThrough(UnknownValue value)
    {
        foreach (var operand in Operands)
        {
            if (operand.IsReadThrough(value))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The relation of the operands as <see cref="Value.Replace"/> makes them; itself if they stay as they are.</summary>
    internal Relation Replace(UnknownValue old, Value replacement)
    {
        if (!IsReadThrough(old))
        {
            return this;
        }

        var operands = new Value[Operands.Length];
        for (var i = 0; i < operands.Length; i++)
        {
            operands[i] = Operands[i].Replace(old, replacement);
        }

        return new Relation(Name, [.. operands]);
    }
}
