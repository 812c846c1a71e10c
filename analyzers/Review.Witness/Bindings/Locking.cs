using Review.Model;
using Review.Model.Calls;
using Review.Model.Memory;
using Review.Witness.Interpretation;

namespace Review.Witness.Bindings;

/// <summary>mmap_lock (include/linux/mmap_lock.h) and the locks of single VMAs.</summary>
internal static class Locking
{
    public static IEnumerable<Outcome> ReadLock(KernelCall call) => Take(call, isWrite: false, isKillable: false);

    public static IEnumerable<Outcome> ReadLockKillable(KernelCall call) => Take(call, isWrite: false, isKillable: true);

    public static IEnumerable<Outcome> WriteLock(KernelCall call) => Take(call, isWrite: true, isKillable: false);

    public static IEnumerable<Outcome> WriteLockKillable(KernelCall call) => Take(call, isWrite: true, isKillable: true);

    public static IEnumerable<Outcome> ReadUnlock(KernelCall call) => InTwo(call, DropRead);

    public static IEnumerable<Outcome> WriteUnlock(KernelCall call) => InTwo(call, DropWrite);

    public static IEnumerable<Outcome> EndRead(KernelCall call) => InTwo(call, DropVma);

    private static void DropRead(KernelCall call)
    {
        if (!call.HoldsRead)
        {
            throw StopException.Violates(ViolationKind.LockState, $"{call.Caller}() drops mmap_lock for reading, which {(call.HoldsWrite ? "it holds for writing" : "is not held")}");
        }

        Drop(call);
    }

    private static void DropWrite(KernelCall call)
    {
        if (!call.HoldsWrite)
        {
            throw StopException.Violates(ViolationKind.LockState, $"{call.Caller}() drops mmap_lock for writing, which {(call.HoldsRead ? "it holds for reading" : "is not held")}");
        }

        Drop(call);
    }

    public static Value Downgrade(KernelCall call)
    {
        call.NeedWriteLock();
        call.Machine = call.Machine.Downgrade(call.Space, call.Thread);
        return default;
    }

    public static Value AssertLocked(KernelCall call)
    {
        if (call.Function.Name == "mmap_assert_write_locked" ? !call.HoldsWrite : !call.HoldsLock)
        {
            throw StopException.Violates(ViolationKind.Unlocked, $"{call.Function}() in {call.Caller}() finds mmap_lock not held");
        }

        return default;
    }

    public static Value IsLocked(KernelCall call) => Value.Of(call.HoldsLock);

    public static IEnumerable<Outcome> LockVma(KernelCall call)
    {
        var machine = call.Machine;
        if (call.HoldsLock)
        {
            throw StopException.Violates(ViolationKind.LockState, $"{call.Caller}() takes a VMA's lock while it holds mmap_lock");
        }

        if (Locks.TryLockVma(ref machine, call.Space, call.Number(1), call.Thread) is { } vma)
        {
            var taken = call.Fork();
            taken.Machine = machine;
            taken.Tell($"lock of the VMA {call.Range(vma.Start, vma.End)} taken");
            yield return new Outcome(taken.State, call.AddressOf(vma));
        }

        // A writer is near, or there is no VMA: the caller falls back to mmap_lock.
        if (call.Mm.Lookup(call.Number(1)) is null)
        {
            yield return new Outcome(call.State, Value.Of(0));
        }
        else if (call.State.Deviations == 0)
        {
            yield return new Outcome(call.State with { Deviations = 1 }, Value.Of(0));
        }
    }

    private static void DropVma(KernelCall call)
    {
        var vma = call.Object(0, KernelObjects.Vma);
        if (!call.Mm.VmaLocks.Contains(new VmaLock(vma.Id, call.Thread)))
        {
            throw StopException.Violates(ViolationKind.LockState, $"{call.Caller}() drops the lock of a VMA, which it does not hold");
        }

        call.Machine = call.Machine.UnlockVma(call.Space, vma.Id, call.Thread);
        call.Tell("lock of the VMA dropped");
    }

    public static Value AssertVma(KernelCall call)
    {
        _ = call.Vma(0);
        return default;
    }

    public static Value StartWrite(KernelCall call)
    {
        _ = call.Vma(0);
        call.NeedWriteLock();
        return default;
    }

    /// <summary>Drops mmap_lock, whichever way it is held.</summary>
    public static void Drop(KernelCall call)
    {
        // Of a search that is about the callbacks of walks, it is their business alone.
        if (call.Seeks(ViolationKind.LockDroppedInBatch) && (call.Mission.Entries is null || call.Execution.IsCalledBack))
        {
            NeedNoBatch(call);
        }

        call.State = call.State with { Dropped = call.Mm.Vmas };
        call.Machine = call.Machine.Unlock(call.Space, call.Thread);
        call.Tell("lock dropped");
    }

    /// <summary>
    /// Requires that no function is in the middle of a batch of its own. One that a function has opened for its callers, such as the gather of a whole madvise() since 6.15, may well outlast the lock:
    /// whether they mind is not known, and a rule that says no more than that it does is right.
    /// </summary>
    private static void NeedNoBatch(KernelCall call)
    {
        foreach (var (address, opener) in call.State.Openers)
        {
            var isGather = call.State.Gathers.GetValueOrDefault(address, BatchState.Closed) == BatchState.Open;
            if (!isGather && call.State.Notifiers.GetValueOrDefault(address, BatchState.Closed) != BatchState.Open)
            {
                continue;
            }

            var what = isGather ? "a TLB gather" : "a notifier range";
            if (call.Mission.IsOfStatement || call.Execution.Functions.Contains(opener, StringComparer.Ordinal))
            {
                throw StopException.Violates(ViolationKind.LockDroppedInBatch, $"{call.Function}() drops mmap_lock while {what} is open");
            }

            call.State = call.State with { Doubt = $"{call.Function}() drops mmap_lock while {what} is open that {opener}() has opened for its callers, who may not mind" };
        }
    }

    /// <summary>As <see cref="Drop"/>, where the kernel drops it as a reader, whatever the caller thinks.</summary>
    public static void DropAsReader(KernelCall call)
    {
        if (!call.HoldsRead)
        {
            throw StopException.Violates(ViolationKind.LockState, $"{call.Caller}() calls {call.Function}(), which drops mmap_lock for reading, and {(call.HoldsWrite ? "holds it for writing" : "does not hold it")}");
        }

        Drop(call);
    }

    /// <summary>Tells that mmap_lock was taken: are the mappings still those that they were when it was dropped?</summary>
    public static void Taken(KernelCall call, string how)
    {
        if (call.State is { Dropped: { } before, Relock: not Relock.Disturbed })
        {
            call.State = call.State with { Relock = before.Equals(call.Mm.Vmas) ? Relock.Undisturbed : Relock.Disturbed };
        }

        call.Tell(how);
    }

    /// <summary>Drops a lock, and lets others in before the code goes on: what it does next without the lock may be too late.</summary>
    private static IEnumerable<Outcome> InTwo(KernelCall call, Action<KernelCall> drop)
    {
        if (call.State.Phase > 0)
        {
            return [new Outcome(call.State with { Phase = 0 }, Value.Of(0))];
        }

        var dropped = call.Fork();
        drop(dropped);
        return [new Outcome(dropped.State with { Phase = 1 }, null)];
    }

    private static IEnumerable<Outcome> Take(KernelCall call, bool isWrite, bool isKillable)
    {
        if (call.HoldsLock)
        {
            throw StopException.Violates(ViolationKind.LockState, $"{call.Caller}() takes mmap_lock, which it holds already");
        }

        if (call.Mm.VmaLocks.Any(held => held.Thread == call.Thread))
        {
            throw StopException.Violates(ViolationKind.LockState, $"{call.Caller}() takes mmap_lock while it holds a VMA's lock");
        }

        var machine = call.Machine;
        if (isWrite ? Locks.TryWriteLock(ref machine, call.Space, call.Thread) : Locks.TryReadLock(ref machine, call.Space, call.Thread))
        {
            var taken = call.Fork();
            taken.Machine = machine;
            Taken(taken, isWrite ? "lock taken for writing" : "lock taken");
            yield return new Outcome(taken.State, Value.Of(0));
        }

        if (isKillable && call.State.Deviations == 0)
        {
            var killed = call.Fork();
            killed.Tell("interrupted by a fatal signal");
            yield return new Outcome(killed.Failed(Errno.EINTR), Value.Of(-(int)Errno.EINTR));
        }
    }
}
