using Review.Model.Gup;
using Review.Model.Memory;

namespace Review.Model.Calls;

/// <summary>
/// __mm_populate(): brings in the pages of [<paramref name="Start"/>, <paramref name="End"/>) after mmap(MAP_POPULATE), mlock() and others.
/// </summary>
/// <param name="Current">The caller.</param>
/// <param name="Start">Where it is, in bytes.</param>
/// <param name="End">First byte behind the range.</param>
/// <param name="Result">What the system call returns if nothing fails.</param>
/// <param name="IgnoresErrors">Whether a VMA that fails is skipped (mmap); else its error is the result (mlock).</param>
public sealed record PopulateCall(Current Current, ulong Start, ulong End, CallResult Result, bool IgnoresErrors) : Call(Current)
{
    /// <summary>Whether mmap_lock is held.</summary>
    public bool HasLock { get; init; }

    /// <summary>The userfaultfd message that is waited for.</summary>
    public (int Userfaultfd, int Ticket) Waiting { get; init; }

    /// <inheritdoc/>
    public override string NextAction => HasLock ? "populate the next page" : "populate: mmap_read_lock()";

    /// <inheritdoc/>
    public override Step Step(Machine machine)
    {
        var space = OwnSpace(machine);
        if (!HasLock)
        {
            var isWoken = Waiting.Ticket == 0 || !machine.Uffd(Waiting.Userfaultfd).IsPending(Waiting.Ticket);
            return isWoken && Locks.TryReadLock(ref machine, space, Current.Thread)
                ? Calls.Step.GoOn(machine, this with { HasLock = true, Waiting = default })
                : Calls.Step.Wait(machine, this);
        }

        if (machine.Space(space).FindVma(Start) is not { } vma || vma.Start >= End || Start >= End)
        {
            return Calls.Step.End(machine.Unlock(space, Current.Thread), Result);
        }

        var at = Math.Max(Start, vma.Start);
        if (vma.HasAny(VmFlags.Io | VmFlags.PfnMap) || (vma.Has(VmFlags.LockOnFault) && vma.Has(VmFlags.Locked)))
        {
            return Calls.Step.GoOn(machine, this with { Start = vma.End });
        }

        var outcome = GupWalk.FaultIn(machine, space, at, FlagsOf(vma));
        machine = outcome.Machine;
        if (outcome.MustWait)
        {
            return Calls.Step.GoOn(machine.Unlock(space, Current.Thread), this with { Start = at, HasLock = false, Waiting = (outcome.Userfaultfd, outcome.Ticket) });
        }

        if (outcome.Error != Errno.None)
        {
            // __mlock_posix_error_return()
            return IgnoresErrors
                ? Calls.Step.GoOn(machine, this with { Start = vma.End })
                : Calls.Step.End(machine.Unlock(space, Current.Thread), outcome.Error == Errno.EFAULT ? Errno.ENOMEM : Errno.EAGAIN);
        }

        return Calls.Step.GoOn(machine, this with { Start = vma.IsHugeTlb ? Pages.HugeDown(at) + Pages.HugeSize : at + Pages.Size });
    }

    // populate_vma_page_range()
    private static GupFlags FlagsOf(Vma vma) =>
        ((vma.Flags & (VmFlags.Write | VmFlags.Shared)) == VmFlags.Write ? GupFlags.Write : GupFlags.None)
        | (vma.IsAccessible ? GupFlags.Force : GupFlags.None);
}
