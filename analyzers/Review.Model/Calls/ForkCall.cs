using Review.Model.Eras;
using Review.Model.Memory;
using Review.Model.Userfault;

namespace Review.Model.Calls;

/// <summary>fork(2). The result is the number of the child; userfaultfds that want EVENT_FORK are told before the call returns.</summary>
public sealed record ForkCall(Current Current) : WriteLockedCall(Current)
{
    /// <inheritdoc/>
    protected override string Name => "fork";

    /// <inheritdoc/>
    protected override CallResult? Test(Machine machine) => null;

    /// <inheritdoc/>
    protected override Step Work(Machine machine, int space)
    {
        var known = machine.Userfaultfds.Count;
        machine = machine.AddProcess(out var child);
        var childSpace = machine.Process(child).Space;
        machine = machine.CopySpace(space, childSpace);
        machine = machine.With(child, machine.Process(Current.Process) with { Space = childSpace });
        var added = machine.Protocol.Has(Defects.NoForkEvent) ? 0 : machine.Userfaultfds.Count - known;
        Collections.Seq<(int, UffdMessage)> events = [.. Enumerable.Range(known + 1, added).Select(uffd => (machine.Uffd(uffd).ForkedFrom, new UffdMessage(0, UffdEvent.Fork, (ulong)uffd)))];
        return EventCall.GoOn(machine.Unlock(space, Current.Thread), Current, events, null, new CallResult((ulong)child));
    }
}

/// <summary>The end of processes.</summary>
public static class ProcessExit
{
    /// <summary>exit(2), and wait(2) by the parent if it is <paramref name="reaped"/>.</summary>
    public static Machine Exit(this Machine machine, int process, bool reaped)
    {
        machine = machine.ReleaseSpace(machine.Process(process).Space);
        return machine.With(process, machine.Process(process) with { State = reaped ? ProcessState.Reaped : ProcessState.Zombie });
    }
}
