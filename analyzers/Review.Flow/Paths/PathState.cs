using System.Collections.Immutable;
using Review.Core.Syntax;

namespace Review.Flow.Paths;

/// <summary>
/// What is known at one point of one path: which values places hold, and facts about values that are not known. Immutable;
/// equal states have equal content.
/// </summary>
public sealed class PathState : IEquatable<PathState>
{
    /// <summary>The places of the variables asked for so far. All states of an analysis share it, so that each place and what follows from it is made once.</summary>
    private readonly Dictionary<VariableSymbol, VariablePlace> variables;
    private readonly EquatableMap<Place, Value> contents;
    private readonly EquatableMap<Node, Value> temporaries;
    private readonly EquatableMap<UnknownValue, Fact> facts;
    private int hash;

    private PathState(Dictionary<VariableSymbol, VariablePlace> variables, EquatableMap<Place, Value> contents, EquatableMap<Node, Value> temporaries, EquatableMap<UnknownValue, Fact> facts)
    {
        this.variables = variables;
        this.contents = contents;
        this.temporaries = temporaries;
        this.facts = facts;
    }

    /// <summary>A state in which nothing is known. It and those that follow from it belong to one thread.</summary>
    public static PathState Begin() => new([], EquatableMap<Place, Value>.Empty, EquatableMap<Node, Value>.Empty, EquatableMap<UnknownValue, Fact>.Empty);

    /// <summary>The place of a variable.</summary>
    public VariablePlace PlaceOf(VariableSymbol variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        if (!variables.TryGetValue(variable, out var place))
        {
            variables.Add(variable, place = new VariablePlace(variable));
        }

        return place;
    }

    /// <summary>The places whose content was written or refined on this path.</summary>
    public IEnumerable<KeyValuePair<Place, Value>> Contents => contents;

    /// <summary>What the path has found out about values, e.g. that one is not less than another.</summary>
    internal IEnumerable<KeyValuePair<UnknownValue, Fact>> Facts => facts;

    /// <summary>What a place holds.</summary>
    public Value Read(Place place) => contents.TryGetValue(place, out var value) ? value : place.InitialValue;

    /// <summary>True if a place holds what it held when the function began: nobody wrote it, or it was found to be the number that it is now.</summary>
    public bool IsAsFound(Place place)
    {
        var content = Read(place);
        var found = place.InitialValue;
        return content == found || (content is ConstantValue { Number: var number } && facts.TryGetValue(found, out var fact) && fact == Fact.Of(number));
    }

    /// <summary>What is known of what a place held when the function began.</summary>
    public Fact FactFound(Place place) => facts.TryGetValue(place.InitialValue, out var fact) ? fact : Fact.Nothing;

    /// <summary>True if the path has written the place or something inside it.</summary>
    public bool HasWritten(Place place)
    {
        foreach (var (known, _) in contents.Entries)
        {
            if (known.IsInside(place))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The integer members of a structure that the path has found not to be zero, and has not written.</summary>
    public IEnumerable<FieldSymbol> FlagsFoundSet(Place structure)
    {
        foreach (var (unknown, fact) in facts)
        {
            if ((fact.Signs & Signs.Zero) == Signs.None
                && unknown is { Generation: 0, Source: InitialContent { Place: FieldPlace { Field: { Type.Canonical: IntegerType } field } place } }
                && place.Container == structure)
            {
                yield return field;
            }
        }
    }

    /// <summary>What is known of a value.</summary>
    public Fact FactOf(Value value) => value switch
    {
        ConstantValue constant => Fact.Of(constant.Number),
        AddressValue => Fact.Nothing with { Signs = Signs.Positive },
        UnknownValue unknown when facts.TryGetValue(unknown, out var fact) => fact,
        _ => Fact.Nothing,
    };

    /// <summary>The value of an expression that a call or a branch has left, if it is still wanted.</summary>
    public Value? Temporary(Node node) => temporaries[node];

    /// <summary>Stores a value; what was known of places inside the written one is forgotten.</summary>
    public PathState Write(Place place, Value value)
    {
        var written = contents.WithInstead(place, value, place, static (place, known) => known.IsInside(place) && known != place);
        return ReferenceEquals(written, contents) ? this : new PathState(variables, written, temporaries, facts);
    }

    /// <summary>Forgets a place and everything inside it.</summary>
    public PathState Forget(Place place)
    {
        var rest = Without(contents, place);
        return ReferenceEquals(rest, contents) ? this : new PathState(variables, rest, temporaries, facts);
    }

    /// <summary>Something may have written the place: it, and what is known inside it, hold new unknown values.</summary>
    /// <param name="place">The place.</param>
    /// <param name="by">What may have written it.</param>
    /// <param name="keepsBits">True if single bits that are known stay so: words of flags, which are asked and not written.</param>
    public PathState Overwrite(Place place, Node by, bool keepsBits = false)
    {
        var affected = new List<Place> { place };
        foreach (var (known, _) in contents.Entries)
        {
            if (known.IsInside(place) && known != place)
            {
                affected.Add(known);
            }
        }

        foreach (var (unknown, _) in facts.Entries)
        {
            if (unknown.Source is InitialContent initial && initial.Place.IsInside(place) && !affected.Contains(initial.Place))
            {
                affected.Add(initial.Place);
            }
        }

        var state = this;
        foreach (var target in affected)
        {
            var old = keepsBits ? state.FactOf(state.Read(target)) : Fact.Nothing;
            var (next, value) = state.Fresh(new WrittenBy(by, target));
            state = new PathState(variables, next.contents.With(target, value), next.temporaries, next.facts);
            if ((old.Ones | old.Zeros) is not (0 or ulong.MaxValue))
            {
                state = state.Learn(value, Fact.Nothing with { Ones = old.Ones, Zeros = old.Zeros }) ?? state;
            }
        }

        return state;
    }

    /// <summary>Remembers the value of an expression until its statement ends.</summary>
    public PathState WithTemporary(Node node, Value value) => new(variables, contents, temporaries.With(node, value), facts);

    /// <summary>Forgets the values of expressions.</summary>
    public PathState WithoutTemporaries() => temporaries.Count == 0 ? this : new PathState(variables, contents, EquatableMap<Node, Value>.Empty, facts);

    /// <summary>A new unknown value; the one that the same source made before grows older.</summary>
    public (PathState State, UnknownValue Value) Fresh(object source)
    {
        var value = new UnknownValue(source);
        return (Mentions(value) ? Age(value).State : this, value);
    }

    /// <summary>Makes a value an older one of the same source.</summary>
    internal (PathState State, UnknownValue Older) Age(UnknownValue value)
    {
        var older = value with { Generation = 1 };
        return (Substitute(value, older, keepFact: !Mentions(older)), older);
    }

    /// <summary>The values of which the state speaks that stand for several where paths were merged at a block, the latest ones only.</summary>
    internal IReadOnlyList<UnknownValue> MergedAt(int block)
    {
        if (!SpeaksOfMerged())
        {
            return [];
        }

        var merged = new List<UnknownValue>();
        foreach (var (place, content) in contents.Entries)
        {
            place.CollectMergedAt(block, merged);
            content.CollectMergedAt(block, merged);
        }

        foreach (var (_, temporary) in temporaries.Entries)
        {
            temporary.CollectMergedAt(block, merged);
        }

        foreach (var (known, _) in facts.Entries)
        {
            known.CollectMergedAt(block, merged);
        }

        return merged;
    }

    private bool SpeaksOfMerged()
    {
        var origins = 0UL;
        foreach (var (place, content) in contents.Entries)
        {
            origins |= place.Origins | content.Origins;
        }

        foreach (var (_, temporary) in temporaries.Entries)
        {
            origins |= temporary.Origins;
        }

        foreach (var (known, _) in facts.Entries)
        {
            origins |= known.Origins;
        }

        return (origins & UnknownValue.BitOfMerged) != 0;
    }

    /// <summary>Learns a fact; null if the path cannot be taken.</summary>
    public PathState? Learn(Value value, Fact fact)
    {
        var known = FactOf(value).And(fact);
        return known.IsImpossible ? null
            : value is UnknownValue unknown && known != FactOf(value) ? new PathState(variables, contents, temporaries, facts.With(unknown, known))
            : this;
    }

    /// <summary>Learns that a value is a certain number; null if the path cannot be taken.</summary>
    public PathState? LearnEqual(Value value, long number) => value switch
    {
        ConstantValue constant => constant.Number == number ? this : null,
        AddressValue => number == 0 ? null : this,
        UnknownValue unknown when !FactOf(unknown).Allows(number) || (number == 0 && HasReadThrough(unknown)) => null,
        UnknownValue unknown => Substitute(unknown, new ConstantValue(number), keepFact: false).Answer(unknown, number).UnlessContradictory(),
        _ => this,
    };

    /// <summary>True if something is held that was read through a pointer: it was not null then.</summary>
    private bool HasReadThrough(UnknownValue pointer)
    {
        foreach (var (_, content) in contents.Entries)
        {
            if ((content.Origins & pointer.Bit) != 0 && content is UnknownValue { Source: InitialContent { Place.Root: PointeePlace pointee } } && pointee.Pointer.Equals(pointer))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// A question that is asked again is to be answered alike, so what answers it stays known. So does what a caller has put where a parameter points to: finding a
    /// number there is not the same as leaving it there.
    /// </summary>
    private PathState Answer(UnknownValue value, long number) =>
        value.Source is Relation || IsHandedOver(value) ? new PathState(variables, contents, temporaries, facts.With(value, Fact.Of(number))) : this;

    /// <summary>True for what a parameter pointed to when the function began, or for a mode that a member of it said.</summary>
    private static bool IsHandedOver(UnknownValue value) => value is { Generation: 0, Source: InitialContent { Place: var place } }
        && (place is FieldPlace { Field.Type.Canonical: EnumType or IntegerType { IsBool: true }, Container: var record } ? record : place)
            is PointeePlace { Pointer: UnknownValue { Source: InitialContent { Place: VariablePlace { Variable.Kind: VariableKind.Parameter } } } };

    /// <summary>Null if a relation of known numbers, which can be worked out, is known to be otherwise.</summary>
    private PathState? UnlessContradictory()
    {
        foreach (var (unknown, fact) in facts)
        {
            if (unknown.Source is Relation { Operands: [ConstantValue left, ConstantValue right] } relation
                && Comparisons.Holds(relation, left.Number, right.Number) is { } holds && !fact.Allows(holds ? 1 : 0))
            {
                return null;
            }
        }

        return this;
    }

    /// <summary>Keeps only the places and facts that are still wanted.</summary>
    public PathState Keep(Func<Place, bool> isWanted)
    {
        var kept = WithoutUnreachable(contents.Where(isWanted));
        var keptFacts = facts.Where((State: this, Kept: kept, Held: OriginsOf(kept) | OriginsOf(temporaries), IsWanted: isWanted), static (wanted, value) => wanted.State.IsFactWanted(value, wanted.Kept, wanted.Held, wanted.IsWanted));
        return ReferenceEquals(kept, contents) && ReferenceEquals(keptFacts, facts) ? this : new PathState(variables, kept, temporaries, keptFacts);
    }

    /// <summary>What <see cref="Value.Origins"/> says of all values of a map together.</summary>
    private static ulong OriginsOf<TKey>(EquatableMap<TKey, Value> map)
        where TKey : notnull
    {
        var origins = 0UL;
        foreach (var (_, value) in map.Entries)
        {
            origins |= value.Origins;
        }

        return origins;
    }

    /// <summary>True if a fact about a value may be asked for once only some places are kept.</summary>
    /// <param name="value">The value.</param>
    /// <param name="kept">The places that are kept.</param>
    /// <param name="held">The origins of all values that are kept, temporaries too.</param>
    /// <param name="isWanted">True for a place whose content may be asked for.</param>
    private bool IsFactWanted(UnknownValue value, EquatableMap<Place, Value> kept, ulong held, Func<Place, bool> isWanted)
    {
        if ((held & value.Bit) != 0 && (IsHeld(kept, value) || IsHeld(temporaries, value)))
        {
            return true;
        }

        switch (value.Source)
        {
            case InitialContent { Place: var place }:
                return isWanted(place) && (!kept.Contains(place) || IsHandedOver(value))
                    && (place.Root is not PointeePlace { Pointer: UnknownValue pointer } || IsFactWanted(pointer, kept, held, isWanted));
            case Relation relation:
            {
                var isAboutUnknown = false;
                foreach (var operand in relation.Operands)
                {
                    if (operand is UnknownValue unknown)
                    {
                        if (!IsFactWanted(unknown, kept, held, isWanted))
                        {
                            return false;
                        }

                        isAboutUnknown = true;
                    }
                }

                return isAboutUnknown;
            }

            default:
                return false;
        }
    }

    /// <summary>True if a value, or the pointer of an address, is the one asked for. What a value was read through is not held by holding the value.</summary>
    private static bool IsHeld<TKey>(EquatableMap<TKey, Value> map, UnknownValue asked)
        where TKey : notnull
    {
        foreach (var (_, value) in map.Entries)
        {
            if ((value.Origins & asked.Bit) != 0 && (value is AddressValue { Place.Root: PointeePlace outer } ? outer.Pointer : value) == asked)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Memory to which no pointer leads any more cannot be read again, unless it is the caller's: where a pointer was read that is still
    /// where it was when the function began, or a wanted place or a temporary holds it.
    /// </summary>
    private EquatableMap<Place, Value> WithoutUnreachable(EquatableMap<Place, Value> wanted)
    {
        while (true)
        {
            var current = wanted;
            wanted = current.Where((State: this, Wanted: current), static (known, place) => place.Root is not PointeePlace pointee || known.State.IsReachable(pointee.Pointer, place, known.Wanted));
            if (ReferenceEquals(wanted, current))
            {
                return wanted;
            }
        }
    }

    private bool IsReachable(Value pointer, Place through, EquatableMap<Place, Value> wanted)
    {
        if (pointer is UnknownValue { Source: InitialContent { Place: var origin } } && (origin.Root is not PointeePlace || !wanted.Contains(origin)))
        {
            return origin.Root is not PointeePlace outer || IsReachable(outer.Pointer, through, wanted);
        }

        foreach (var (place, value) in wanted.Entries)
        {
            if (value == pointer && place.Root != through.Root)
            {
                return true;
            }
        }

        foreach (var (_, value) in temporaries.Entries)
        {
            if (value == pointer)
            {
                return true;
            }
        }

        return pointer is not UnknownValue;
    }

    /// <summary>True if merging another state into this one at a block, where this one was merged, would change nothing.</summary>
    public bool HasMerged(PathState other, int block)
    {
        ArgumentNullException.ThrowIfNull(other);
        for (var i = 0; i < contents.Count; i++)
        {
            var (place, mine) = contents.Entries[i];
            var theirs = other.contents.TryGetValue(place, i, out var written) ? written : place.InitialValue;
            if (mine != theirs && !(IsMergedHere(mine, place) && FactOf(mine) is var known && known.Or(other.FactOf(theirs)) == known))
            {
                return false;
            }
        }

        for (var i = 0; i < other.contents.Count; i++)
        {
            if (!contents.TryGetValue(other.contents.Entries[i].Key, i, out _))
            {
                return false;
            }
        }

        for (var i = 0; i < facts.Count; i++)
        {
            var (unknown, fact) = facts.Entries[i];
            if (!(unknown.Source is MergedAt { Place: var place } && IsMergedHere(unknown, place) && Read(place) == unknown)
                && (!other.facts.TryGetValue(unknown, i, out var theirs) || fact.Or(theirs) != fact))
            {
                return false;
            }
        }

        foreach (var (node, mine) in temporaries.Entries)
        {
            if (other.Temporary(node) != mine)
            {
                return false;
            }
        }

        return true;

        bool IsMergedHere(Value value, Place place) => value is UnknownValue { Generation: 0, Source: MergedAt merged } && merged.Block == block && merged.Place == place;
    }

    /// <summary>What is known whichever of two paths was taken.</summary>
    public PathState Merge(PathState other, int block)
    {
        var merged = new EquatableMap<Place, Value>.Builder(contents.Count);
        var mergedFacts = new EquatableMap<UnknownValue, Fact>.Builder(facts.Count);
        for (var i = 0; i < contents.Count; i++)
        {
            var (place, mine) = contents.Entries[i];
            MergePlace(place, mine, other.contents.TryGetValue(place, i, out var theirs) ? theirs : place.InitialValue);
        }

        for (var i = 0; i < other.contents.Count; i++)
        {
            var (place, theirs) = other.contents.Entries[i];
            if (!contents.TryGetValue(place, i, out _))
            {
                MergePlace(place, place.InitialValue, theirs);
            }
        }

        for (var i = 0; i < facts.Count; i++)
        {
            var (unknown, fact) = facts.Entries[i];
            if (other.facts.TryGetValue(unknown, i, out var theirs) && fact.Or(theirs) is var both && both != Fact.Nothing && !mergedFacts.Contains(unknown))
            {
                mergedFacts.Add(unknown, both);
            }
        }

        var mergedTemporaries = temporaries.Where((Mine: temporaries, Theirs: other.temporaries), static (both, node) => both.Theirs.TryGetValue(node, out var theirs) && theirs == both.Mine[node]);
        return new PathState(variables, merged.ToMap(), mergedTemporaries, mergedFacts.ToMap());

        void MergePlace(Place place, Value mine, Value theirs)
        {
            if (mine == theirs)
            {
                merged.Add(place, mine);
                return;
            }

            var value = new UnknownValue(new MergedAt(block, place));
            merged.Add(place, value);
            if (FactOf(mine).Or(other.FactOf(theirs)) is var fact && fact != Fact.Nothing)
            {
                mergedFacts.Add(value, fact);
            }
        }
    }

    public bool Equals(PathState? other)
    {
        if (ReferenceEquals(this, other))
        {
            return true;
        }

        return other is not null && GetHashCode() == other.GetHashCode()
            && contents.Equals(other.contents) && temporaries.Equals(other.temporaries) && facts.Equals(other.facts);
    }

    public override bool Equals(object? obj) => Equals(obj as PathState);

    public override int GetHashCode()
    {
        // Found out when somebody asks: 0 says that nobody has.
        return hash != 0 ? hash : hash = HashCode.Combine(contents, temporaries, facts) is not 0 and var sum ? sum : 1;
    }

    private static EquatableMap<Place, Value> Without(EquatableMap<Place, Value> contents, Place place) => contents.Where(place, static (place, known) => !known.IsInside(place));

    /// <summary>True if a place, a temporary or a fact still speaks of the value.</summary>
    public bool Mentions(UnknownValue value)
    {
        if (Holds(value))
        {
            return true;
        }

        foreach (var (known, _) in facts.Entries)
        {
            if (known.IsReadThrough(value))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True if a place or a temporary holds the value, or leads through it.</summary>
    public bool Holds(UnknownValue value)
    {
        foreach (var (place, content) in contents.Entries)
        {
            if (place.IsReadThrough(value) || content.IsReadThrough(value))
            {
                return true;
            }
        }

        foreach (var (_, temporary) in temporaries.Entries)
        {
            if (temporary.IsReadThrough(value))
            {
                return true;
            }
        }

        return false;
    }

    private PathState Substitute(UnknownValue old, Value replacement, bool keepFact)
    {
        var change = (Old: old, Replacement: replacement);
        var newContents = contents.Select(change, static (change, content) => new(content.Key.Replace(change.Old, change.Replacement), content.Value.Replace(change.Old, change.Replacement)));
        if (old.Source is InitialContent initial && !contents.Contains(initial.Place))
        {
            newContents = newContents.With(initial.Place.Replace(old, replacement), replacement);
        }

        var newFacts = facts.Without(old);
        foreach (var (known, fact) in facts.Entries)
        {
            var renamed = known.Replace(old, replacement);
            if (ReferenceEquals(renamed, known))
            {
                continue;
            }

            // A fact about an older value that others were merged with does not hold for all of them.
            newFacts = newFacts.Without(known);
            if (renamed is UnknownValue unknown && (keepFact || replacement is ConstantValue))
            {
                newFacts = newFacts.With(unknown, fact);
            }
        }

        var newTemporaries = temporaries.Select(change, static (change, temporary) => new(temporary.Key, temporary.Value.Replace(change.Old, change.Replacement)));
        return new PathState(variables, newContents, newTemporaries, newFacts);
    }
}
