using Review.Model.Faults;
using Review.Model.Memory;

namespace Review.Model.Gup;

/// <summary>What looking for one page gave.</summary>
/// <param name="Machine">The machine.</param>
/// <param name="Error">Why there is none.</param>
/// <param name="Frame">The frame, if one was asked for; 0 for the zero page.</param>
/// <param name="Userfaultfd">The userfaultfd to wait for.</param>
/// <param name="Ticket">Its message; 0 if FOLL_NOWAIT forbids to wait.</param>
/// <param name="IsDeferred">No page now: FOLL_NOWAIT.</param>
public readonly record struct GupOutcome(Machine Machine, Errno Error, int Frame = 0, int Userfaultfd = 0, int Ticket = 0, bool IsDeferred = false)
{
    /// <summary>Whether a userfaultfd message has to be dealt with, and the page looked for again.</summary>
    public bool MustWait => Ticket != 0;
}

/// <summary>get_user_pages() for one page, with mmap_lock held: mm/gup.c.</summary>
public static class GupWalk
{
    /// <summary>More turns than any page needs: write after read after NUMA hint.</summary>
    private const int MostTurns = 6;

    /// <summary>__get_user_pages() without handing out the page: makes it present and, for a write, writable.</summary>
    public static GupOutcome FaultIn(Machine machine, int space, ulong address, GupFlags flags) => Find(machine, space, address, flags | GupFlags.Unlockable);

    /// <summary>
    /// __get_user_pages(): tests the VMA, follows the page table, faults in until the page can be taken, and references or pins it.
    /// </summary>
    public static GupOutcome Find(Machine machine, int space, ulong address, GupFlags flags)
    {
        address = Pages.RoundDown(address);
        if (machine.Space(space).Lookup(address) is not { } vma)
        {
            return new(machine, flags.HasFlag(GupFlags.MadvPopulate) ? Errno.ENOMEM : Errno.EFAULT);
        }

        if (TestVma(vma, flags) is not Errno.None and var refused)
        {
            return new(machine, flags.HasFlag(GupFlags.MadvPopulate) ? Errno.EINVAL : refused);
        }

        for (var turn = 0; turn < MostTurns; turn++)
        {
            vma = machine.Space(space).Lookup(address)!;
            var pte = machine.Space(space).PteAt(address);
            if (CanFollow(machine, vma, pte, flags, out var unshare))
            {
                return Take(machine, vma, pte, flags);
            }

            if (flags.HasFlag(GupFlags.NoFault))
            {
                return new(machine, Errno.EFAULT);
            }

            var outcome = PageFault.Handle(machine, space, vma, address, FaultFlagsOf(flags, unshare));
            machine = outcome.Machine;
            switch (outcome.Code)
            {
                case FaultCode.Done:
                    break;
                case FaultCode.Retry when outcome.Ticket == 0:
                    return new(machine, Errno.None, IsDeferred: true);
                case FaultCode.Retry:
                    return new(machine, Errno.None, 0, outcome.Userfaultfd, outcome.Ticket);
                default:
                    return new(machine, Errno.EFAULT);
            }
        }

        return new(machine, Errno.EFAULT);
    }

    /// <summary>
    /// gup_fast(): takes the page from the page table alone, without a lock; false if only the slow way can tell.
    /// </summary>
    public static bool TryFast(Machine machine, int space, ulong address, GupFlags flags, out GupOutcome outcome)
    {
        var pte = machine.Space(space).PteAt(address);
        outcome = new(machine, Errno.EFAULT);
        if (pte.Kind != PteKind.Page || pte.Frame == 0 || pte.Has(PteFlags.ProtNone) || pte.Has(PteFlags.Special) || (flags.HasFlag(GupFlags.Write) && !pte.Has(PteFlags.Write)))
        {
            return false;
        }

        var frame = machine.FrameAt(pte.Frame);
        if (frame.Has(FrameFlags.Secret) || MustUnshare(frame, pte, flags))
        {
            return false;
        }

        // folio_fast_pin_allowed(): a long-term writable pin of a page of a disk file would lose dirty tracking.
        if (flags.HasFlag(GupFlags.LongTerm | GupFlags.Write) && !frame.Has(FrameFlags.Anon) && frame.File != 0 && machine.File(frame.File).Backing == Backing.DiskFile)
        {
            return false;
        }

        outcome = new(Grab(machine, pte.Frame, flags), Errno.None, pte.Frame);
        return true;
    }

    // check_vma_flags()
    private static Errno TestVma(Vma vma, GupFlags flags)
    {
        if (vma.HasAny(VmFlags.Io | VmFlags.PfnMap) || vma.Backing == Backing.Secret)
        {
            return Errno.EFAULT;
        }

        var isForced = flags.HasFlag(GupFlags.Force);
        if (flags.HasFlag(GupFlags.Write))
        {
            if (flags.HasFlag(GupFlags.LongTerm | GupFlags.Pin) && vma.Backing == Backing.DiskFile && vma.Has(VmFlags.Shared))
            {
                return Errno.EFAULT;
            }

            return vma.Has(VmFlags.Write) || (isForced && !vma.IsHugeTlb && vma.IsCow) ? Errno.None : Errno.EFAULT;
        }

        return vma.Has(VmFlags.Read) || (isForced && vma.Has(VmFlags.MayRead)) ? Errno.None : Errno.EFAULT;
    }

    // follow_page_pte()
    private static bool CanFollow(Machine machine, Vma vma, Pte pte, GupFlags flags, out bool unshare)
    {
        unshare = false;
        if (!pte.IsPresent)
        {
            return false;
        }

        // gup_can_follow_protnone()
        if (pte.Has(PteFlags.ProtNone) && flags.HasFlag(GupFlags.HonorNumaFault) && vma.IsAccessible)
        {
            return false;
        }

        var frame = pte.Frame == 0 ? default : machine.FrameAt(pte.Frame);
        if (flags.HasFlag(GupFlags.Write))
        {
            // can_follow_write_pte()
            return pte.Has(PteFlags.Write)
                || (flags.HasFlag(GupFlags.Force) && frame.Has(FrameFlags.Anon | FrameFlags.Exclusive) && !vma.Has(VmFlags.Write) && !(pte.Has(PteFlags.UffdWp) && vma.Has(VmFlags.UffdWp)));
        }

        unshare = MustUnshare(frame, pte, flags);
        return !unshare;
    }

    // gup_must_unshare()
    private static bool MustUnshare(Frame frame, Pte pte, GupFlags flags) =>
        flags.HasFlag(GupFlags.Pin) && !flags.HasFlag(GupFlags.Write) && !pte.Has(PteFlags.Write) && frame.Has(FrameFlags.Anon) && !frame.Has(FrameFlags.Exclusive);

    private static GupOutcome Take(Machine machine, Vma vma, Pte pte, GupFlags flags)
    {
        if (pte.Kind == PteKind.Page && pte.Frame == 0)
        {
            // A PFN without struct page.
            return new(machine, vma.HasAny(VmFlags.PfnMap) ? Errno.EFAULT : Errno.None);
        }

        return new(pte.Frame == 0 ? machine : Grab(machine, pte.Frame, flags), Errno.None, pte.Frame);
    }

    private static Machine Grab(Machine machine, int frame, GupFlags flags) =>
        (flags & (GupFlags.Get | GupFlags.Pin)) == GupFlags.None ? machine : machine.Grab(frame, flags.HasFlag(GupFlags.Pin));

    private static FaultFlags FaultFlagsOf(GupFlags flags, bool unshare) =>
        (flags.HasFlag(GupFlags.Write) ? FaultFlags.Write : FaultFlags.None)
        | (unshare ? FaultFlags.Unshare : FaultFlags.None)
        | (flags.HasFlag(GupFlags.Remote) ? FaultFlags.Remote : FaultFlags.None)
        | (flags.HasFlag(GupFlags.Unlockable) ? FaultFlags.AllowRetry : FaultFlags.None)
        | (flags.HasFlag(GupFlags.NoWait) ? FaultFlags.AllowRetry | FaultFlags.NoWait : FaultFlags.None);
}
