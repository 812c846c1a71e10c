using Review.Model;
using Review.Model.Calls;
using Review.Model.Memory;
using Review.Witness.Bindings;
using Review.Witness.Exploration;
using Review.Witness.Interpretation;

namespace Review.Witness.Conformance;

/// <summary>madvise(2) or process_madvise(2) as a call of the model that the kernel's own C carries out: it waits and lets others in where the C does.</summary>
/// <param name="Asked">The model's own call: what is asked for.</param>
/// <param name="Program">The code.</param>
/// <param name="Entry">The function that is called.</param>
internal sealed record InterpretedCall(Call Asked, ProgramCode Program, string Entry) : Call(Asked.Current)
{
    private const int MostInstructions = 2_000_000;

    /// <summary>The thread where it stands; null before the first step.</summary>
    private Execution? Code { get; init; }

    /// <summary>What the run remembers besides the machine.</summary>
    private KernelState? State { get; init; }

    /// <inheritdoc/>
    public override string NextAction => Code?.Pending is { } pending ? $"{pending.Function}()" : $"{Entry}()";

    /// <inheritdoc/>
    public override Step Step(Machine machine)
    {
        var mission = Mission(machine);
        if (Code is null)
        {
            return GoOn(EntryPoint.Start(Program, Entry, mission, new KernelState(machine)).Code, new KernelWorld(mission, Program, new KernelState(machine)));
        }

        // The likely way of several: no signal comes, no lock is contended.
        var outcomes = new KernelWorld(mission, Program, State! with { Machine = machine }).Outcomes(Code);
        if (outcomes.Count == 0)
        {
            return Review.Model.Calls.Step.Wait(machine, this);
        }

        var code = Code.Copy();
        foreach (var (address, size, value) in outcomes[0].Stores)
        {
            code.Memory.Store(address, size, Value.Of(value));
        }

        if ((outcomes[0].Make?.Invoke(code.Memory) ?? outcomes[0].Result) is not { } result)
        {
            return Review.Model.Calls.Step.GoOn(outcomes[0].State.Machine, this with { Code = code, State = outcomes[0].State });
        }

        code.Complete(result);
        return GoOn(code, new KernelWorld(mission, Program, outcomes[0].State));
    }

    private Mission Mission(Machine machine)
    {
        var sought = new HashSet<ViolationKind>();
        return Asked switch
        {
            MadviseCall advise => new Mission(Current.Process, OwnSpace(machine), Current.Thread, advise.Start, advise.Length, advise.Advice, sought),
            ProcessMadviseCall remote => new Mission(Current.Process, remote.Target == 0 ? OwnSpace(machine) : machine.Process(remote.Target).Space, Current.Thread, 0, Pages.TaskSize, remote.Advice, sought) { Remote = remote },
            _ => throw StopException.Needs($"a call of {Asked.GetType().Name}"),
        };
    }

    private Step GoOn(Execution code, KernelWorld world)
    {
        var stop = code.Run(world, MostInstructions);
        return stop.Kind switch
        {
            StopKind.Waiting => Review.Model.Calls.Step.GoOn(world.State.Machine, this with { Code = code, State = world.State }),
            StopKind.Returned => Review.Model.Calls.Step.End(world.State.Machine, stop.Result.Bits is < 0 and var error ? CallResult.Fail((Errno)(-error)) : new CallResult((ulong)stop.Result.Bits)),
            StopKind.OutOfSteps => throw StopException.Needs($"more than {MostInstructions} instructions"),
            _ => throw new StopException(stop.Kind, stop.Message),
        };
    }
}
