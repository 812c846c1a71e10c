namespace Review.Rules.Locking;

/// <summary>In what two ways of returning from a function do not fit together.</summary>
internal enum LockConflictKind
{
    /// <summary>One returns without the lock that the function was entered with, the other with it.</summary>
    Dropped,

    /// <summary>One returns with the lock that the function has taken, the other without it.</summary>
    Kept,

    /// <summary>One releases a lock that it never took, the other takes it itself.</summary>
    NotTaken,

    /// <summary>One returns with the lock in another mode than it was entered with, the other in that mode.</summary>
    OtherMode,

    /// <summary>Both return with a lock that they have dropped and taken again; one says so to the caller, the other does not.</summary>
    Untold,
}

/// <summary>Two paths of a function that no caller can live with both.</summary>
/// <param name="Kind">In what they differ.</param>
/// <param name="Exit">The path that is to blame.</param>
/// <param name="Other">A path that does it right.</param>
internal sealed record LockConflict(LockConflictKind Kind, LockExit Exit, LockExit Other)
{
    /// <summary>The conflicts among the paths of a function, one for each call that left the lock as it is.</summary>
    /// <param name="exits">How the paths end.</param>
    /// <param name="isPointer">True if the function's result is a pointer.</param>
    public static IEnumerable<LockConflict> Find(IReadOnlyList<LockExit> exits, bool isPointer)
    {
        // A function that does not begin the same way on all paths, and does not ask its caller, is wrong already.
        var strangers = exits.Where(static exit => exit.BeganWith)
            .Select(exit => (Exit: exit, Other: exits.FirstOrDefault(other => other.BeganWithout && other.State.First != exit.State.First && !exit.IsAskedApartFrom(other) && !exit.FoundItLocked(other))))
            .Where(static pair => pair.Other is not null)
            .ToList();
        if (strangers.Count > 0)
        {
            return strangers.DistinctBy(static pair => pair.Exit.State.First).Select(static pair => new LockConflict(LockConflictKind.NotTaken, pair.Exit, pair.Other!));
        }

        // What several calls have dropped one missing call would take again.
        var ends = FindEnds(exits, isPointer).ToList();
        return ends.Where(static conflict => conflict.Kind != LockConflictKind.Dropped).DistinctBy(static conflict => conflict.Exit.State.Since)
            .Concat(ends.Where(static conflict => conflict.Kind == LockConflictKind.Dropped).OrderByDescending(static conflict => conflict.Exit.State.Since!.Span.Start).DistinctBy(static conflict => conflict.Exit.Return));
    }

    private static IEnumerable<LockConflict> FindEnds(IReadOnlyList<LockExit> exits, bool isPointer)
    {
        foreach (var exit in exits)
        {
            if (exit.BeganWith && !exit.EndsHeld(true))
            {
                // Of a path that does nothing to the lock nobody knows how it was entered, where the record says whether there is one to release.
                var isAsked = exits.Any(exit.FoundItLocked);
                if (exits.FirstOrDefault(other => !other.BeganWithout && (other.BeganWith || !isAsked) && other.EndsHeld(true) && !exit.IsToldApartFrom(other)) is { } other)
                {
                    yield return new LockConflict(LockConflictKind.Dropped, exit, other);
                }
            }
            else if (exit.BeganWithout && exit.EndsHeld(false)
                && exits.FirstOrDefault(other => other.BeganWithout && !other.EndsHeld(false) && IsLeak(exit, other, isPointer)) is { } sibling)
            {
                yield return new LockConflict(LockConflictKind.Kept, exit, sibling);
            }
            else if (exit.SaysGoneLike(exits) is { } gone)
            {
                yield return new LockConflict(LockConflictKind.Kept, exit, gone);
            }
            else if ((exit.State.Entry, exit.State.Now) is (Hold.Reading, Hold.Writing) or (Hold.Writing, Hold.Reading) && exits.FirstOrDefault(other => KeepsMode(other, exit.State.Entry) && !exit.IsToldApartFrom(other)) is { } same)
            {
                yield return new LockConflict(LockConflictKind.OtherMode, exit, same);
            }
            else if (exit.SaysDroppedUnlike(exits) is { } telling)
            {
                yield return new LockConflict(LockConflictKind.Untold, exit, telling);
            }
        }
    }

    private static bool KeepsMode(LockExit exit, Hold entry) => exit.State is { Entry: Hold.AsEntered, Now: Hold.AsEntered } || (exit.State.Entry == entry && exit.State.Now == entry);

    /// <summary>A lock that was taken stays taken where the caller cannot know, or together with an error where other paths have released it.</summary>
    private static bool IsLeak(LockExit exit, LockExit other, bool isPointer) =>
        !exit.IsToldApartFrom(other) || ((exit.IsError(isPointer) || (!isPointer && exit.IsCode && other.IsZero)) && other.State.Now == Hold.Not && other.State.Since != exit.State.Since && !exit.IsAskedApartFrom(other));
}
