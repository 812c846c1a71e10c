using Review.Model.Collections;
using Review.Model.Memory;
using Review.Model.Userfault;

namespace Review.Model.Calls;

/// <summary>munmap(2).</summary>
public sealed record MunmapCall(Current Current, ulong Start, ulong Length) : WriteLockedCall(Current)
{
    /// <inheritdoc/>
    protected override string Name => "munmap";

    /// <inheritdoc/>
    protected override CallResult? Test(Machine machine) =>
        !Pages.IsAligned(Start) || Start > Pages.TaskSize || Length > Pages.TaskSize - Start || Pages.RoundUp(Length) == 0 ? Errno.EINVAL : null;

    /// <inheritdoc/>
    protected override Step Work(Machine machine, int space)
    {
        var end = Start + Pages.RoundUp(Length);
        if (machine.Protocol.IsStepwise)
        {
            return BeginStepwise(machine, space, end);
        }

        var error = VmaUnmap.Unmap(ref machine, space, Start, end, out var events);
        return error != Errno.None
            ? Failed(machine, space, error, UnmapEvents(events, Start, end))
            : Calls.Step.GoOn(machine.Downgrade(space, Current.Thread), new UnlockCall(Current, UnmapEvents(events, Start, end)));
    }

    private Step Failed(Machine machine, int space, Errno error, Seq<(int, UffdMessage)> events) => EventCall.GoOn(machine.Unlock(space, Current.Thread), Current, events, null, error);

    private Step BeginStepwise(Machine machine, int space, ulong end)
    {
        var error = VmaUnmap.Detach(ref machine, space, Start, end, out var detached, out var events);
        if (error != Errno.None)
        {
            return Failed(machine, space, error, UnmapEvents(events, Start, end));
        }

        Seq<StepwiseZap> zaps = [.. detached.Select(vma => new StepwiseZap(space, Current.Thread, vma, vma.Start, vma.End, ZapScope.Markers))];
        return Calls.Step.GoOn(machine.Downgrade(space, Current.Thread), new UnmapRegionCall(Current, Start, end, zaps, UnmapEvents(events, Start, end)));
    }

    /// <summary>EVENT_UNMAP messages about a range.</summary>
    internal static Seq<(int Userfaultfd, UffdMessage Message)> UnmapEvents(IReadOnlyList<int> userfaultfds, ulong start, ulong end) =>
        [.. userfaultfds.Select(uffd => (uffd, new UffdMessage(0, UffdEvent.Unmap, start, end)))];

    /// <summary>unmap_region() under mmap_lock that was downgraded: the VMAs are gone already, and what they mapped goes in steps.</summary>
    private sealed record UnmapRegionCall(Current Current, ulong Start, ulong End, Seq<StepwiseZap> Zaps, Seq<(int Userfaultfd, UffdMessage Message)> Events) : Call(Current)
    {
        /// <inheritdoc/>
        public override string NextAction => Zaps.Count > 0 ? $"munmap: {Zaps[0].NextAction}" : "munmap: free page tables";

        /// <inheritdoc/>
        public override Step Step(Machine machine)
        {
            if (Zaps.Count > 0)
            {
                var rest = Zaps[0].Step(ref machine);
                return Calls.Step.GoOn(machine, this with { Zaps = rest is null ? Zaps.RemoveAt(0) : Zaps.With(0, rest) });
            }

            var space = OwnSpace(machine);
            return Calls.Step.GoOn(machine.With(space, machine.Space(space).WithoutUnusedTables(Start, End)), new UnlockCall(Current, Events));
        }
    }

    /// <summary>The end of munmap(): mmap_lock, by now held for reading only, is dropped, and userfaultfds are told.</summary>
    private sealed record UnlockCall(Current Current, Seq<(int Userfaultfd, UffdMessage Message)> Events) : Call(Current)
    {
        /// <inheritdoc/>
        public override string NextAction => "munmap: mmap_read_unlock()";

        /// <inheritdoc/>
        public override Step Step(Machine machine) =>
            EventCall.GoOn(machine.Unlock(OwnSpace(machine), Current.Thread), Current, Events, null, CallResult.Success);
    }
}
