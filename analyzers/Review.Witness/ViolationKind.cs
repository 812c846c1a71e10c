namespace Review.Witness;

/// <summary>What kind of rule a run breaks.</summary>
public enum ViolationKind
{
    /// <summary>None.</summary>
    None,

    /// <summary>A VMA or file is used after it was freed.</summary>
    UseAfterFree,

    /// <summary>A VMA is looked at, changed or searched for without the lock that this needs.</summary>
    Unlocked,

    /// <summary>mmap_lock or a VMA's lock is taken twice, dropped without being held, held where it must not be, or left in another state than the caller expects.</summary>
    LockState,

    /// <summary>A page that was mapped all the time was not dealt with, although the call says success.</summary>
    PageSkipped,

    /// <summary>Pages are discarded that nobody asked to discard, or that must stay.</summary>
    PageLost,

    /// <summary>A reference is dropped that was not taken, or never dropped.</summary>
    Reference,

    /// <summary>A TLB gather is used before it is opened, opened twice, or left open.</summary>
    TlbGather,

    /// <summary>A notifier range is used before it is initialised, started twice, or left started.</summary>
    Notifier,

    /// <summary>mmap_lock is dropped while a TLB gather or a notifier range is open, or a page table lock under which lazy MMU mode was turned on.</summary>
    LockDroppedInBatch,

    /// <summary>A page table lock is taken twice, dropped without being held or never dropped; or lazy MMU mode is turned on twice, off when it is not on, or never off.</summary>
    PageTableLock,

    /// <summary>What may sleep is called with a page table lock held.</summary>
    SleepInAtomic,

    /// <summary>The result is not the one that the model gives in the same situation.</summary>
    WrongResult,

    /// <summary>A function of the kernel is called in another way than it demands.</summary>
    Contract,

    /// <summary>Something is done to another process without the permission for it.</summary>
    RemoteAccess,

    /// <summary>A null pointer is followed.</summary>
    NullPointer,

    /// <summary>Memory is used outside its object or after its end, or before it was set.</summary>
    Memory,

    /// <summary>A WARN() or BUG() of the kernel's own fires.</summary>
    Warning,

    /// <summary>A loop goes round without getting on: it waits, asks again, and nothing limits the tries.</summary>
    NoProgress,

    /// <summary>A loop never ends, and waits for nothing.</summary>
    EndlessLoop,
}
