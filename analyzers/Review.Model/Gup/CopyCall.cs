using Review.Model.Calls;
using Review.Model.Memory;

namespace Review.Model.Gup;

/// <summary>By which way memory is reached that is not accessed directly.</summary>
public enum CopyWay : byte
{
    /// <summary>process_vm_readv(), process_vm_writev(): pages are pinned with mmap_lock held.</summary>
    ProcessVm,

    /// <summary>vmsplice(): pages are referenced, from the page table alone if possible.</summary>
    Vmsplice,

    /// <summary>/proc/PID/mem: access rights are ignored where the mapping may have them (FOLL_FORCE).</summary>
    ProcMem,
}

/// <summary>
/// Copies a few bytes at the start of one page through get_user_pages(). The result's value is the byte that was read;
/// <paramref name="Written"/> is the byte to write, or null.
/// </summary>
public sealed record CopyCall(Current Current, int Space, ulong Address, CopyWay Way, byte? Written) : Call(Current)
{
    /// <summary>Whether mmap_lock is held.</summary>
    public bool HasLock { get; init; }

    /// <summary>Whether the page table alone did not suffice.</summary>
    public bool IsSlow { get; init; }

    /// <summary>The frame that is held while mmap_lock is dropped; 0 for none.</summary>
    public int Held { get; init; }

    /// <summary>The userfaultfd message that is waited for.</summary>
    public (int Userfaultfd, int Ticket) Waiting { get; init; }

    /// <inheritdoc/>
    public override string NextAction => $"{Way}: {(Held != 0 ? "copy, give the page back" : HasLock ? "take the page" : "mmap_read_lock()")}";

    private GupFlags Flags =>
        (Written is null ? GupFlags.None : GupFlags.Write) | Way switch
        {
            CopyWay.ProcessVm => GupFlags.Pin | GupFlags.Remote | GupFlags.Unlockable,
            CopyWay.Vmsplice => GupFlags.Get | GupFlags.Unlockable,
            _ => GupFlags.Get | GupFlags.Force | GupFlags.Remote,
        };

    /// <inheritdoc/>
    public override Step Step(Machine machine)
    {
        if (Held != 0)
        {
            return Copy(machine, Held);
        }

        if (Way == CopyWay.Vmsplice && !IsSlow)
        {
            return GupWalk.TryFast(machine, Space, Address, Flags, out var fast)
                ? Copy(fast.Machine, fast.Frame)
                : Calls.Step.GoOn(machine, this with { IsSlow = true });
        }

        if (!HasLock)
        {
            var isWoken = Waiting.Ticket == 0 || !machine.Uffd(Waiting.Userfaultfd).IsPending(Waiting.Ticket);
            return isWoken && Locks.TryReadLock(ref machine, Space, Current.Thread)
                ? Calls.Step.GoOn(machine, this with { HasLock = true, Waiting = default })
                : Calls.Step.Wait(machine, this);
        }

        // access_remote_vm() lets a stack grow; get_user_pages() by itself does not.
        if (Way == CopyWay.ProcMem && machine.Space(Space).Lookup(Address) is null)
        {
            _ = StackGrowth.TryExpand(ref machine, Space, Address);
        }

        var outcome = GupWalk.Find(machine, Space, Address, Flags);
        machine = outcome.Machine.Unlock(Space, Current.Thread);
        if (outcome.MustWait)
        {
            return Calls.Step.GoOn(machine, this with { HasLock = false, Waiting = (outcome.Userfaultfd, outcome.Ticket) });
        }

        if (outcome is { Error: Errno.None, Frame: not 0 })
        {
            return Calls.Step.GoOn(machine, this with { HasLock = false, Held = outcome.Frame });
        }

        return outcome.Error == Errno.None ? Copy(machine, outcome.Frame) : Calls.Step.End(machine, Way == CopyWay.ProcMem ? Errno.EIO : Errno.EFAULT);
    }

    private Step Copy(Machine machine, int frame)
    {
        var pin = Flags.HasFlag(GupFlags.Pin);
        if (frame == 0)
        {
            return Calls.Step.End(machine, new CallResult(0));
        }

        var content = machine.FrameAt(frame).Content;
        if (Written is { } value)
        {
            machine = machine.WithFrame(frame, machine.FrameAt(frame) with { Content = value }).MarkDirty(frame);
        }

        return Calls.Step.End(machine.Release(frame, pin), new CallResult(content));
    }
}
