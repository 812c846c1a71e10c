using System.Collections.Immutable;
using System.Numerics;
using Review.Model.Calls;
using Review.Model.Collections;

namespace Review.Model.Exploration;

/// <summary>
/// Follows all interleavings of a program, breadth first, so that the first violation found is a shortest one. States that were seen before are not followed again.
/// </summary>
public sealed class Explorer
{
    /// <summary>The property that the explorer watches itself.</summary>
    public const string SomebodyCanGoOn = "somebody-can-go-on";

    private const string SomebodyCanGoOnClaim = "the threads do not all wait for each other";

    private readonly ConcurrentProgram program;
    private readonly ExplorationBounds bounds;
    private readonly Reduction? reduction;
    private readonly StateStore states = new();
    private readonly List<Node> nodes = [];
    private readonly List<(int From, int To)> edges = [];

    private Explorer(ConcurrentProgram program, ExplorationBounds bounds)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(program.Threads.Length, ExplorationFile.MostThreads, nameof(program));
        this.program = program;
        this.bounds = bounds;
        reduction = bounds.UsesReduction && program.Threads.Select(static thread => thread.Current.Process).Distinct().Count() == 1 ? new Reduction(program) : null;
    }

    /// <summary>Explores a program up to the bounds.</summary>
    public static ExplorationResult Explore(ConcurrentProgram program, ImmutableArray<Property> properties, ExplorationBounds bounds)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(bounds);
        return new Explorer(program, bounds).Explore(properties);
    }

    private ExplorationResult Explore(ImmutableArray<Property> properties)
    {
        Visit(states.Start(program.Start, Seq.Create(properties.AsSpan())), from: -1, thread: -1);
        for (var i = 0; i < nodes.Count; i++)
        {
            if (Expand(i) is { } violation)
            {
                return new(ExplorationOutcome.Violated, violation, nodes.Count, edges.Count, 0, 0);
            }

            if (nodes.Count > bounds.States || nodes[i].Depth > bounds.Steps)
            {
                return new(ExplorationOutcome.OutOfBounds, null, nodes.Count, edges.Count, 0, 0);
            }
        }

        var (ends, interleavings) = CountInterleavings();
        return new(ExplorationOutcome.Holds, null, nodes.Count, edges.Count, ends, interleavings);
    }

    /// <summary>Takes every step that is possible in a state.</summary>
    private Violation? Expand(int number)
    {
        var state = states[number];
        var only = reduction?.OnlyThread(states, state) ?? -1;
        if (only >= 0 && TryStep(state, only, out var step))
        {
            return Take(number, only, step);
        }

        var hasStepped = false;
        var isDone = true;
        for (var thread = 0; thread < program.Threads.Length; thread++)
        {
            isDone &= program.Threads[thread].IsDaemon || IsDone(states.PointOf(state, thread), thread);
            if (TryStep(state, thread, out step))
            {
                hasStepped = true;
                if (Take(number, thread, step) is { } violation)
                {
                    return violation;
                }
            }
        }

        return hasStepped || isDone ? null : new Violation(SomebodyCanGoOn, SomebodyCanGoOnClaim, new Breach("every thread waits for another one"), Trail(number));
    }

    private bool IsDone(ThreadPoint point, int thread) => point.Next == program.Threads[thread].Calls.Length;

    private Call CallAt(ThreadPoint point, int thread) => point.UnderWay ?? program.Threads[thread].Calls[point.Next].Start;

    /// <summary>The thread's next step; false if it has ended or has to wait. A call that gives up a lock before it waits has taken a step.</summary>
    private bool TryStep(in PackedState state, int thread, out Step step)
    {
        var point = states.PointOf(state, thread);
        var machine = states.MachineOf(state);
        step = IsDone(point, thread) ? default : CallAt(point, thread).Step(machine);
        return step.Machine is not null && !(step.IsBlocked && ReferenceEquals(step.Machine, machine));
    }

    private Violation? Take(int number, int thread, in Step step)
    {
        var state = states[number];
        var point = states.PointOf(state, thread);
        var transition = new Transition(states.MachineOf(state), step.Machine, thread, CallAt(point, thread), point.UnderWay is null, step.IsEnd ? step.Result : null);
        var properties = states.PropertiesOf(state);
        Breach? broken = null;
        var which = 0;
        for (var i = 0; i < properties.Count && broken is null; i++)
        {
            var after = properties[i].After(transition, out broken);
            which = i;
            properties = ReferenceEquals(after, properties[i]) ? properties : properties.With(i, after);
        }

        var next = step.IsEnd ? new ThreadPoint(point.Next + 1, null) : new ThreadPoint(point.Next, step.Next);
        Visit(states.After(state, thread, next, step.Machine, properties), number, thread);
        return broken is null ? null : new Violation(properties[which].Name, properties[which].Claim, broken, [.. Trail(number), StepOf(state, thread)]);
    }

    private void Visit(in PackedState state, int from, int thread)
    {
        var number = states.NumberOf(state, out var isNew);
        if (isNew)
        {
            nodes.Add(new Node(from, thread, from < 0 ? 0 : nodes[from].Depth + 1));
        }

        if (from >= 0)
        {
            edges.Add((from, number));
        }
    }

    /// <summary>The steps that lead to a state, on the shortest way.</summary>
    private ImmutableArray<InterleavingStep> Trail(int number)
    {
        var steps = new List<InterleavingStep>();
        for (var node = nodes[number]; node.From >= 0; node = nodes[node.From])
        {
            steps.Add(StepOf(states[node.From], node.Thread));
        }

        steps.Reverse();
        return [.. steps];
    }

    private InterleavingStep StepOf(in PackedState state, int thread)
    {
        var point = states.PointOf(state, thread);
        var machine = states.MachineOf(state);
        var call = CallAt(point, thread);
        var step = call.Step(machine);
        return new InterleavingStep(thread, program.Threads[thread].Calls[point.Next], point.UnderWay is null, call.NextAction, step.IsEnd ? step.Result : null, step.Next?.Step(step.Machine).IsBlocked ?? false, machine, step.Machine);
    }

    /// <summary>Counts the ways from the first state to those where nothing more happens. A retry can lead back to a state; such rounds are not counted.</summary>
    private (int Ends, BigInteger Interleavings) CountInterleavings()
    {
        var ways = new BigInteger[nodes.Count];
        var isEnd = new bool[nodes.Count];
        Array.Fill(isEnd, true);
        ways[0] = 1;

        // States are numbered and expanded breadth first, so all edges into a state from one level above come before those out of it.
        foreach (var (from, to) in edges)
        {
            isEnd[from] = false;
            if (nodes[to].Depth > nodes[from].Depth)
            {
                ways[to] += ways[from];
            }
        }

        return (isEnd.Count(static end => end), ways.Where((_, number) => isEnd[number]).Aggregate(BigInteger.Zero, static (sum, count) => sum + count));
    }

    /// <summary>How a state was reached first.</summary>
    private readonly record struct Node(int From, int Thread, int Depth);
}
