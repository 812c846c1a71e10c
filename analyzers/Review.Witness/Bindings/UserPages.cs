using Review.Model;
using Review.Model.Memory;
using Review.Witness.Interpretation;

namespace Review.Witness.Bindings;

/// <summary>Page faults and pages of user memory (mm/memory.c, mm/gup.c, mm/hugetlb.c) for code that takes page by page, and may lose mmap_lock on the way.</summary>
internal static class UserPages
{
    /// <summary>How often the fault handler asks to be called again before it does its work.</summary>
    private const int MostRetries = 2;

    // include/linux/mm_types.h: FAULT_FLAG_ALLOW_RETRY, FAULT_FLAG_RETRY_NOWAIT, VM_FAULT_RETRY and VM_FAULT_COMPLETED.
    private const ulong AllowRetry = 4;
    private const ulong RetryNoWait = 8;
    private const int Retry = 0x400;
    private const int Completed = 0x4000;

    // VM_FAULT_COMPLETED came with this version.
    private const int FirstWithCompleted = 600;

    // FOLL_NOWAIT
    private const ulong NoWait = 0x20;

    private static readonly (int Fault, string Why)[] Errors = [(1, "VM_FAULT_OOM"), (2, "VM_FAULT_SIGBUS"), (0x10, "VM_FAULT_HWPOISON"), (0x40, "VM_FAULT_SIGSEGV")];

    /// <summary>handle_mm_fault(): (vma, address, flags, registers). Whether mmap_lock is held afterwards is told by the result.</summary>
    public static IEnumerable<Outcome> HandleFault(KernelCall call)
    {
        _ = call.Vma(0);
        var (page, flags) = (call.Number(1) & ~(Pages.Size - 1), call.Number(2));
        var done = BroughtIn(call, page);
        done.Tell($"brings in {call.Place(page)}");
        yield return new Outcome(done.State, Value.Of(0));
        var tries = call.State.Retries + 1;
        if ((flags & AllowRetry) != 0 && tries <= MostRetries)
        {
            if ((flags & RetryNoWait) != 0)
            {
                yield return new Outcome(call.State with { Retries = tries }, Value.Of(Retry));
            }
            else
            {
                var retried = call.Fork();
                Locking.DropAsReader(retried);
                yield return new Outcome(retried.State with { Retries = tries }, Value.Of(Retry));
                if (call.Machine.Era.Version >= FirstWithCompleted)
                {
                    var completed = BroughtIn(call, page);
                    Locking.DropAsReader(completed);
                    yield return new Outcome(completed.State with { Retries = tries }, Value.Of(Completed));
                }
            }
        }

        foreach (var (fault, why) in call.State.Deviations == 0 ? Errors : [])
        {
            var failed = call.Fork();
            failed.Tell(why);
            yield return new Outcome(failed.State with { Deviations = 1 }, Value.Of(fault));
        }
    }

    /// <summary>
    /// follow_page_mask(): (vma, address, flags, context). A page if one is there that will do; null if it has to be brought in, -EMLINK if it must not be shared any more (since 6.0), and
    /// -EEXIST if an entry has no page.
    /// </summary>
    public static IEnumerable<Outcome> FollowPage(KernelCall call)
    {
        _ = call.Vma(0);
        var number = Pages.Number(call.Number(1));
        if (!call.State.Done.Contains(number))
        {
            yield return new Outcome(call.State, Value.Of(0));
            if (!call.Mm.PteAt(call.Number(1)).IsPresent)
            {
                yield break;
            }
        }

        var page = call.AddressOf(KernelObjects.Page, (int)number);
        yield return new Outcome(call.State, page);
        if (call.State.Deviations > 0)
        {
            yield break;
        }

        const ulong Write = 1;
        const int SharedNoMore = 31;
        int[] errors = (call.Number(2) & Write) == 0 && call.Machine.Era.Version >= FirstWithCompleted ? [(int)Errno.EFAULT, (int)Errno.EEXIST, SharedNoMore] : [(int)Errno.EFAULT, (int)Errno.EEXIST];
        foreach (var error in errors)
        {
            var other = call.Fork();
            other.Tell(error == SharedNoMore ? "-EMLINK" : $"-{(Errno)error}");
            yield return new Outcome(other.State with { Deviations = 1 }, Value.Of(-error));
        }

        if (call.Program.OffsetOf("follow_page_context", "pgmap") is { } offset)
        {
            var device = call.Fork();
            device.Tell("a page of a device");
            yield return new Outcome(device.State with { Deviations = 1 }, page, new Store(call.Number(3) + (ulong)offset, 8, call.AddressOf("dev_pagemap", 0).Bits));
        }
    }

    /// <summary>follow_hugetlb_page(): (mm, vma, pages, vmas, &amp;position, &amp;pages to go, number, flags, locked). The number of pages done.</summary>
    public static IEnumerable<Outcome> FollowHugeTlb(KernelCall call)
    {
        _ = call.Vma(1);
        var (position, left, number) = (call.Number(4), call.Number(5), call.Number(6));
        var (start, pages) = (call.Execution.Memory.Load(position, 8).Bits, call.Execution.Memory.Load(left, 8).Bits);
        yield return new Outcome(call.State, Value.Of((long)number + pages), new Store(position, 8, start + (pages * (long)Pages.Size)), new Store(left, 8, 0));
        if (call.State.Deviations > 0)
        {
            yield break;
        }

        var failed = call.Fork();
        failed.Tell($"-{Errno.EFAULT}");
        yield return new Outcome(failed.State with { Deviations = 1 }, number > 0 ? Value.Of((long)number) : Value.Of(-(int)Errno.EFAULT), new Store(left, 8, 0));
        if (call.Number(8) != 0)
        {
            var isKept = (call.Number(7) & NoWait) != 0;
            var retried = call.Fork();
            if (!isKept)
            {
                Locking.DropAsReader(retried);
            }

            var none = new Store(left, sizeof(long), 0);
            yield return new Outcome(retried.State with { Deviations = 1 }, Value.Of((long)number), isKept ? [none] : [none, new Store(call.Number(8), sizeof(int), 0)]);
        }
    }

    /// <summary>in_gate_area(): (mm, address). A page for old system calls lies where no VMA is.</summary>
    public static IEnumerable<Outcome> InGateArea(KernelCall call)
    {
        yield return new Outcome(call.State, Value.Of(0));
        if (call.State.Deviations == 0 && call.Mm.Lookup(call.Number(1)) is null)
        {
            var gate = call.Fork();
            gate.Tell("the gate area");
            yield return new Outcome(gate.State with { Deviations = 1 }, Value.Of(1));
        }
    }

    /// <summary>get_gate_page(): (mm, address, flags, &amp;vma, &amp;page). Its VMA is one of no address space; the code looks up the next one in any case.</summary>
    public static IEnumerable<Outcome> GatePage(KernelCall call)
    {
        Store[] page = call.Number(4) == 0 ? [] : [new Store(call.Number(4), 8, call.AddressOf(KernelObjects.Page, 0).Bits)];
        yield return new Outcome(call.State, Value.Of(0), page);
        yield return new Outcome(call.State, Value.Of(-(int)Errno.EFAULT));
    }

    /// <summary>check_and_migrate_movable_pages(): (number, pages, ...). 0, up to 5.15 the number of pages; -EAGAIN if they have to be taken anew.</summary>
    public static IEnumerable<Outcome> MigrateMovable(KernelCall call)
    {
        var isCount = call.Arguments.Length > 2;
        yield return new Outcome(call.State, isCount ? Value.Of((long)call.Number(0)) : Value.Of(0));
        if (call.State.Deviations == 0)
        {
            foreach (var error in isCount ? [Errno.ENOMEM] : (Errno[])[Errno.ENOMEM, Errno.EAGAIN])
            {
                var failed = call.Fork();
                failed.Tell($"-{error}");
                yield return new Outcome(failed.State with { Deviations = 1 }, Value.Of(-(int)error));
            }
        }
    }

    private static KernelCall BroughtIn(KernelCall call, ulong page)
    {
        var done = call.Fork();
        PageWork.MarkDone(done, page, page + Pages.Size);
        return done;
    }
}
