using Review.Model;
using Review.Model.Advice;
using Review.Model.Gup;
using Review.Model.Memory;
using Review.Witness.Interpretation;

namespace Review.Witness.Bindings;

/// <summary>Bringing pages in (mm/gup.c) and making huge ones (mm/khugepaged.c) for madvise().</summary>
internal static class Faulting
{
    /// <summary>faultin_vma_page_range(): (vma, start, end, write, &amp;locked).</summary>
    public static IEnumerable<Outcome> FaultInVma(KernelCall call)
    {
        var vma = call.State.Phase == 0 ? call.Vma(0) : null;
        if (vma is not null && (call.Number(1) < vma.Start || call.Number(2) > vma.End))
        {
            throw StopException.Violates(ViolationKind.PageLost, $"{call.Caller}() faults in {call.Range(call.Number(1), call.Number(2))}, which is not inside its VMA {call.Range(vma.Start, vma.End)}");
        }

        // The fault handler may drop the lock and ask to be called again, without having done anything; nothing says how often.
        var retried = call.Fork();
        Locking.DropAsReader(retried);
        return Work(call).Append(new Outcome(retried.State with { Deviations = 1 }, Value.Of(0), new Store(call.Number(4), 4, 0))).Concat(Failures(call));
    }

    /// <summary>faultin_page_range(): (mm, start, end, write, &amp;locked).</summary>
    public static IEnumerable<Outcome> FaultInMm(KernelCall call)
    {
        foreach (var outcome in Work(call))
        {
            yield return outcome;
            if (outcome.Result is { Bits: > 0 } && call.State.Deviations == 0)
            {
                // The lock may have been dropped on the way; the pages are there all the same.
                var dropped = call.Fork();
                dropped.State = outcome.State;
                Locking.DropAsReader(dropped);
                yield return new Outcome(dropped.State with { Deviations = 1 }, outcome.Result, new Store(call.Number(4), 4, 0));
            }
        }

        foreach (var failure in Failures(call))
        {
            yield return failure;
        }
    }

    /// <summary>Ways in which bringing pages in fails on a real machine and not in the model; the last stands for an error that no caller foresees.</summary>
    private static IEnumerable<Outcome> Failures(KernelCall call)
    {
        if (call.State.Deviations > 0)
        {
            yield break;
        }

        foreach (var (error, why) in ((Errno, string)[])[(Errno.EINTR, "a fatal signal is pending"), (Errno.EHWPOISON, "meets a page whose memory is broken"), (Errno.ENOMEM, "there is no memory left"), (Errno.EBUSY, "the fault handler says something new")])
        {
            var failed = call.Fork();
            failed.Tell($"fails with -{error}: {why}");
            yield return new Outcome(failed.Failed(error, isUnforeseen: !Owed.OfPopulate.Contains(error)), Value.Of(-(int)error));
        }
    }

    /// <summary>madvise_collapse(): (vma, &amp;prev, start, end), later (vma, start, end, &amp;lock_dropped). Drops mmap_lock and takes it again.</summary>
    public static IEnumerable<Outcome> Collapse(KernelCall call)
    {
        var isOld = call.Function.Signature is { Parameters: [_, var second, ..] } && second.IsPointerToPointerTo(KernelObjects.Vma);
        var (start, end) = isOld ? (call.Number(2), call.Number(3)) : (call.Number(1), call.Number(2));
        if (call.State.Phase == 0)
        {
            var vma = call.Vma(0);
            call.NeedLock();
            var begun = call.Fork();
            var machine = call.Machine;
            var error = Review.Model.Advice.Collapse.Run(ref machine, call.Space, vma, start, end);
            if (Pages.HugeUp(start) >= Pages.HugeDown(end))
            {
                // No huge page fits: nothing is done, and the lock is kept.
                yield return new Outcome(call.State, Value.Of(-(int)error));
                yield break;
            }

            begun.Machine = machine;
            Locking.DropAsReader(begun);
            yield return new Outcome(begun.State with { Phase = 1 + (int)error }, null, isOld ? [new Store(call.Number(1), 8, call.AddressOf(vma).Bits)] : []);
            yield break;
        }

        var taken = call.Machine;
        if (Review.Model.Calls.Locks.TryReadLock(ref taken, call.Space, call.Thread))
        {
            var back = call.Fork();
            back.Machine = taken;
            Locking.Taken(back, "lock taken");
            yield return new Outcome(back.State with { Phase = 0 }, Value.Of(1 - call.State.Phase), isOld ? new Store(call.Number(1), 8, 0) : new Store(call.Number(3), 1, 1));
        }
    }

    // __get_user_pages(): the number of pages brought in, or an error.
    private static IEnumerable<Outcome> Work(KernelCall call)
    {
        call.NeedLock();
        var (start, end, isWrite) = (call.Number(1), call.Number(2), call.Number(3) != 0);
        var flags = GupFlags.MadvPopulate | (isWrite ? GupFlags.Write : GupFlags.None);

        var work = call.Fork();
        var pages = 0;
        for (var address = start; address < end; address += Pages.Size)
        {
            var outcome = GupWalk.FaultIn(work.Machine, call.Space, address, flags);
            work.Machine = outcome.Machine;
            if (outcome.MustWait)
            {
                throw StopException.Needs("a userfaultfd that answers for missing pages");
            }

            if (outcome.Error != Errno.None)
            {
                PageWork.MarkDone(work, start, start + ((ulong)pages * Pages.Size));
                yield return new Outcome(work.State, Value.Of(pages > 0 ? pages : -(int)outcome.Error));
                yield break;
            }

            pages++;
        }

        PageWork.MarkDone(work, start, start + ((ulong)pages * Pages.Size));
        work.Tell($"brings in {pages} pages at {call.Place(start)}");
        yield return new Outcome(work.State, Value.Of(pages));
    }
}
