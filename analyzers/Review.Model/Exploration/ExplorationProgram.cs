using System.Collections.Immutable;
using Review.Model.Advice;
using Review.Model.Calls;
using Review.Model.Eras;
using Review.Model.Scenarios;
using Review.Model.Userfault;

namespace Review.Model.Exploration;

/// <summary>An exploration file made ready: its setup has been carried out on the model, and its operations have become calls.</summary>
/// <param name="Program">What is to be explored.</param>
/// <param name="Names">Where the mappings are.</param>
public sealed record ExplorationProgram(ConcurrentProgram Program, ScenarioNames Names)
{
    /// <summary>Prepares a file for one kernel.</summary>
    /// <exception cref="ScenarioFormatException">The setup does not succeed on the model, or a thread does something that cannot be stepped.</exception>
    public static ExplorationProgram Prepare(ExplorationFile file, KernelEra era, KernelBuild build)
    {
        ArgumentNullException.ThrowIfNull(file);
        var machine = new ModelMachine(era, build);
        var names = new ScenarioNames();
        for (var i = 0; i < file.Setup.Count; i++)
        {
            var answer = ScenarioRun.Perform(file.Setup[i], machine, names);
            if (Judge.Answer(file.Setup[i], answer, names) is { } difference)
            {
                throw new ScenarioFormatException($"{file.Name}: setup[{i}] {OperationNames.Of(file.Setup[i])}", $"on {era.Name}: {difference}");
            }
        }

        var threads = ImmutableArray.CreateBuilder<ThreadProgram>(file.Threads.Count);
        foreach (var thread in file.Threads)
        {
            // Thread 1 did the setup and is gone.
            var caller = new Current(1, threads.Count + 2);
            threads.Add(new ThreadProgram(thread.Name, caller, thread.IsDaemon, [.. thread.Calls.SelectMany((operation, index) => CallsOf(file, index, operation, machine, names, caller))]));
        }

        return new ExplorationProgram(new ConcurrentProgram(machine.State with { Protocol = file.Protocol }, threads.ToImmutable()), names);
    }

    private static IEnumerable<ProgramCall> CallsOf(ExplorationFile file, int index, Operation operation, ModelMachine machine, ScenarioNames names, Current caller)
    {
        var calls = machine.CallsOf(operation, names, caller);
        return calls.IsEmpty || operation is Fork { Steps.Count: > 0 }
            ? throw new ScenarioFormatException($"{file.Name}: threads", $"{OperationNames.Of(operation)}{(operation is Fork ? " with steps" : string.Empty)} cannot be done by a thread{(operation is Fork ? string.Empty : "; it belongs into setup")}")
            : calls.Select(call => new ProgramCall(index, CallText.Of(operation), call, LooksWithoutLock(call, machine.State with { Protocol = file.Protocol })));
    }

    private static bool LooksWithoutLock(Call call, Machine machine) => call switch
    {
        WriteLockedCall => machine.Protocol.Has(Defects.ReadLockForWriting),
        UffdReadCall => false,
        MadviseCall madvise => AdviceTable.Find(machine, madvise.Advice) switch
        {
            null or { Lock: AdviceLock.MmapWrite } => false,
            { Lock: AdviceLock.VmaRead } => machine.Era.ZapUnderVmaLock,
            _ => true,
        },
        _ => true,
    };
}
