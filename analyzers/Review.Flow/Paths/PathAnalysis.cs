using System.Runtime.InteropServices;
using Review.Core.Engine;
using Review.Core.Flow;
using Review.Core.Syntax;

namespace Review.Flow.Paths;

/// <summary>One path at one point: what it knows, and where the analysis's own protocol stands on it.</summary>
public sealed record Path<TProtocol>(PathState State, TProtocol Protocol)
    where TProtocol : IEquatable<TProtocol>
{
    private Path<TProtocol>[]? alone;
    private int hash;

    /// <summary>Makes a copy that is going to differ.</summary>
    private Path(Path<TProtocol> original)
    {
        State = original.State;
        Protocol = original.Protocol;
    }

    /// <summary>The path as the only way on.</summary>
    public IReadOnlyList<Path<TProtocol>> Alone => alone ??= [this];

    /// <summary>The path with another state; itself if that is its own.</summary>
    public Path<TProtocol> In(PathState state) => ReferenceEquals(state, State) ? this : new Path<TProtocol>(state, Protocol);

    /// <summary>The path where the protocol stands elsewhere; itself if it stands there.</summary>
    public Path<TProtocol> At(TProtocol protocol) => !typeof(TProtocol).IsValueType && ReferenceEquals(protocol, Protocol) ? this : new Path<TProtocol>(State, protocol);

    public bool Equals(Path<TProtocol>? other) => ReferenceEquals(this, other) || (other is not null && State.Equals(other.State) && Protocol.Equals(other.Protocol));

    // Found out when somebody asks: 0 says that nobody has.
    public override int GetHashCode() => hash != 0 ? hash : hash = HashCode.Combine(State.GetHashCode(), Protocol.GetHashCode()) is not 0 and var sum ? sum : 1;
}

/// <summary>
/// Follows every path of a function. Paths with the same knowledge and the same protocol state are one; where too many meet, those
/// with the same protocol state are merged and only what they agree on stays known. If even the protocol states are too many, the analysis throws <see cref="NotAnalysedException"/>.
/// </summary>
/// <typeparam name="TProtocol">State of the protocol under watch; few values, compared by content.</typeparam>
public abstract class PathAnalysis<TProtocol>
    where TProtocol : IEquatable<TProtocol>
{
    /// <summary>Paths with which a function that translates a handful of flags is followed to the letter.</summary>
    protected const int ManyPaths = 64;

    private const int FewPaths = 24;

    /// <summary>Protocol states kept apart at the start of a block.</summary>
    private const int MaximumProtocols = 256;

    /// <summary>Nodes looked at in one function, over all paths.</summary>
    private const int MaximumSteps = 400_000;

    private readonly Liveness liveness;
    private readonly HashSet<Path<TProtocol>>[] seen;
    private readonly Dictionary<(TProtocol Protocol, int Flags), PathState>?[] merged;
    private readonly KnownFlags flags;
    private readonly DeadEnds deadEnds;
    private readonly Sweeps<Path<TProtocol>> work;
    private readonly HashSet<Path<TProtocol>> distinct = [];
    private readonly Func<Place, bool> isWanted;
    private List<Path<TProtocol>> current = [];
    private List<Path<TProtocol>> next = [];
    private (BasicBlock Block, TProtocol Protocol) wanting;
    private int steps;

    protected PathAnalysis(ControlFlowGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        Graph = graph;
        liveness = Liveness.Of(graph);
        seen = new HashSet<Path<TProtocol>>[graph.Blocks.Length];
        merged = new Dictionary<(TProtocol Protocol, int Flags), PathState>?[graph.Blocks.Length];
        flags = KnownFlags.Of(graph);
        deadEnds = DeadEnds.Of(graph);
        work = new Sweeps<Path<TProtocol>>(graph.Blocks.Length);
        isWanted = IsWantedNow;
    }

    /// <summary>True if paths that are merged have to agree on their flags: what they tell the caller through a pointer, and what they remember in a variable.</summary>
    protected virtual bool KeepsFlagsApart => false;

    /// <summary>Paths kept apart at the start of a block, before those that stand alike are merged.</summary>
    protected virtual int MaximumPaths => FewPaths;

    /// <summary>The function's control flow.</summary>
    public ControlFlowGraph Graph { get; }

    /// <summary>True if paths were merged, so that what they did not agree on is not known any more.</summary>
    protected bool HasMerged { get; private set; }

    /// <summary>Follows the paths. To be called once.</summary>
    /// <exception cref="NotAnalysedException">The function has too many paths to follow.</exception>
    public void Run(TProtocol initial)
    {
        Enqueue(Graph.Entry, new Path<TProtocol>(PathState.Begin(), initial));
        while (work.TryTake(out var index, out var path))
        {
            var block = Graph.Blocks[index];
            if (IsCurrent(block, path))
            {
                Process(block, path);
            }
        }
    }

    /// <summary>The effect of one node; several paths if it can end in several ways, none if the path ends here.</summary>
    protected virtual IEnumerable<Path<TProtocol>> Visit(Path<TProtocol> path, Node node)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path.In(ExpressionSemantics.Apply(path.State, node)).Alone;
    }

    /// <summary>Takes an edge; null if the path cannot go there.</summary>
    protected virtual Path<TProtocol>? Follow(Path<TProtocol> path, FlowEdge edge)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(edge);
        return ExpressionSemantics.Follow(path.State, edge.Condition) is { } state ? path.In(state) : null;
    }

    /// <summary>A path has reached the end of the function; <paramref name="return"/> is null if it ran off the end.</summary>
    protected virtual void AtExit(Path<TProtocol> path, ReturnStatement? @return)
    {
    }

    /// <summary>True if the protocol still refers to a place, so that it must not be forgotten.</summary>
    protected virtual bool IsWanted(TProtocol protocol, Place place) => false;

    /// <summary>A value of which the protocol may speak has become another one: it has grown older, and the same source is about to make a new one.</summary>
    protected virtual TProtocol Rename(TProtocol protocol, UnknownValue value, UnknownValue older) => protocol;

    /// <summary>Drops from the protocol state what cannot matter any more, so that more paths are equal.</summary>
    protected virtual TProtocol Simplify(TProtocol protocol, PathState state) => protocol;

    /// <summary>False for a path that has been merged with another one since: that one stands for both.</summary>
    private bool IsCurrent(BasicBlock block, Path<TProtocol> path) =>
        merged[block.Index] is not { } groups || (groups.TryGetValue(GroupOf(path), out var state) && ReferenceEquals(state, path.State));

    /// <summary>What paths that are merged have in common.</summary>
    private (TProtocol Protocol, int Flags) GroupOf(Path<TProtocol> path) => (path.Protocol, KeepsFlagsApart ? flags.In(path.State) : 0);

    private void Process(BasicBlock block, Path<TProtocol> start)
    {
        current.Clear();
        current.Add(start);
        foreach (var node in block.NodeSpan)
        {
            if (Visit(node))
            {
                (current, next) = (next, current);
            }

            steps += current.Count;
            if (steps > MaximumSteps || current.Count > MaximumProtocols)
            {
                throw TooManyPaths();
            }
        }

        foreach (var path in current)
        {
            foreach (var edge in block.SuccessorSpan)
            {
                if (edge.To == Graph.Exit)
                {
                    AtExit(path, block.Nodes.Count > 0 ? block.Nodes[^1] as ReturnStatement : null);
                }
                else if (!deadEnds.Contains(edge.To) && Follow(path, edge) is { } taken)
                {
                    GoTo(edge, taken);
                }
            }
        }
    }

    /// <summary>Takes all paths of a block over a node, from <see cref="current"/> to <see cref="next"/>; false if none of them is another one afterwards.</summary>
    private bool Visit(Node node)
    {
        next.Clear();
        var isChanged = false;
        foreach (var path in current)
        {
            var count = next.Count;
            var after = Visit(path, node);
            if (after is Path<TProtocol>[] { Length: 1 } only)
            {
                next.Add(only[0]);
            }
            else
            {
                next.AddRange(after);
            }

            isChanged |= next.Count != count + 1 || !ReferenceEquals(next[count], path);
        }

        if (isChanged && next.Count > 1)
        {
            DropRepeated(next);
        }

        return isChanged;
    }

    /// <summary>Keeps the first of equal paths.</summary>
    private void DropRepeated(List<Path<TProtocol>> paths)
    {
        distinct.Clear();
        var count = 0;
        for (var i = 0; i < paths.Count; i++)
        {
            if (distinct.Add(paths[i]))
            {
                paths[count++] = paths[i];
            }
        }

        paths.RemoveRange(count, paths.Count - count);
    }

    /// <summary>Goes on behind an edge. Blocks in which nothing happens are passed at once.</summary>
    private void GoTo(FlowEdge edge, Path<TProtocol> path)
    {
        var to = edge.To;
        while (to is { Nodes.Count: 0, Successors: [{ Condition: null } onward] } && onward.To != Graph.Exit && onward.To.Index > to.Index)
        {
            if (Follow(to.IsInsideExpression ? path : path.In(path.State.WithoutTemporaries()), onward) is not { } taken)
            {
                return;
            }

            (to, path) = (onward.To, taken);
        }

        Enqueue(to, path);
    }

    private void Enqueue(BasicBlock block, Path<TProtocol> path)
    {
        var state = block.IsInsideExpression ? path.State : path.State.WithoutTemporaries();
        state = Keep(state, block, path.Protocol);
        path = path.In(state).At(Simplify(path.Protocol, state));
        if (merged[block.Index] is { } groups)
        {
            EnqueueMerged(block, path, groups);
            return;
        }

        var known = seen[block.Index] ??= [];
        if (!known.Add(path))
        {
            return;
        }

        if (known.Count <= MaximumPaths)
        {
            work.Add(block.Index, path);
            return;
        }

        HasMerged = true;
        var fresh = merged[block.Index] = [];
        foreach (var member in known)
        {
            EnqueueMerged(block, member, fresh);
        }
    }

    private void EnqueueMerged(BasicBlock block, Path<TProtocol> path, Dictionary<(TProtocol Protocol, int Flags), PathState> groups)
    {
        path = AgeMerged(path, block);
        var state = path.State;
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(groups, GroupOf(path), out _);
        if (known is not null)
        {
            if (known.HasMerged(state, block.Index))
            {
                return;
            }

            state = Keep(known.Merge(state, block.Index), block, path.Protocol);
            if (state.Equals(known))
            {
                return;
            }
        }

        known = state;
        if (groups.Count > MaximumProtocols)
        {
            throw TooManyPaths();
        }

        work.Add(block.Index, path.In(state));
    }

    /// <summary>What was merged at this block in the round before and has moved elsewhere since must not be taken for what is merged now.</summary>
    private Path<TProtocol> AgeMerged(Path<TProtocol> path, BasicBlock block)
    {
        foreach (var value in path.State.MergedAt(block.Index))
        {
            if (path.State.Read(((MergedAt)value.Source).Place) != value)
            {
                var (state, older) = path.State.Age(value);
                path = new Path<TProtocol>(state, Rename(path.Protocol, value, older));
            }
        }

        return path;
    }

    private static NotAnalysedException TooManyPaths() => new("it has too many paths to follow");

    /// <summary>What is still wanted of a state at the start of a block.</summary>
    private PathState Keep(PathState state, BasicBlock block, TProtocol protocol)
    {
        wanting = (block, protocol);
        return state.Keep(isWanted);
    }

    private bool IsWantedNow(Place place) =>
        place.Root is not VariablePlace { Variable.IsAutomatic: true } variable || liveness.IsWanted(variable, wanting.Block) || IsWanted(wanting.Protocol, place);
}
