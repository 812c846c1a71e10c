using Review.Model.Memory;

namespace Review.Model.Calls;

/// <summary>mprotect(2).</summary>
public sealed record MprotectCall(Current Current, ulong Start, ulong Length, Prot Prot) : WriteLockedCall(Current)
{
    /// <inheritdoc/>
    protected override string Name => "mprotect";

    /// <inheritdoc/>
    protected override CallResult? Test(Machine machine)
    {
        if (!Pages.IsAligned(Start))
        {
            return Errno.EINVAL;
        }

        return Length == 0 ? CallResult.Success : unchecked(Start + Pages.RoundUp(Length)) <= Start ? Errno.ENOMEM : null;
    }

    /// <inheritdoc/>
    protected override Step Work(Machine machine, int space)
    {
        var end = Start + Pages.RoundUp(Length);
        var at = Start;
        while (at < end)
        {
            if (machine.Space(space).Lookup(at) is not { } vma)
            {
                return Calls.Step.End(machine, Errno.ENOMEM);
            }

            var flags = MmapCall.FlagsOf(Prot) | (vma.Flags & ~VmFlags.Access);
            if ((flags & ~(VmFlags)((ulong)flags >> 4) & VmFlags.Access) != VmFlags.None)
            {
                return Calls.Step.End(machine, Errno.EACCES);
            }

            var to = Math.Min(end, vma.End);
            var error = Fix(ref machine, space, vma, at, to, flags);
            if (error != Errno.None)
            {
                return Calls.Step.End(machine, error);
            }

            at = to;
        }

        return Calls.Step.End(machine, CallResult.Success);
    }

    // mprotect_fixup()
    private static Errno Fix(ref Machine machine, int space, Vma vma, ulong start, ulong end, VmFlags flags)
    {
        if (vma.Has(VmFlags.Sealed))
        {
            return Errno.EPERM;
        }

        if (flags == vma.Flags)
        {
            return Errno.None;
        }

        if (flags.HasFlag(VmFlags.Write))
        {
            flags |= vma.HasAny(VmFlags.Account | VmFlags.Write | VmFlags.HugeTlb | VmFlags.Shared | VmFlags.NoReserve) ? VmFlags.None : VmFlags.Account;
        }
        else if (vma.Has(VmFlags.Account) && vma.IsAnonymous && vma.AnonVma == 0)
        {
            flags &= ~VmFlags.Account;
        }

        var error = VmaSplit.Modify(ref machine, space, vma, start, end, old => old with { Flags = flags | (old.Flags & VmFlags.IgnoreMerge) }, out var changed);
        if (error != Errno.None)
        {
            return error;
        }

        machine = ChangeProtection(machine, space, changed, start, end);
        var becomesWritable = (vma.Flags & (VmFlags.Write | VmFlags.Shared | VmFlags.Locked | VmFlags.LockOnFault)) == VmFlags.Locked && flags.HasFlag(VmFlags.Write);
        for (var at = start; becomesWritable && at < end; at += Pages.Size)
        {
            // populate_vma_page_range(): locked memory is copied now, not at the first write.
            machine = Gup.GupWalk.Find(machine, space, at, Gup.GupFlags.Write).Machine;
        }

        return Errno.None;
    }

    /// <summary>change_protection(): gives present entries the access rights of their VMA; write access only where no fault is needed first.</summary>
    internal static Machine ChangeProtection(Machine machine, int space, Vma vma, ulong start, ulong end)
    {
        var before = machine;
        return machine.SplitHugeAt(space, start).SplitHugeAt(space, end).ChangeEntries(space, start, end, pte =>
        {
            if (!pte.IsPresent)
            {
                return pte;
            }

            pte = vma.IsAccessible ? pte.Minus(PteFlags.ProtNone) : pte.Plus(PteFlags.ProtNone);
            var isWritable = vma.Has(VmFlags.Write) && pte.Kind == PteKind.Page && pte.Frame != 0 && !pte.Has(PteFlags.UffdWp)
                && (vma.Has(VmFlags.Shared) ? pte.Has(PteFlags.Dirty) : before.FrameAt(pte.Frame).Has(FrameFlags.Anon | FrameFlags.Exclusive));
            return isWritable ? pte.Plus(PteFlags.Write) : pte.Minus(PteFlags.Write);
        });
    }
}
