using Review.Witness.Interpretation;

namespace Review.Witness.Bindings;

/// <summary>
/// The locks of page tables (include/linux/mm.h, mm/pgtable-generic.c), and lazy MMU mode (include/linux/pgtable.h), in which changes of entries may be put off: it is
/// one of the processor's, and whoever drops the lock under which it was entered, or sleeps, leaves them to somebody else.
/// </summary>
internal static class TableLocks
{
    private const string Lock = "spinlock";
    private const int OfTable = 1;
    private const int OfMiddle = 2;

    /// <summary>pte_lockptr(), pmd_lockptr(): (mm, pmd). The lock's address.</summary>
    public static Value Address(KernelCall call) => call.AddressOf(Lock, call.Function.Name == "pmd_lockptr" ? OfMiddle : OfTable);

    /// <summary>spin_lock(): (lock).</summary>
    public static Value SpinLock(KernelCall call)
    {
        Take(call, call.Number(0));
        return default;
    }

    /// <summary>spin_unlock(): (lock).</summary>
    public static Value SpinUnlock(KernelCall call)
    {
        var target = call.Number(0);
        if (!call.State.SpinLocks.Contains(target))
        {
            throw StopException.Violates(ViolationKind.PageTableLock, $"{call.Caller}() drops a page table lock that it does not hold");
        }

        if (call.Seeks(ViolationKind.LockDroppedInBatch) && call.State.LazyMmuUnder is { } under && (under == target || under == 0))
        {
            throw StopException.Violates(ViolationKind.LockDroppedInBatch, $"{call.Function}() drops the page table lock while lazy MMU mode is on");
        }

        call.State = call.State with { SpinLocks = call.State.SpinLocks.Remove(target) };
        call.Tell("page table lock dropped");
        return default;
    }

    /// <summary>pte_offset_map_lock(), __pte_offset_map_lock(): (mm, pmd, address, &amp;lock). The entry's address; null if the table is gone.</summary>
    public static IEnumerable<Outcome> MapEntry(KernelCall call)
    {
        var taken = call.Fork();
        var target = taken.AddressOf(Lock, OfTable);
        Take(taken, (ulong)target.Bits);
        var entry = PageTableImage.EntryAt(call.Execution.Memory, call.Number(1), call.Number(2));
        if (entry != 0)
        {
            yield return new Outcome(taken.State, Value.Of((long)entry), new Store(call.Number(3), sizeof(ulong), target.Bits));
        }

        if (entry == 0 || PageFacts.MayBeUnusual(call))
        {
            var gone = call.Fork();
            gone.Tell("the table is gone");
            yield return new Outcome(entry == 0 ? gone.State : PageFacts.Unusual(gone), Value.Of(0));
        }
    }

    /// <summary>pmd_trans_huge_lock(), __pmd_trans_huge_lock(): (pmd, vma). The lock's address, taken; null if it is no huge page any more.</summary>
    public static IEnumerable<Outcome> LockHuge(KernelCall call)
    {
        _ = call.Vma(1);
        var taken = call.Fork();
        var target = taken.AddressOf(Lock, OfMiddle);
        Take(taken, (ulong)target.Bits);
        yield return new Outcome(taken.State, target);
        if (PageFacts.MayBeUnusual(call))
        {
            var gone = call.Fork();
            gone.Tell("it is no huge page any more");
            yield return new Outcome(PageFacts.Unusual(gone), Value.Of(0));
            taken.Tell("the huge page is being migrated");
            yield return new Outcome(PageFacts.Unusual(taken), target, new Store(call.Number(0), sizeof(ulong), PageTableImage.NotPresent));
        }
    }

    /// <summary>arch_enter_lazy_mmu_mode(), lazy_mmu_mode_enable().</summary>
    public static Value EnterLazyMode(KernelCall call)
    {
        if (call.State.LazyMmuUnder is not null)
        {
            throw StopException.Violates(ViolationKind.PageTableLock, $"{call.Caller}() turns on lazy MMU mode, which is on");
        }

        call.State = call.State with { LazyMmuUnder = call.State.SpinLocks.IsEmpty ? 0 : call.State.SpinLocks[^1] };
        call.Tell("lazy MMU mode on");
        return default;
    }

    /// <summary>arch_leave_lazy_mmu_mode(), lazy_mmu_mode_disable().</summary>
    public static Value LeaveLazyMode(KernelCall call)
    {
        if (call.State.LazyMmuUnder is null)
        {
            throw StopException.Violates(ViolationKind.PageTableLock, $"{call.Caller}() turns off lazy MMU mode, which is not on");
        }

        call.State = call.State with { LazyMmuUnder = null };
        call.Tell("lazy MMU mode off");
        return default;
    }

    /// <summary>What may sleep: not under a page table lock.</summary>
    public static Value Sleep(KernelCall call)
    {
        if (!call.State.SpinLocks.IsEmpty)
        {
            throw StopException.Violates(ViolationKind.SleepInAtomic, $"{call.Caller}() calls {call.Function}(), which may sleep, with a page table lock held");
        }

        return default;
    }

    /// <summary>Requires that a callback of a walk has given everything back.</summary>
    public static void NeedNone(KernelCall call, string callback)
    {
        if (!call.State.SpinLocks.IsEmpty)
        {
            throw StopException.Violates(ViolationKind.PageTableLock, $"{callback}() returns with a page table lock held");
        }

        if (call.State.LazyMmuUnder is not null)
        {
            throw StopException.Violates(ViolationKind.PageTableLock, $"{callback}() returns with lazy MMU mode on");
        }
    }

    private static void Take(KernelCall call, ulong target)
    {
        if (call.State.SpinLocks.Contains(target))
        {
            throw StopException.Violates(ViolationKind.PageTableLock, $"{call.Caller}() takes a page table lock that it holds");
        }

        call.State = call.State with { SpinLocks = call.State.SpinLocks.Add(target) };
        call.Tell("page table lock taken");
    }
}
