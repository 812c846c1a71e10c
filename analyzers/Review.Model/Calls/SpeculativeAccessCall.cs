using Review.Model.Eras;
using Review.Model.Faults;
using Review.Model.Memory;

namespace Review.Model.Calls;

/// <summary>
/// An access whose fault is handled speculatively: the VMA is looked up without any lock and copied, and the fault counts only if
/// the VMA is still the same when the entry is set (the speculative page fault series of 2018 and 2021; per-VMA locks replaced it). The
/// fallback is the ordinary fault under mmap_lock. Memory of files falls back at once: its fault handler may sleep.
/// </summary>
public sealed record SpeculativeAccessCall(Current Current, ulong Address, byte? Written) : Call(Current)
{
    /// <summary>The copy of the VMA, once it was looked up.</summary>
    public Vma? Seen { get; init; }

    /// <inheritdoc/>
    public override string NextAction => Seen is null ? "look up the VMA without a lock" : "validate the VMA and set the entry";

    /// <inheritdoc/>
    public override Step Step(Machine machine)
    {
        var space = OwnSpace(machine);
        if (Seen is null)
        {
            if (AccessCall.TryAccess(ref machine, space, Address, Written, out var seen))
            {
                return Calls.Step.End(machine, seen);
            }

            // With page faults disabled the handler is not even entered: a speculative lookup does not help there.
            if (machine.Process(Current.Process).PageFaultsDisabled)
            {
                return Calls.Step.End(machine, Errno.EFAULT);
            }

            return machine.Space(space).Lookup(Address) is { IsAnonymous: true, IsUffdArmed: false } vma
                ? Calls.Step.GoOn(machine, this with { Seen = vma })
                : FallBack(machine);
        }

        var isUnchanged = machine.Space(space).Lock.Writer == 0 && machine.Space(space).Lookup(Address) is { } now && now.Equals(Seen);
        var isAllowed = Written is null ? Seen.IsAccessible : Seen.Has(VmFlags.Write);
        if (!(isUnchanged || machine.Protocol.Has(Defects.NoVmaRecheck)) || !isAllowed)
        {
            return FallBack(machine);
        }

        var outcome = PageFault.Handle(machine, space, Seen, Address, FaultFlags.VmaLock | (Written is null ? FaultFlags.None : FaultFlags.Write));
        return outcome.Code == FaultCode.Done ? Calls.Step.GoOn(outcome.Machine, this with { Seen = null }) : FallBack(machine);
    }

    private Step FallBack(Machine machine) => Calls.Step.GoOn(machine, new AccessCall(Current, Address, Written) { UsesMmapLock = true });
}
