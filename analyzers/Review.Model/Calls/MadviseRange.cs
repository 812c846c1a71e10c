using Review.Model.Advice;
using Review.Model.Eras;
using Review.Model.Memory;
using Review.Model.Userfault;

namespace Review.Model.Calls;

/// <summary>Where a <see cref="MadviseRange"/> stands.</summary>
public enum MadvisePhase : byte
{
    /// <summary>The lock of the advice is to be taken.</summary>
    Lock,

    /// <summary>The next VMA is to be found and worked on.</summary>
    Walk,

    /// <summary>The one VMA, under its own lock.</summary>
    OneVma,

    /// <summary>mmap_lock was dropped to tell a userfaultfd; its event has to be read.</summary>
    Event,

    /// <summary>The event was read; mmap_lock is to be taken again.</summary>
    Relock,

    /// <summary>The VMA has to be looked up again.</summary>
    Revalidate,

    /// <summary>mmap_lock was dropped; the file system works.</summary>
    File,

    /// <summary>The file system has finished; mmap_lock is to be taken again.</summary>
    FileRelock,

    /// <summary>The lock is held again; the walk goes on.</summary>
    FileDone,

    /// <summary>A zap goes on, in steps.</summary>
    Zap,

    /// <summary>Pages are populated one by one.</summary>
    Populate,

    /// <summary>A page had to be asked for; its message has to be dealt with.</summary>
    PopulateWait,

    /// <summary>The range is done; the lock is as the advice left it.</summary>
    Done,
}

/// <summary>
/// madvise_do_behavior() on one range: madvise_walk_vmas() or madvise_populate(). Part of madvise() and of process_madvise(); the
/// caller takes mmap_lock first, except for advice under a VMA's lock, and drops it last.
/// </summary>
/// <param name="Space">The address space worked on.</param>
/// <param name="Thread">The calling thread.</param>
/// <param name="Advice">The advice.</param>
/// <param name="Start">range->start: where the walk is, in bytes.</param>
/// <param name="LastEnd">The end of the whole range.</param>
public sealed record MadviseRange(int Space, int Thread, AdviceInfo Advice, ulong Start, ulong LastEnd)
{
    /// <summary>What comes next.</summary>
    public MadvisePhase Phase { get; init; }

    /// <summary>range->end: end of the part in the VMA being worked on.</summary>
    public ulong End { get; init; }

    /// <summary>The end that the walker knows. Where a callee's clamping is lost, it differs from <see cref="End"/>.</summary>
    public ulong WalkerEnd { get; init; }

    /// <summary>Identity of the VMA being worked on.</summary>
    public int Vma { get; init; }

    /// <summary>The part of a file being worked on: taken, like the reference to the file, before mmap_lock is dropped.</summary>
    public FilePart FilePart { get; init; }

    /// <summary>mmap_lock was dropped meanwhile, so the VMA was looked up again (madvise_walk_vmas() gets no prev).</summary>
    public bool WasRevalidated { get; init; }

    /// <summary>The zap under way, if it is done in steps.</summary>
    public StepwiseZap? Zap { get; init; }

    /// <summary>A gap was met (unmapped_error).</summary>
    public bool MetGap { get; init; }

    /// <summary>The caller works on its own address space.</summary>
    public bool IsOwn { get; init; } = true;

    /// <summary>Whether mmap_lock is held for reading or writing.</summary>
    public bool HasMmapLock { get; init; }

    /// <summary>The userfaultfd and the message that are waited for.</summary>
    public (int Userfaultfd, int Ticket) Waiting { get; init; }

    /// <summary>The error, once <see cref="Phase"/> is <see cref="MadvisePhase.Done"/>.</summary>
    public Errno Error { get; init; }

    /// <summary>Does the next step. False, and nothing changed, if it has to wait.</summary>
    public bool TryStep(ref Machine machine, out MadviseRange next)
    {
        switch (Phase)
        {
            case MadvisePhase.Lock:
                return TryLock(ref machine, out next);
            case MadvisePhase.OneVma:
                next = UnderVmaLock(ref machine);
                return true;
            case MadvisePhase.Walk:
                next = VisitNext(ref machine);
                return true;
            case MadvisePhase.Event:
                next = this with { Phase = Advice.Action == AdviceAction.Remove ? MadvisePhase.File : MadvisePhase.Relock };
                return !machine.Uffd(Waiting.Userfaultfd).IsPending(Waiting.Ticket);
            case MadvisePhase.Relock:
                next = this with { Phase = MadvisePhase.Revalidate, HasMmapLock = true };
                return Locks.TryReadLock(ref machine, Space, Thread);
            case MadvisePhase.Revalidate:
                next = Revalidate(ref machine);
                return true;
            case MadvisePhase.File:
                next = FileWork(ref machine);
                return true;
            case MadvisePhase.FileRelock:
                next = this with { Phase = MadvisePhase.FileDone, HasMmapLock = true };
                return Locks.TryReadLock(ref machine, Space, Thread);
            case MadvisePhase.FileDone:
                next = Advance(machine, null);
                return true;
            case MadvisePhase.Zap:
                next = ZapNext(ref machine);
                return true;
            case MadvisePhase.Populate:
                next = PopulateNext(ref machine);
                return true;
            case MadvisePhase.PopulateWait:
                next = this;
                if (machine.Uffd(Waiting.Userfaultfd).IsPending(Waiting.Ticket) || !Locks.TryReadLock(ref machine, Space, Thread))
                {
                    return false;
                }

                next = this with { Phase = MadvisePhase.Populate, HasMmapLock = true };
                return true;
            default:
                next = this;
                return false;
        }
    }

    private MadviseRange Finish(Errno error) => this with { Phase = MadvisePhase.Done, Error = error };

    // madvise_lock(), and try_vma_read_lock()
    private bool TryLock(ref Machine machine, out MadviseRange next)
    {
        next = this;
        if (Advice.Lock == AdviceLock.None)
        {
            // madvise_inject_error() looks pages up without any lock of its own.
            next = Finish(Errno.EINVAL);
            return true;
        }

        if (Advice.Lock == AdviceLock.VmaRead && machine.Era.ZapUnderVmaLock && IsOwn && machine.Space(Space).Lookup(Start) is { IsUffdArmed: false } vma && LastEnd <= vma.End)
        {
            if (Locks.TryLockVma(ref machine, Space, Start, Thread) is null)
            {
                return false;
            }

            next = this with { Phase = MadvisePhase.OneVma, Vma = vma.Id, End = LastEnd };
            return true;
        }

        var taken = HasMmapLock || (Advice.Lock == AdviceLock.MmapWrite ? Locks.TryWriteLock(ref machine, Space, Thread) : Locks.TryReadLock(ref machine, Space, Thread));
        next = taken ? this with { HasMmapLock = true, Phase = Advice.Has(AdviceTraits.Populates) ? MadvisePhase.Populate : MadvisePhase.Walk } : this;
        return taken;
    }

    private MadviseRange UnderVmaLock(ref Machine machine)
    {
        var vma = machine.Space(Space).ById(Vma)!;
        var error = VmaAdvice.Test(Advice, vma);
        if (error == Errno.None && ZapsInSteps(machine, vma))
        {
            return BeginZap(vma, End);
        }

        if (error == Errno.None)
        {
            error = VmaAdvice.Apply(ref machine, Space, Advice, vma, Start, End);
        }

        machine = machine.UnlockVma(Space, Vma, Thread);
        return Finish(error);
    }

    // One turn of the loop in madvise_walk_vmas()
    private MadviseRange VisitNext(ref Machine machine)
    {
        var mm = machine.Space(Space);
        if (mm.FindVma(Start) is not { } vma)
        {
            return Finish(Errno.ENOMEM);
        }

        var start = Start;
        var metGap = MetGap;
        if (start < vma.Start)
        {
            metGap = true;
            start = vma.Start;
            if (start >= LastEnd)
            {
                return Finish(Errno.ENOMEM);
            }
        }

        var end = Math.Min(vma.End, LastEnd);
        return (this with { Start = start, MetGap = metGap, End = end, WalkerEnd = end, Vma = vma.Id }).Visit(ref machine, vma);
    }

    // madvise_vma_behavior()
    private MadviseRange Visit(ref Machine machine, Vma vma)
    {
        var error = VmaAdvice.Test(Advice, vma);
        if (error != Errno.None)
        {
            return Finish(error);
        }

        var part = VmaAdvice.WorksOnFile(Advice, vma) ? VmaAdvice.PartOf(vma, Start, End) : default;
        if (Advice.Has(AdviceTraits.SendsRemove) && vma.IsUffdArmed && machine.Uffd(vma.Userfaultfd).Wants(UffdFeatures.EventRemove) && !VmaAdvice.IsEmpty(vma, Start, End)
            && !machine.Protocol.Has(Defects.NoRemoveEvent))
        {
            // userfaultfd_remove()
            machine = machine.Send(vma.Userfaultfd, UffdEvent.Remove, Start, VmaAdvice.ZapEnd(vma, Advice, End), 0, out var ticket).Unlock(Space, Thread);
            return this with { Phase = MadvisePhase.Event, HasMmapLock = false, Waiting = (vma.Userfaultfd, ticket), FilePart = part };
        }

        if (part.File != 0)
        {
            machine = machine.Unlock(Space, Thread);
            return this with { Phase = MadvisePhase.File, HasMmapLock = false, FilePart = part };
        }

        if (ZapsInSteps(machine, vma))
        {
            return BeginZap(vma, End);
        }

        error = VmaAdvice.Apply(ref machine, Space, Advice, vma, Start, End);
        return error != Errno.None ? Finish(error) : Advance(machine, machine.Space(Space).Lookup(Start));
    }

    // The second half of madvise_dontneed_free(), behind userfaultfd_remove()
    private MadviseRange Revalidate(ref Machine machine)
    {
        if (machine.Space(Space).Lookup(Start) is not { } vma)
        {
            return Finish(Errno.ENOMEM);
        }

        var error = VmaAdvice.TestZap(Advice, vma);
        if (error != Errno.None)
        {
            return Finish(error);
        }

        var end = Math.Min(End, vma.End);
        var clamped = this with { End = end, WalkerEnd = machine.Era.WalkerLosesClampedEnd ? WalkerEnd : end, WasRevalidated = true };
        if (ZapsInSteps(machine, vma))
        {
            return clamped.BeginZap(vma, end);
        }

        error = VmaAdvice.Apply(ref machine, Space, Advice, vma, Start, end);
        return error != Errno.None ? Finish(error) : clamped.Advance(machine, null);
    }

    private bool ZapsInSteps(Machine machine, Vma vma) =>
        machine.Protocol.IsStepwise && (Advice.Action is AdviceAction.DontNeed or AdviceAction.DontNeedLocked) && !vma.IsHugeTlb;

    private MadviseRange BeginZap(Vma vma, ulong end) => this with { Phase = MadvisePhase.Zap, Zap = new StepwiseZap(Space, Thread, vma, Start, end, ZapScope.Pages) };

    private MadviseRange ZapNext(ref Machine machine)
    {
        if (Zap!.Step(ref machine) is { } rest)
        {
            return this with { Zap = rest };
        }

        var done = this with { Zap = null };
        if (HasMmapLock)
        {
            return done.Advance(machine, WasRevalidated ? null : machine.Space(Space).Lookup(Start));
        }

        machine = machine.UnlockVma(Space, Vma, Thread);
        return done.Finish(Errno.None);
    }

    // The part of madvise_remove() and madvise_willneed() without mmap_lock
    private MadviseRange FileWork(ref Machine machine)
    {
        machine = VmaAdvice.ApplyToFile(machine, Advice, FilePart);
        return this with { Phase = MadvisePhase.FileRelock };
    }

    // The end of the loop in madvise_walk_vmas(); vma is null when mmap_lock was dropped meanwhile.
    private MadviseRange Advance(Machine machine, Vma? vma)
    {
        var end = WalkerEnd;
        if (vma is not null && end < vma.End)
        {
            end = vma.End;
        }

        var next = this with { Start = end, Phase = MadvisePhase.Walk, WasRevalidated = false };
        return end >= LastEnd ? next.Finish(MetGap ? Errno.ENOMEM : Errno.None) : next;
    }

    // One page of madvise_populate()
    private MadviseRange PopulateNext(ref Machine machine)
    {
        var outcome = Gup.GupWalk.FaultIn(machine, Space, Start, Gup.GupFlags.MadvPopulate | (Advice.Action == AdviceAction.PopulateWrite ? Gup.GupFlags.Write : Gup.GupFlags.None));
        machine = outcome.Machine;
        if (outcome.MustWait)
        {
            machine = machine.Unlock(Space, Thread);
            return this with { Phase = MadvisePhase.PopulateWait, HasMmapLock = false, Waiting = (outcome.Userfaultfd, outcome.Ticket) };
        }

        if (outcome.Error == Errno.ENOMEM && !machine.Era.PopulateStopsAtHole && machine.Space(Space).Lookup(Start) is null)
        {
            return machine.Space(Space).FindVma(Start) is { } behind && behind.Start < LastEnd ? this with { Start = behind.Start, MetGap = true } : Finish(Errno.ENOMEM);
        }

        if (outcome.Error != Errno.None)
        {
            return Finish(outcome.Error);
        }

        var step = machine.Space(Space).Lookup(Start) is { IsHugeTlb: true } ? Pages.HugeDown(Start) + Pages.HugeSize - Start : Pages.Size;
        return Start + step >= LastEnd ? Finish(MetGap ? Errno.ENOMEM : Errno.None) : this with { Start = Start + step };
    }
}
