using Review.Model.Faults;
using Review.Model.Memory;

namespace Review.Model.Calls;

/// <summary>
/// A program's own access to the first byte of a page: reads it, or writes <paramref name="Written"/>. The result is the byte, or a signal.
/// </summary>
public sealed record AccessCall(Current Current, ulong Address, byte? Written) : Call(Current)
{
    /// <summary>Whether the fault is handled under mmap_lock because the VMA's lock does not suffice.</summary>
    public bool UsesMmapLock { get; init; }

    /// <summary>Whether mmap_lock is held.</summary>
    public bool HasLock { get; init; }

    /// <summary>The userfaultfd message that is waited for.</summary>
    public (int Userfaultfd, int Ticket) Waiting { get; init; }

    /// <inheritdoc/>
    public override string NextAction => Waiting.Ticket != 0 ? "wait for the page" : HasLock || !UsesMmapLock ? Written is null ? "read a page" : "write a page" : "page fault: mmap_read_lock()";

    /// <inheritdoc/>
    public override Step Step(Machine machine)
    {
        var space = OwnSpace(machine);
        if (Waiting.Ticket != 0)
        {
            return machine.Uffd(Waiting.Userfaultfd).IsPending(Waiting.Ticket) ? Calls.Step.Wait(machine, this) : (this with { Waiting = default }).Step(machine);
        }

        if (TryAccess(ref machine, space, Address, Written, out var seen))
        {
            return Calls.Step.End(HasLock ? machine.Unlock(space, Current.Thread) : machine, seen);
        }

        if (machine.Process(Current.Process).PageFaultsDisabled)
        {
            // The exception table: the access fails without a fault being handled.
            return Calls.Step.End(machine, Errno.EFAULT);
        }

        var underVmaLock = machine.Era.FaultUnderVmaLock && !UsesMmapLock;
        if (!underVmaLock && !HasLock)
        {
            return Locks.TryReadLock(ref machine, space, Current.Thread)
                ? Calls.Step.GoOn(machine, this with { HasLock = true, UsesMmapLock = true })
                : Calls.Step.Wait(machine, this with { UsesMmapLock = true });
        }

        if (underVmaLock && machine.Space(space).Lock.Writer != 0)
        {
            return Calls.Step.Wait(machine, this);
        }

        return Fault(machine, space, underVmaLock);
    }

    /// <summary>The access as the processor does it: true if the page table allows it.</summary>
    internal static bool TryAccess(ref Machine machine, int space, ulong address, byte? written, out CallResult result)
    {
        result = default;
        var pte = machine.Space(space).PteAt(address);
        if (!pte.IsPresent || pte.Has(PteFlags.ProtNone) || (written is not null && !pte.Has(PteFlags.Write)))
        {
            return false;
        }

        if (written is { } value)
        {
            machine = WriteByte(machine, space, address, pte, value);
        }
        else if (pte.Frame != 0)
        {
            result = new CallResult(machine.FrameAt(pte.Frame).Content);
        }

        return true;
    }

    /// <summary>Changes a page's content through an entry; the entry becomes dirty.</summary>
    internal static Machine WriteByte(Machine machine, int space, ulong address, Pte pte, byte value)
    {
        var at = machine.Space(space).Lookup(address) is { IsHugeTlb: true } ? Pages.HugeDown(address) : Pages.RoundDown(address);
        machine = pte.Has(PteFlags.Dirty) ? machine : machine.ChangePte(space, at, pte.Plus(PteFlags.Dirty));
        return machine.WithFrame(pte.Frame, machine.FrameAt(pte.Frame) with { Content = value });
    }

    // do_user_addr_fault()
    private Step Fault(Machine machine, int space, bool underVmaLock)
    {
        var unlocked = HasLock ? machine.Unlock(space, Current.Thread) : machine;
        if (machine.Space(space).Lookup(Address) is not { } vma)
        {
            // Only a stack may grow, and only under mmap_lock.
            if (underVmaLock)
            {
                return Calls.Step.GoOn(machine, this with { UsesMmapLock = true });
            }

            return StackGrowth.TryExpand(ref unlocked, space, Address)
                ? Calls.Step.GoOn(unlocked, this with { HasLock = false })
                : Calls.Step.End(unlocked, new CallResult(0, Errno.None, Signal.Segv));
        }

        // access_error(): x86 lets every accessible mapping be read.
        if (Written is null ? !vma.IsAccessible : !vma.Has(VmFlags.Write))
        {
            return Calls.Step.End(unlocked, new CallResult(0, Errno.None, Signal.Segv));
        }

        var flags = FaultFlags.AllowRetry | (Written is null ? FaultFlags.None : FaultFlags.Write) | (underVmaLock ? FaultFlags.VmaLock : FaultFlags.None);
        var outcome = PageFault.Handle(machine, space, vma, Address, flags);
        machine = HasLock && outcome.Code is not FaultCode.NeedsMmapLock ? outcome.Machine.Unlock(space, Current.Thread) : outcome.Machine;
        return outcome.Code switch
        {
            FaultCode.Done => Retry(machine, space),
            FaultCode.NeedsMmapLock => Calls.Step.GoOn(machine, this with { UsesMmapLock = true }),
            FaultCode.Retry => Calls.Step.GoOn(machine, this with { HasLock = false, Waiting = (outcome.Userfaultfd, outcome.Ticket) }),
            FaultCode.Wait => Calls.Step.Wait(machine, this with { HasLock = false }),
            FaultCode.SigBus => Calls.Step.End(machine, new CallResult(0, Errno.None, Signal.Bus)),
            _ => Calls.Step.End(machine, new CallResult(0, Errno.None, Signal.Segv)),
        };
    }

    // The instruction is executed again.
    private Step Retry(Machine machine, int space) =>
        TryAccess(ref machine, space, Address, Written, out var result) ? Calls.Step.End(machine, result) : Calls.Step.GoOn(machine, this with { HasLock = false });
}
