using Review.Model.Eras;
using Review.Model.Faults;
using Review.Model.Memory;

namespace Review.Model.Calls;

/// <summary>How far a lookup by <see cref="VmaLockAccessCall"/> has got.</summary>
public enum VmaLookup : byte
{
    /// <summary>Nothing was looked up yet.</summary>
    None,

    /// <summary>The VMA was found under RCU; nothing keeps it from changing.</summary>
    Found,

    /// <summary>vma_start_read() has taken its lock.</summary>
    Locked,

    /// <summary>It was looked at again under its lock.</summary>
    Checked,
}

/// <summary>
/// An access whose fault finds its VMA by lock_vma_under_rcu(), in the steps that a writer can come between: the lookup in the maple tree under RCU,
/// vma_start_read(), which fails while the VMA's sequence number is that of mmap_lock (a writer is at it) or the VMA was detached, and the second look at
/// whether the address still lies in what was locked. Whatever fails falls back to mmap_lock. Kernels before per-VMA locks take that at once.
/// </summary>
public sealed record VmaLockAccessCall(Current Current, ulong Address, byte? Written) : Call(Current)
{
    /// <summary>How far the lookup has got.</summary>
    public VmaLookup Lookup { get; init; }

    /// <summary>The VMA as it was when it was found.</summary>
    public Vma? Found { get; init; }

    /// <inheritdoc/>
    public override string NextAction => Lookup switch
    {
        VmaLookup.None => "look up the VMA under RCU",
        VmaLookup.Found => "vma_start_read()",
        VmaLookup.Locked => "look again at what was locked",
        _ => "handle the fault under the VMA's lock",
    };

    /// <inheritdoc/>
    public override Step Step(Machine machine)
    {
        var space = OwnSpace(machine);
        return Lookup switch
        {
            VmaLookup.None => Begin(machine, space),
            VmaLookup.Found => Lock(machine, space),
            VmaLookup.Locked => LookAgain(machine, space),
            _ => Fault(machine, space),
        };
    }

    private Step Begin(Machine machine, int space)
    {
        if (AccessCall.TryAccess(ref machine, space, Address, Written, out var seen))
        {
            return Calls.Step.End(machine, seen);
        }

        return machine.Era.FaultUnderVmaLock && machine.Space(space).Lookup(Address) is { } vma
            ? Calls.Step.GoOn(machine, this with { Lookup = VmaLookup.Found, Found = vma })
            : FallBack(machine);
    }

    private Step Lock(Machine machine, int space)
    {
        var mm = machine.Space(space);
        var isBeingWritten = mm.Lock.Writer != 0 || mm.ById(Found!.Id) is null;
        if (isBeingWritten && !machine.Protocol.Has(Defects.NoVmaSequenceCheck))
        {
            return FallBack(machine);
        }

        machine = machine.With(space, mm with { VmaLocks = mm.VmaLocks.Add(new VmaLock(Found!.Id, Current.Thread)) });
        return Calls.Step.GoOn(machine, this with { Lookup = VmaLookup.Locked });
    }

    private Step LookAgain(Machine machine, int space) => machine.Protocol.Has(Defects.NoVmaRecheck) || CurrentVma(machine, space).Contains(Address)
        ? Calls.Step.GoOn(machine, this with { Lookup = VmaLookup.Checked })
        : FallBack(Unlock(machine, space));

    private Step Fault(Machine machine, int space)
    {
        var vma = CurrentVma(machine, space);
        var unlocked = Unlock(machine, space);
        if (Written is null ? !vma.IsAccessible : !vma.Has(VmFlags.Write))
        {
            return Calls.Step.End(unlocked, new CallResult(0, Errno.None, Signal.Segv));
        }

        var outcome = PageFault.Handle(machine, space, vma, Address, FaultFlags.AllowRetry | FaultFlags.VmaLock | (Written is null ? FaultFlags.None : FaultFlags.Write));
        machine = Unlock(outcome.Machine, space);
        return outcome.Code switch
        {
            FaultCode.Done => Calls.Step.GoOn(machine, new VmaLockAccessCall(Current, Address, Written)),
            FaultCode.NeedsMmapLock => FallBack(machine),
            FaultCode.Retry => Calls.Step.GoOn(machine, new AccessCall(Current, Address, Written) { Waiting = (outcome.Userfaultfd, outcome.Ticket) }),
            FaultCode.Wait => Calls.Step.GoOn(machine, new AccessCall(Current, Address, Written)),
            FaultCode.SigBus => Calls.Step.End(machine, new CallResult(0, Errno.None, Signal.Bus)),
            _ => Calls.Step.End(machine, new CallResult(0, Errno.None, Signal.Segv)),
        };
    }

    // The structure itself, as it is by now; what was found of it if it is gone, which only a lookup that checks too little gets to.
    private Vma CurrentVma(Machine machine, int space) => machine.Space(space).ById(Found!.Id) ?? Found;

    private Machine Unlock(Machine machine, int space) => machine.UnlockVma(space, Found!.Id, Current.Thread);

    private Step FallBack(Machine machine) => Calls.Step.GoOn(machine, new AccessCall(Current, Address, Written) { UsesMmapLock = true });
}
