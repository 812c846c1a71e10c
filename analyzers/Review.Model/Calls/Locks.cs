using Review.Model.Memory;

namespace Review.Model.Calls;

/// <summary>mmap_lock and per-VMA locks. Taking one fails where the thread would have to wait.</summary>
public static class Locks
{
    /// <summary>mmap_read_trylock().</summary>
    public static bool TryReadLock(ref Machine machine, int space, int thread)
    {
        var mm = machine.Space(space);
        if (!mm.Lock.AllowsReader)
        {
            return false;
        }

        machine = machine.With(space, mm with { Lock = mm.Lock with { Readers = mm.Lock.Readers | 1UL << thread } });
        return true;
    }

    /// <summary>mmap_write_trylock(). With the lock, no VMA may be in use under its own lock: vma_start_write() waits for that at once.</summary>
    public static bool TryWriteLock(ref Machine machine, int space, int thread)
    {
        var mm = machine.Space(space);
        if (!mm.Lock.AllowsWriter || mm.VmaLocks.Count > 0)
        {
            return false;
        }

        machine = machine.With(space, mm with { Lock = new MmapLock(thread, 0) });
        return true;
    }

    /// <summary>mmap_write_downgrade().</summary>
    public static Machine Downgrade(this Machine machine, int space, int thread) =>
        machine.With(space, machine.Space(space) with { Lock = new MmapLock(0, 1UL << thread) });

    /// <summary>mmap_read_unlock() or mmap_write_unlock(), whichever the thread holds.</summary>
    public static Machine Unlock(this Machine machine, int space, int thread)
    {
        var mm = machine.Space(space);
        var free = mm.Lock.Writer == thread ? default : mm.Lock with { Readers = mm.Lock.Readers & ~(1UL << thread) };
        return machine.With(space, mm with { Lock = free });
    }

    /// <summary>lock_vma_under_rcu(): takes the lock of the VMA that contains an address, if there is one and nobody is about to change it.</summary>
    public static Vma? TryLockVma(ref Machine machine, int space, ulong address, int thread)
    {
        var mm = machine.Space(space);
        if (mm.Lookup(address) is not { } vma || mm.Lock.Writer != 0)
        {
            return null;
        }

        machine = machine.With(space, mm with { VmaLocks = mm.VmaLocks.Add(new VmaLock(vma.Id, thread)) });
        return vma;
    }

    /// <summary>vma_end_read().</summary>
    public static Machine UnlockVma(this Machine machine, int space, int vma, int thread)
    {
        var mm = machine.Space(space);
        for (var i = 0; i < mm.VmaLocks.Count; i++)
        {
            if (mm.VmaLocks[i] == new VmaLock(vma, thread))
            {
                return machine.With(space, mm with { VmaLocks = mm.VmaLocks.RemoveAt(i) });
            }
        }

        throw new InvalidOperationException($"thread {thread} does not hold the lock of VMA {vma}");
    }
}
