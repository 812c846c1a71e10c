using System.Collections.Immutable;
using Review.Core.Syntax;

namespace Review.Flow.Paths;

/// <summary>What a place holds on a path.</summary>
public abstract record Value
{
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
        switch (this)
        {
            case AddressValue address:
                return address.Place.Replace(old, replacement) is var place && ReferenceEquals(place, address.Place) ? this : new AddressValue(place);
            case UnknownValue unknown when unknown.Equals(old):
                return replacement;
            case UnknownValue { Source: InitialContent { Place: { Root: PointeePlace } read } } unknown:
                return read.Replace(old, replacement) is var other && ReferenceEquals(other, read) ? this : unknown with { Source = new InitialContent(other) };
            case UnknownValue { Source: Relation relation } unknown when relation.Operands.Any(operand => operand.IsReadThrough(old)):
                return unknown with { Source = relation with { Operands = [.. relation.Operands.Select(operand => operand.Replace(old, replacement))] } };
            default:
                return this;
        }
    }

    /// <summary>True if the value is the other one or was read through it.</summary>
    internal bool IsReadThrough(UnknownValue other) => this switch
    {
        AddressValue address => address.Place.IsReadThrough(other),
        UnknownValue unknown => unknown.Equals(other) || unknown.Source switch
        {
            InitialContent initial => initial.Place.IsReadThrough(other),
            Relation relation => relation.Operands.Any(operand => operand.IsReadThrough(other)),
            _ => false,
        },
        _ => false,
    };

    /// <summary>This value and those that it was read through.</summary>
    internal void Collect(HashSet<UnknownValue> into)
    {
        switch (this)
        {
            case UnknownValue unknown:
                _ = into.Add(unknown);
                switch (unknown.Source)
                {
                    case InitialContent initial:
                        initial.Place.Collect(into);
                        break;
                    case Relation relation:
                        foreach (var operand in relation.Operands)
                        {
                            operand.Collect(into);
                        }

                        break;
                }

                break;
            case AddressValue address:
                address.Place.Collect(into);
                break;
        }
    }
}

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
public sealed record UnknownValue(object Source, int Generation = 0) : Value;

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

    /// <summary>True if it is an element of an array, or lies in one.</summary>
    public bool IsElement => this switch { ElementPlace => true, FieldPlace member => member.Container.IsElement, _ => false };

    /// <summary>The place with another value in place of one that leads to it; itself if that one does not.</summary>
    public Place Replace(UnknownValue old, Value replacement)
    {
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
    internal bool IsReadThrough(UnknownValue value) => Root is PointeePlace pointee && pointee.Pointer.IsReadThrough(value);

    /// <summary>The values that lead to the place.</summary>
    internal void Collect(HashSet<UnknownValue> into)
    {
        if (Root is PointeePlace pointee)
        {
            pointee.Pointer.Collect(into);
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
public sealed record PointeePlace(Value Pointer) : Place;

/// <summary>A member of a structure.</summary>
public sealed record FieldPlace(Place Container, FieldSymbol Field) : Place;

/// <summary>Some element of an array; which one is not tracked.</summary>
public sealed record ElementPlace(Place Container) : Place;

/// <summary>The value that the function returns.</summary>
public sealed record ResultPlace : Place
{
    public static readonly ResultPlace Instance = new();
}

/// <summary>Source of the value that a place held when the function was entered, or when it was first looked at.</summary>
public sealed record InitialContent(Place Place);

/// <summary>Source of a value that a call or statement may have left in a place.</summary>
public sealed record WrittenBy(Node Node, Place Place);

/// <summary>Source of a value that stands for several where paths were merged.</summary>
public sealed record MergedAt(int Block, Place Place);

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
}
