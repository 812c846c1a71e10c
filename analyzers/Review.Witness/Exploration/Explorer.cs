using System.Collections.Immutable;
using Review.Core.Diagnostics;
using Review.Core.Syntax;
using Review.Model;
using Review.Model.Advice;
using Review.Model.Calls;
using Review.Model.Memory;
using Review.Model.Userfault;
using Review.Witness.Bindings;
using Review.Witness.Interpretation;

namespace Review.Witness.Exploration;

/// <summary>
/// Looks at every interleaving of one interpreted call with the calls of others, breadth first, so that the interleaving it finds is a shortest one.
/// The interpreted thread stands still only where others can tell the difference: before it takes a lock, while it waits, before it calls into a
/// file system. What it does in between is one step; states that were seen before are not looked at again, and those in which one thing only can happen are passed through.
/// </summary>
internal sealed class Explorer
{
    private readonly ProgramCode program;
    private readonly string entry;
    private readonly Situation situation;
    private readonly Mission mission;
    private readonly Bounds bounds;
    private readonly Reach? reach;
    private readonly Trail trail;
    private readonly ResultComparison comparison;
    private readonly HashSet<Node> seen = [];
    private readonly Queue<(Node Node, Moves Moves)> open = new();
    private readonly Queue<(Node Node, Moves Moves)> passing = new();
    private Verdict? verdict;
    private ReturnContract? contract;
    private string? needs;
    private bool isBounded;
    private int interleavings;
    private long instructions;

    private Explorer(ProgramCode program, string entry, Situation situation, IReadOnlySet<ViolationKind> sought, Bounds bounds, Reach? reach, Trail trail)
    {
        this.trail = trail;
        this.program = program;
        this.entry = entry;
        this.situation = situation;
        this.bounds = bounds;
        this.reach = reach;
        var owner = situation.Remote is { Target: not 0 and var target } ? target : situation.Process;
        mission = new Mission(situation.Process, situation.Machine.Process(owner).Space, Situation.Thread, situation.Start, situation.Length, situation.Advice, sought) { Remote = situation.Remote, Direct = situation.Direct, Entries = situation.Entries, IsOfStatement = reach is not null && reach.Coverage.All != 0 };
        comparison = new ResultComparison(entry, situation, mission);
    }


    /// <summary>Searches one situation.</summary>
    /// <param name="program">The code.</param>
    /// <param name="entry">The function that is called.</param>
    /// <param name="situation">The situation.</param>
    /// <param name="sought">The kinds of violation that end the search.</param>
    /// <param name="bounds">How far it goes.</param>
    /// <param name="trail">Hears of the functions that were entered; null if nobody asks.</param>
    /// <param name="reach">What the search is about: a violation counts in a run that came along there; null if every one counts.</param>
    public static Verdict Search(ProgramCode program, string entry, Situation situation, IReadOnlySet<ViolationKind> sought, Bounds bounds, Trail? trail = null, Reach? reach = null) =>
        new Explorer(program, entry, situation, sought, bounds, reach, trail ?? new Trail()).Search();

    private Verdict Search()
    {
        var state = new KernelState(situation.Machine) { MappedThroughout = [.. MappedPages(situation.Machine)] };
        try
        {
            var start = EntryPoint.Start(program, entry, mission, state, reach?.Coverage);
            contract = start.Contract;
            _ = trail.Entered.Add(entry);
            GoOn(start.Code, new KernelWorld(mission, program, start.State), situation.Interference, null);
        }
        catch (StopException stop)
        {
            needs = stop.Message;
        }

        while (verdict is null && (passing.TryDequeue(out var ready) || open.TryDequeue(out ready)))
        {
            if (seen.Count > bounds.States)
            {
                isBounded = true;
                break;
            }

            Make(ready.Node, ready.Moves);
        }

        var effort = new Effort(1, seen.Count, interleavings, instructions);
        return verdict is not null ? verdict with { Effort = effort }
            : needs is not null ? new Verdict(VerdictKind.NotWitnessed, situation.Name, ViolationKind.None, $"needs {needs}", [], effort)
            : isBounded ? new Verdict(VerdictKind.OutOfBound, situation.Name, ViolationKind.None, $"the bound of {bounds.States} states or {bounds.Instructions} instructions is reached", [], effort)
            : new Verdict(VerdictKind.Clean, situation.Name, ViolationKind.None, "", [], effort);
    }

    private IEnumerable<ulong> MappedPages(Machine machine)
    {
        var mm = machine.Space(mission.Space);
        for (var page = Pages.Number(mission.Start); page < Pages.Number(mission.End); page++)
        {
            // Of huge pages only whole ones can be given back, and what is cached of the files of others is left alone by MADV_PAGEOUT.
            if (mm.Lookup(page << Pages.Shift) is { IsHugeTlb: false } vma && (mission.Advice != Madv.PageOut || LazyFree.MayReclaimFile(machine, mission.Space, vma)))
            {
                yield return page;
            }
        }
    }

    /// <summary>Makes every move that is possible.</summary>
    private void Make(Node node, Moves moves)
    {
        if (moves.End is { } end)
        {
            End(new Stop(end.Kind, end.Message, Violation: end.Violation), node.State, node.Code);
        }
        else
        {
            StepCode(node, moves.OfCode);
        }

        foreach (var (thread, step) in moves.OfOthers)
        {
            StepOther(node, thread, step);
        }

        foreach (var number in moves.OfMonitors)
        {
            ReadEvent(node, number);
        }
    }

    /// <summary>The interpreted thread goes on, in each way that it can.</summary>
    private void StepCode(Node node, List<Outcome> outcomes)
    {
        reach?.Called(node.Code.Pending!.Function.Name, isDropped: outcomes.Exists(outcome => !ReferenceEquals(outcome.State.Dropped, node.State.Dropped)));
        foreach (var outcome in outcomes)
        {
            var code = node.Code.Copy();
            try
            {
                Take(code, outcome, node);
            }
            catch (StopException stop)
            {
                // What the caller hands over has no place for what comes back.
                End(new Stop(stop.Kind, stop.Message, Violation: stop.Violation), outcome.State, code);
            }
        }
    }

    private void Take(Execution code, Outcome outcome, Node node)
    {
        foreach (var (address, size, value) in outcome.Stores)
        {
            code.Memory.Store(address, size, Value.Of(value));
        }

        if (outcome.Enter is { } enter)
        {
            enter(code);
            GoOn(code, new KernelWorld(mission, program, outcome.State), node.Others, node);
        }
        else if ((outcome.Make?.Invoke(code.Memory) ?? outcome.Result) is { } result)
        {
            code.Complete(result);
            GoOn(code, new KernelWorld(mission, program, outcome.State), node.Others, node);
        }
        else if (outcome.Stores.Length > 0 || !outcome.State.Equals(node.State))
        {
            Add(new Node(code, outcome.State, node.Others, node));
        }
    }

    /// <summary>Runs the interpreted thread to the next point.</summary>
    private void GoOn(Execution code, KernelWorld world, ImmutableArray<ImmutableArray<Call>> others, Node? parent)
    {
        var before = code.Steps;
        var stop = code.Run(world, bounds.Instructions);
        if (stop.Kind == StopKind.OutOfSteps && EndlessLoop.IsIn(code, world))
        {
            stop = new Stop(StopKind.Violation, $"{code.Function}() goes round for ever", Violation: ViolationKind.EndlessLoop);
        }

        instructions += code.Steps - before;
        trail.Entered.UnionWith(world.Called);
        trail.Walked.UnionWith(world.Walked);
        if (stop.Kind == StopKind.Waiting)
        {
            Add(new Node(code, world.State, others, parent));
        }
        else
        {
            End(stop, world.State, code);
        }
    }

    private void Add(Node node)
    {
        // Coming back is noticed at states that are kept.
        var keepsAll = mission.Sought.Contains(ViolationKind.NoProgress);
        var moves = keepsAll ? null : Moves.Of(node, mission, program);
        if (moves is { IsForced: true })
        {
            passing.Enqueue((node, moves));
            return;
        }

        if (seen.Add(node))
        {
            open.Enqueue((node, moves ?? Moves.Of(node, mission, program)));
            return;
        }

        for (var earlier = node.Parent; earlier is not null; earlier = earlier.Parent)
        {
            if (earlier.Equals(node))
            {
                var round = $"{node.Code.Function}() comes back to the state it was in, and goes round for ever";
                if (keepsAll)
                {
                    Violated(ViolationKind.NoProgress, round, node.State, node.Code);
                }
                else
                {
                    reach?.WentRound(round);
                }

                return;
            }
        }
    }

    private void End(Stop stop, KernelState state, Execution code)
    {
        interleavings++;
        switch (stop.Kind)
        {
            case StopKind.Returned:
                Judge((int)stop.Result.Bits, state, code);
                break;
            case StopKind.Violation when mission.Sought.Contains(stop.Violation):
                Violated(stop.Violation, stop.Message, state.With(0, code.Function, code.Line, stop.Message), code);
                break;
            case StopKind.Violation when stop.Violation == ViolationKind.Warning && mission.Direct is not null && state.Deviations == 0 && StepLog.InOrder(state.Log).All(static step => KernelTable.TakesLock.Contains(step.Function)):
                // Nobody calls it with these arguments, says the function itself before it does anything but taking the lock.
                break;
            case StopKind.Violation:
                reach?.WasCut(stop.Message);
                break;
            case StopKind.Needs:
                needs ??= stop.Message;
                break;
            case StopKind.OutOfSteps:
                isBounded = true;
                break;
        }
    }

    private void Judge(int result, KernelState state, Execution code)
    {
        var returned = state.With(0, SystemCallName.Of(entry), 0, $"returns {ResultComparison.Name(result)}");
        var isJudged = comparison.Judges(state, result, out var wrong);
        isBounded |= comparison.IsBounded;
        if (wrong is not null)
        {
            Violated(ViolationKind.WrongResult, wrong, returned, code);
        }
        else if ((contract is not null ? contract.Broken(mission, state, code.Memory) : Property.Broken(mission, state, SystemCallName.Of(entry), result)) is { } broken)
        {
            Violated(broken.Kind, broken.Message, returned, code);
        }
        else if (isJudged && Property.Judges(mission))
        {
            reach?.Ended(code, state);
        }
    }

    private void Violated(ViolationKind kind, string message, KernelState state, Execution code)
    {
        if (reach?.Concerns(code) == false)
        {
            reach.FoundElsewhere(message);
            return;
        }

        verdict ??= new Verdict(VerdictKind.Violated, situation.Name, kind, message, [.. Steps(state)], default);
    }

    private IEnumerable<WitnessStep> Steps(KernelState state)
    {
        yield return new WitnessStep(0, "", "", 0, situation.Title);
        foreach (var step in StepLog.InOrder(state.Log))
        {
            yield return new WitnessStep(step.Thread, SystemCallName.Of(step.Function), step.Line > 0 ? program.Unit.Path : "", step.Line, step.Action);
        }
    }

    /// <summary>Another thread does its next step.</summary>
    private void StepOther(Node node, int thread, Step first)
    {
        var calls = node.Others[thread];
        var call = calls[0];
        var step = CriticalSection.Through(node.State.Machine, first, mission.Space, call.Current.Thread);
        var others = node.Others.SetItem(thread, step.Next is { } next ? calls.SetItem(0, next) : calls.RemoveAt(0));
        var state = node.State with { Machine = step.Machine };
        state = state with { MappedThroughout = state.MappedThroughout.Intersect(MappedPages(state.Machine)) };
        if (step.Next is null)
        {
            state = state.With(thread + 1, "", 0, Interference.Describe(call, step.Result, mission.Start));
        }

        Add(new Node(node.Code, state, others, null));
    }

    /// <summary>The monitor of a userfaultfd reads the next event.</summary>
    private void ReadEvent(Node node, int number)
    {
        var machine = node.State.Machine.Read(number, out _);
        Add(new Node(node.Code, (node.State with { Machine = machine }).With(Math.Max(node.Others.Length, 1), "", 0, "reads the event"), node.Others, null));
    }
}
