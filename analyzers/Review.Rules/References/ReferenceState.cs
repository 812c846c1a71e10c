using Review.Core.Syntax;
using Review.Flow.Paths;

namespace Review.Rules.References;

/// <summary>Which count a reference stands in.</summary>
internal enum ReferenceKind
{
    /// <summary>The usual one.</summary>
    Plain,

    /// <summary>The one of FOLL_PIN.</summary>
    Pinned,

    /// <summary>One of the two, as a word of flags says.</summary>
    ByFlags,

    /// <summary>mm_count: the structure without its users.</summary>
    Structure,
}

/// <summary>A reference that the function has taken and not given back.</summary>
/// <param name="Kind">Its count.</param>
/// <param name="Flags">The word of flags that decides, for <see cref="ReferenceKind.ByFlags"/>.</param>
/// <param name="IsOwn">True if nothing but this reference is known to keep the thing alive: it came with it.</param>
/// <param name="IsShared">True if a function that may keep the thing, or take or give back references, has had it.</param>
/// <param name="IsNamed">False once no variable names the thing any more, so that nobody in the function can give the reference back.</param>
internal sealed record HeldReference(ReferenceKind Kind, Value? Flags, bool IsOwn, bool IsShared, bool IsNamed = true)
{
    /// <summary>True if what is found out about another page may be about this one.</summary>
    public bool MayBeMeant => !IsOwn && IsNamed;

    /// <summary>True if somebody for whom the reference was has ended in the one of his ways in which he does not keep it.</summary>
    public bool IsRefused { get; init; }
}

/// <summary>What a path knows of references.</summary>
/// <param name="Held">The references, by thing and by the call that took them.</param>
/// <param name="Names">Other values that mean a thing: its folio, its page frame number ...</param>
/// <param name="Released">Things whose last reference was given back, with the call.</param>
/// <param name="Lent">Things that belong to somebody else, with the call that found them.</param>
/// <param name="GivenBack">The calls that took references which the path has given back.</param>
internal sealed record ReferenceState(
    EquatableMap<(Value Thing, CallExpression Since), HeldReference> Held,
    EquatableMap<Value, Value> Names,
    EquatableMap<Value, CallExpression> Released,
    EquatableMap<Value, CallExpression> Lent,
    EquatableMap<CallExpression, bool> GivenBack)
{
    public static readonly ReferenceState Initial = new(
        EquatableMap<(Value Thing, CallExpression Since), HeldReference>.Empty,
        EquatableMap<Value, Value>.Empty,
        EquatableMap<Value, CallExpression>.Empty,
        EquatableMap<Value, CallExpression>.Empty,
        EquatableMap<CallExpression, bool>.Empty);

    /// <summary>True if the path has nothing to do with references yet.</summary>
    public bool IsNothing => Held.Count + Names.Count + Released.Count + Lent.Count + GivenBack.Count == 0;

    /// <summary>The thing that a value means: the value itself, or what it is another name of, or lies in.</summary>
    public Value Thing(Value value)
    {
        for (var depth = 0; depth < 4; depth++)
        {
            if (value is AddressValue { Place.Root: PointeePlace outer })
            {
                value = outer.Pointer;
            }
            else if (Names.TryGetValue(value, out var thing))
            {
                value = thing;
            }
            else
            {
                break;
            }
        }

        return value;
    }

    /// <summary>True if the path has anything to do with the thing.</summary>
    public bool Knows(Value thing) => Released.Contains(thing) || Lent.Contains(thing) || IsHeld(thing);

    /// <summary>True if a reference to the thing is held.</summary>
    public bool IsHeld(Value thing)
    {
        foreach (var (key, _) in Held.Entries)
        {
            if (key.Thing == thing)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The thing belongs to somebody else from here on: it was stored, returned or handed over.</summary>
    public ReferenceState Forget(Value thing) => Having(Held.Where(thing, static (thing, key) => key.Thing != thing), Names, Released.Without(thing), Lent.Without(thing));

    /// <summary>Somebody had the thing who may have done anything with its references.</summary>
    public ReferenceState Share(Value thing)
    {
        var held = Held;
        foreach (var (key, reference) in Held.Entries)
        {
            if (key.Thing == thing)
            {
                held = held.With(key, reference with { IsShared = true });
            }
        }

        return Having(held, Names, Released.Without(thing), Lent.Without(thing));
    }

    /// <summary>Somebody has not kept the thing for whom its references were.</summary>
    public ReferenceState Refuse(Value thing) =>
        Held.Where(thing, static (thing, key) => key.Thing == thing).Aggregate(this, static (state, pair) => state with { Held = state.Held.With(pair.Key, pair.Value with { IsRefused = true }) });

    /// <summary>What is said of a value belongs to an older one of the same source from now on.</summary>
    public ReferenceState Age(UnknownValue value, UnknownValue older)
    {
        var (held, names, released, lent) = (Held, Names, Released, Lent);
        foreach (var (key, reference) in Held.Entries)
        {
            if (key.Thing.Replace(value, older) is var thing && thing != key.Thing)
            {
                // A reference that an earlier round of a loop took to somebody else's thing may have been for anybody, unless the thing was out of hand before that round had ended.
                held = reference.IsOwn || !reference.IsNamed ? held.Without(key).With((thing, key.Since), reference) : held.Without(key);
            }
        }

        foreach (var (name, thing) in Names.Entries)
        {
            if (name.Replace(value, older) is var newName && thing.Replace(value, older) is var newThing && (newName != name || newThing != thing))
            {
                names = names.Without(name).With(newName, newThing);
            }
        }

        return Having(held, names, Age(released, value, older), Age(lent, value, older));
    }

    /// <summary>The state with other content; itself if it has that.</summary>
    private ReferenceState Having(
        EquatableMap<(Value Thing, CallExpression Since), HeldReference> held, EquatableMap<Value, Value> names, EquatableMap<Value, CallExpression> released, EquatableMap<Value, CallExpression> lent) =>
        ReferenceEquals(held, Held) && ReferenceEquals(names, Names) && ReferenceEquals(released, Released) && ReferenceEquals(lent, Lent)
            ? this
            : new ReferenceState(held, names, released, lent, GivenBack);

    private static EquatableMap<Value, CallExpression> Age(EquatableMap<Value, CallExpression> map, UnknownValue value, UnknownValue older)
    {
        foreach (var (known, call) in map.Entries)
        {
            if (known.Replace(value, older) is var renamed && renamed != known)
            {
                map = map.Without(known).With(renamed, call);
            }
        }

        return map;
    }
}
