using System.Collections.Immutable;
using Review.Core.Syntax;
using Review.Flow.Paths;

namespace Review.Rules.Locking;

/// <summary>How one path of a function ends.</summary>
/// <param name="State">Where it stands with mmap_lock.</param>
/// <param name="Return">Its return; null if it runs off the end.</param>
/// <param name="Result">What is known of the result.</param>
/// <param name="Asked">What the caller knows before the call: arguments, and members of what they point to, as they were at the start.</param>
/// <param name="Told">What the caller sees after the call: what numbers its pointers point to, and members of what they point to.</param>
internal sealed record LockExit(
    LockState State, ReturnStatement? Return, Fact Result, ImmutableDictionary<Place, Fact> Asked, ImmutableDictionary<Place, LeftBehind> Told)
{
    /// <summary>Numbers that the path has found the caller not to have put there.</summary>
    public ImmutableHashSet<(Place Place, long Number)> Excluded { get; init; } = [];

    /// <summary>True if the path took the lock itself, or found that it cannot be held.</summary>
    public bool BeganWithout => State.Entry == Hold.Not;

    /// <summary>True if the path released a lock that its caller must have held.</summary>
    public bool BeganWith => LockState.IsHeld(State.Entry);

    /// <summary>
    /// True if the path released the lock of an address space that it found in a record of its caller's, and the other one took the lock of one that it has from elsewhere: who put the
    /// first there may have left it locked, as an iterator does from one call to the next.
    /// </summary>
    public bool FoundItLocked(LockExit other) =>
        BeganWith && other.BeganWithout && State.FirstOwner is UnknownValue { Source: InitialContent { Place: FieldPlace { Field.Record: not ("vm_area_struct" or "task_struct") } } } found
        && other.State.FirstOwner is UnknownValue { Source: not MergedAt } own && own != found;

    /// <summary>True if the lock is held at the end, for a function that is entered with or without it.</summary>
    public bool EndsHeld(bool isEnteredWith) => State.Now == Hold.AsEntered ? isEnteredWith : LockState.IsHeld(State.Now);

    /// <summary>True if the result can only be an error: a negative number, NULL or an error pointer.</summary>
    public bool IsError(bool isPointer) => Result.Signs == Signs.Negative || (isPointer && (Result.Signs & Signs.Positive) == Signs.None);

    /// <summary>True if the result is not zero and may be negative: a code that a callee gave, and nobody has asked for its sign.</summary>
    public bool IsCode => (Result.Signs & Signs.Negative) != Signs.None && (Result.Signs & Signs.Zero) == Signs.None;

    /// <summary>True if the result is zero.</summary>
    public bool IsZero => Result.Signs == Signs.Zero;

    /// <summary>True if the caller could know before the call which of two paths it is going to be.</summary>
    public bool IsAskedApartFrom(LockExit other) => Differ(Asked, other.Asked) || other.Excludes(Asked) || Excludes(other.Asked);

    /// <summary>True if the caller sees after the call which of two paths it was.</summary>
    public bool IsToldApartFrom(LockExit other) =>
        Result.And(other.Result).IsImpossible || IsMadeOfBits || SaysGone || Told.Any(pair => other.Told.TryGetValue(pair.Key, out var theirs) && pair.Value.IsApartFrom(theirs)) || IsAskedApartFrom(other);

    /// <summary>True if the path has put a zero where the caller looks for it: the lock is gone.</summary>
    private bool SaysGone => State.Now == Hold.Not && Told.Any(IsZeroed);

    /// <summary>The path that holds no lock and says so as this one does, which holds it: <c>*locked = 0</c>.</summary>
    public LockExit? SaysGoneLike(IReadOnlyList<LockExit> exits) => LockState.IsHeld(State.Now) && ZeroedNote is { } note
        ? exits.FirstOrDefault(other => other.State.Now == Hold.Not && other.ZeroedNote == note)
        : null;

    /// <summary>True if the path has dropped the caller's lock and taken it again: what the caller found under it may be gone.</summary>
    private bool HasDroppedMeanwhile => BeganWith && LockState.IsHeld(State.Now);

    /// <summary>
    /// The path that has dropped the lock meanwhile as this one has, and says so with a number where a parameter points to, <c>*unlocked = true</c>; paths that did not drop it leave that alone.
    /// Null if there is none, or if this one fails.
    /// </summary>
    public LockExit? SaysDroppedUnlike(IReadOnlyList<LockExit> exits) => !HasDroppedMeanwhile || Result.Signs == Signs.Negative ? null : exits.FirstOrDefault(other =>
        other.HasDroppedMeanwhile && !IsAskedApartFrom(other) && other.Told.Any(pair =>
            pair is { Key: PointeePlace, Value: { IsKept: false, IsNumber: true } } && Told.TryGetValue(pair.Key, out var mine) && mine.IsKept
            && exits.All(third => third.BeganWith || (third.Told.TryGetValue(pair.Key, out var theirs) && theirs.IsKept))));

    /// <summary>Where the path has noted for its caller that the lock is gone.</summary>
    private Place? ZeroedNote => Told.FirstOrDefault(static pair => IsZeroed(pair) && pair.Key is PointeePlace { Pointer: UnknownValue { Source: InitialContent { Place: VariablePlace { Variable.Name: "locked" } } } }).Key;

    private static bool IsZeroed(KeyValuePair<Place, LeftBehind> told) => told is { Key: PointeePlace, Value: { IsKept: false, Fact.Signs: Signs.Zero } };

    /// <summary>True if the result is a set of bits of which some are known to be set: callers ask for those.</summary>
    private bool IsMadeOfBits => Result.Signs != Signs.Negative && Result.Ones != 0 && (Result.Ones | Result.Zeros) != ulong.MaxValue;

    private bool Excludes(ImmutableDictionary<Place, Fact> asked) => Excluded.Any(excluded => asked.TryGetValue(excluded.Place, out var fact) && fact == Fact.Of(excluded.Number));

    private static bool Differ(ImmutableDictionary<Place, Fact> one, ImmutableDictionary<Place, Fact> other) =>
        one.Any(pair => other.TryGetValue(pair.Key, out var theirs) && pair.Value.And(theirs).IsImpossible);
}

/// <summary>What a path has left in a place that the caller can read.</summary>
/// <param name="Fact">What is known of it.</param>
/// <param name="IsKept">True if it is what the caller had put there.</param>
internal readonly record struct LeftBehind(Fact Fact, bool IsKept)
{
    /// <summary>True if the two cannot be taken for each other. A number that is written on one path only is a message.</summary>
    public bool IsApartFrom(LeftBehind other) =>
        Fact.And(other.Fact).IsImpossible || (IsKept != other.IsKept && (IsKept ? other : this).IsNumber);

    /// <summary>True for a known number.</summary>
    public bool IsNumber => (Fact.Ones | Fact.Zeros) == ulong.MaxValue;
}
