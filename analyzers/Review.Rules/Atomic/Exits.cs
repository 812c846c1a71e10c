using Review.Core.Syntax;
using Review.Flow.Paths;

namespace Review.Rules.Atomic;

/// <summary>
/// How the paths of a function end. Whoever returns with a lock may do so on purpose; that shows in how: the lock is handed out, or the result tells the
/// caller. What is left are paths that look to the caller like others which released it.
/// </summary>
internal sealed class Exits
{
    private readonly HashSet<Node> released = [];
    private readonly List<(Value? Result, Fact Fact, HashSet<Node> Kept)> ends = [];
    private readonly List<(Node Since, Hold Hold, int End, ReturnStatement? Return, bool IsOwn)> kept = [];
    private readonly Dictionary<Node, (Hold Hold, ReturnStatement? Return)> mapped = [];
    private readonly HashSet<ReturnStatement> clean = [];

    /// <summary>What paths have when they come to a return, path by path.</summary>
    private readonly List<(ReturnStatement Return, HashSet<Node> Held)> returns = [];

    /// <summary>A path releases what a node began.</summary>
    public void MarkReleased(Node? since)
    {
        if (since is not null)
        {
            _ = released.Add(since);
        }
    }

    /// <summary>A path ends.</summary>
    public void Add(Path<Held> path, ReturnStatement? @return, HeldFindings findings)
    {
        var held = path.Protocol;
        var result = @return?.Value is null ? null : path.State.Read(ResultPlace.Instance);
        ends.Add((result, result is null ? Fact.Nothing : path.State.FactOf(result), [.. held.Locks.Select(static pair => pair.Value.Since)]));
        foreach (var (section, _) in held.Sections)
        {
            findings.MarkSection(section);
        }

        if (held.Mappings.Count == 0 && @return is not null)
        {
            _ = clean.Add(@return);
        }

        if (@return is not null)
        {
            returns.Add((@return, [.. held.Locks.Concat(held.Mappings).Select(static pair => pair.Value.Since)]));
        }

        var isLockKept = false;
        foreach (var (@lock, hold) in held.Locks)
        {
            findings.MarkKept();
            if (hold is { IsOfTable: true, IsForeign: false } && @lock != result && !IsHandedOut(path.State, @lock, static place => place is not FieldPlace))
            {
                isLockKept = true;
                kept.Add((hold.Since, hold, ends.Count - 1, @return, IsOwn(@lock) && !IsHandedOut(path.State, @lock, static place => place is FieldPlace)));
            }
        }

        foreach (var (mapping, hold) in held.Mappings)
        {
            findings.MarkKept();
            if (!isLockKept && !held.Entries.Any(entry => entry.Value.Mapping == mapping && (entry.Key == result || IsHandedOut(path.State, entry.Key, static _ => true))))
            {
                _ = mapped.TryAdd(hold.Since, (hold, @return));
            }
        }
    }

    /// <summary>Says which locks and mappings are kept by mistake.</summary>
    public void Report(HeldFindings findings)
    {
        foreach (var (since, (hold, @return)) in mapped)
        {
            // Where others leave without the mapping, a condition may say that there is none.
            if (@return is null || !clean.Contains(@return))
            {
                findings.Add(Incident.MappingKept, since, hold, @return, ReturnsWith(since));
            }
        }

        foreach (var (since, hold, end, @return, isOwn) in kept)
        {
            var isAlike = ends.Exists(other => other.Kept.Count == 0 && LookAlike(ends[end], other));
            if (isOwn || (released.Contains(since) && isAlike))
            {
                findings.Add(Incident.LockKept, since, hold, @return, ReturnsWith(since));
            }
        }
    }

    /// <summary>The returns to which paths come with what a node began; none if some come there without it.</summary>
    private List<ReturnStatement> ReturnsWith(Node since)
    {
        var with = returns.Where(end => end.Held.Contains(since)).Select(static end => end.Return).Distinct().ToList();
        return returns.Exists(end => with.Contains(end.Return) && !end.Held.Contains(since)) ? [] : with;
    }

    /// <summary>True if nobody but this function can name the lock.</summary>
    private static bool IsOwn(Value @lock) => @lock switch
    {
        UnknownValue { Source: not InitialContent } => true,
        AddressValue { Place.Root: VariablePlace { Variable.Kind: VariableKind.Local } } => true,
        _ => false,
    };

    /// <summary>True if memory of others holds the pointer, in a place of a certain kind: a member of a record is where both keep what they work on.</summary>
    private static bool IsHandedOut(PathState state, Value value, Func<Place, bool> isWanted) =>
        state.Contents.Any(content => content.Value == value && content.Key.Root is PointeePlace or VariablePlace { Variable.IsAutomatic: false } && isWanted(content.Key));

    private static bool LookAlike((Value? Result, Fact Fact, HashSet<Node> Kept) one, (Value? Result, Fact Fact, HashSet<Node> Kept) other) => (one.Result, other.Result) switch
    {
        (null, null) => true,
        (ConstantValue first, ConstantValue second) => first == second || (first.Number < 0 && second.Number < 0),
        (ConstantValue, _) or (_, ConstantValue) => one.Fact.Signs == Signs.Negative && other.Fact.Signs == Signs.Negative,
        _ => !one.Fact.And(other.Fact).IsImpossible,
    };
}
