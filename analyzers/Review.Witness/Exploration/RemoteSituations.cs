using System.Collections.Immutable;
using Review.Model;
using Review.Model.Calls;
using Review.Model.Collections;
using Review.Model.Eras;

namespace Review.Witness.Exploration;

/// <summary>The situations that are tried for process_madvise(): one process advises another or itself, as root and as an ordinary user, with good and bad arguments, while a thread of the other one changes its mappings.</summary>
public static class RemoteSituations
{
    private const ulong PageSize = 4096;
    private const ulong HugePage = 512 * PageSize;
    private const int Target = 1;
    private const int Caller = 2;

    private static readonly IoRange First = new(Layout.A, PageSize);
    private static readonly IoRange Second = new(Layout.A + PageSize, PageSize);

    /// <summary>All situations for an advice.</summary>
    public static IEnumerable<Situation> For(int advice, KernelEra era, KernelBuild? build = null)
    {
        var mapped = Layout.Empty(era, build).Anonymous(0, 2);
        var half = Layout.Empty(era, build).Anonymous(0, 1);
        foreach (var situation in WithOthers(mapped, advice))
        {
            yield return situation;
        }

        yield return Of("a file of another process", Layout.Empty(era, build).SharedFile(0, 2, Review.Model.Memory.Backing.Shmem), Call(advice));
        if (advice == Madv.Collapse)
        {
            yield return Of("a whole huge page of another process", Layout.Empty(era, build).Anonymous(0, (int)(HugePage / PageSize)), Call(advice) with { Vector = [new IoRange(Layout.A, HugePage)], VectorLength = 1 });
        }

        yield return Of("memory of another process, half of it unmapped", half, Call(advice));
        yield return Of("memory of another process, by an ordinary user", Ordinary(mapped, Target), Call(advice), isOrdinary: true);
        yield return Of("memory of a process of root, by an ordinary user", mapped, Call(advice), isOrdinary: true);
        yield return Of("memory of another process, with flags", mapped, Call(advice) with { Flags = 1 });
        yield return Of("a descriptor that is no process", mapped, Call(advice) with { Target = 0 });
        yield return Of("no ranges", mapped, Call(advice) with { Vector = [], VectorLength = 0 });
        yield return Of("ranges that cannot be read", mapped, Call(advice) with { Vector = null });
        yield return Of("a process that has ended", mapped.With(Target, mapped.Process(Target) with { State = ProcessState.Reaped }), Call(advice));
    }

    private static IEnumerable<Situation> WithOthers(Machine mapped, int advice) =>
        from program in Situations.Programs()
        where program.Calls.IsEmpty || Situations.Changes(mapped, program.Calls)
        from isOwn in (bool[])[false, true]
        let call = Call(advice) with { Current = new Current(isOwn ? Target : Caller, Situation.Thread) }
        select Of($"{(isOwn ? "its own memory" : "memory of another process")}{program.Name}", mapped, call) with { Process = call.Current.Process, Interference = program.Calls.IsEmpty ? [] : [program.Calls] };

    private static ProcessMadviseCall Call(int advice) => new(new Current(Caller, Situation.Thread), Target, [First, Second], 2, advice, 0);

    private static Situation Of(string name, Machine machine, ProcessMadviseCall call, bool isOrdinary = false)
    {
        machine = machine.AddProcess(out var caller);
        machine = isOrdinary ? Ordinary(machine, caller) : machine;
        return new Situation(name, machine, caller, Layout.A, call.VectorLength * PageSize, call.Advice, ImmutableArray<Call>.Empty) { Remote = call };
    }

    private static Machine Ordinary(Machine machine, int process) => machine.With(process, machine.Process(process) with { IsPrivileged = false });
}
