using Review.Model.Memory;

namespace Review.Model.Calls;

/// <summary>
/// A secondary MMU (a guest, a device) reads the first byte of a page: by its own entry if it has one, else by one that it makes from the page table. It makes none while
/// the page is being invalidated (mmu_notifier_retry()), and none of what the page table does not map: EFAULT, as of a device that cannot fault.
/// </summary>
public sealed record SecondaryReadCall(Current Current, ulong Address) : Call(Current)
{
    /// <inheritdoc/>
    public override string NextAction => "read through the secondary MMU";

    /// <inheritdoc/>
    public override Step Step(Machine machine)
    {
        var space = OwnSpace(machine);
        var page = Pages.Number(Address);
        var beside = machine.Space(space).Beside;
        if (beside.Secondary[page] is not 0 and var known)
        {
            return Calls.Step.End(machine, new CallResult(machine.FrameAt(known).Content));
        }

        if (beside.IsInvalidating(page))
        {
            return Calls.Step.Wait(machine, this);
        }

        if (machine.Space(space).Table[page] is not { Kind: PteKind.Page, Frame: not 0 and var frame })
        {
            return Calls.Step.End(machine, Errno.EFAULT);
        }

        machine = machine.With(space, machine.Space(space) with { Beside = beside with { Secondary = beside.Secondary.With(page, frame) } });
        return Calls.Step.End(machine, new CallResult(machine.FrameAt(frame).Content));
    }
}
