using Review.Core.Syntax;

namespace Review.Flow.Paths;

/// <summary>What a place holds on a path.</summary>
public abstract record Value;

/// <summary>A known number; 0 is the null pointer.</summary>
public sealed record ConstantValue(long Number) : Value
{
    public static readonly ConstantValue Zero = new(0);
    public static readonly ConstantValue One = new(1);
}

/// <summary>
/// A value that is not known, but is one and the same wherever it is held. <see cref="Source"/> says what made it.
/// In a loop a source makes a value again and again; the last one has generation 0, older ones are generation 1.
/// </summary>
public sealed record UnknownValue(object Source, int Generation = 0) : Value
{
    // Values and places nest, and are keys everywhere: their hashes are computed once.
    private readonly int hash = HashCode.Combine(Source, Generation);

    public bool Equals(UnknownValue? other) =>
        ReferenceEquals(this, other) || (other is not null && hash == other.hash && Generation == other.Generation && Source.Equals(other.Source));

    public override int GetHashCode() => hash;
}

/// <summary>The address of a place, e.g. <c>&amp;range</c>.</summary>
public sealed record AddressValue(Place Place) : Value;

/// <summary>Something that holds a value.</summary>
public abstract record Place
{
    /// <summary>The variable or pointee at the bottom, e.g. <c>range</c> for <c>range.start</c>.</summary>
    public Place Root
    {
        get
        {
            var place = this;
            while (true)
            {
                switch (place)
                {
                    case FieldPlace member:
                        place = member.Container;
                        break;
                    case ElementPlace element:
                        place = element.Container;
                        break;
                    default:
                        return place;
                }
            }
        }
    }

    /// <summary>True if this place is the other one or lies inside it.</summary>
    public bool IsInside(Place other)
    {
        for (Place? place = this; place is not null; place = place switch { FieldPlace member => member.Container, ElementPlace element => element.Container, _ => null })
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
public sealed record VariablePlace(VariableSymbol Variable) : Place;

/// <summary>What a pointer points to.</summary>
public sealed record PointeePlace(Value Pointer) : Place
{
    private readonly int hash = HashCode.Combine(Pointer, nameof(PointeePlace).Length);

    public bool Equals(PointeePlace? other) =>
        ReferenceEquals(this, other) || (other is not null && hash == other.hash && Pointer.Equals(other.Pointer));

    public override int GetHashCode() => hash;
}

/// <summary>A member of a structure.</summary>
public sealed record FieldPlace(Place Container, FieldSymbol Field) : Place
{
    private readonly int hash = HashCode.Combine(Container, Field);

    public bool Equals(FieldPlace? other) =>
        ReferenceEquals(this, other) || (other is not null && hash == other.hash && Field == other.Field && Container.Equals(other.Container));

    public override int GetHashCode() => hash;
}

/// <summary>Some element of an array; which one is not tracked.</summary>
public sealed record ElementPlace(Place Container) : Place;

/// <summary>The value that the function returns.</summary>
public sealed record ResultPlace : Place
{
    public static readonly ResultPlace Instance = new();
}

/// <summary>Source of the value that a place held when the function was entered, or when it was first looked at.</summary>
public sealed record InitialContent(Place Place)
{
    private readonly int hash = HashCode.Combine(Place, nameof(InitialContent).Length);

    public bool Equals(InitialContent? other) =>
        ReferenceEquals(this, other) || (other is not null && hash == other.hash && Place.Equals(other.Place));

    public override int GetHashCode() => hash;
}

/// <summary>Source of a value that a call or statement may have left in a place.</summary>
public sealed record WrittenBy(Node Node, Place Place);

/// <summary>Source of a value that stands for several where paths were merged.</summary>
public sealed record MergedAt(int Block, Place Place);
