namespace Review.Model.Faults;

/// <summary>How a page fault ended (vm_fault_t).</summary>
public enum FaultCode : byte
{
    /// <summary>Resolved: the access is tried again and succeeds, unless another thread was faster.</summary>
    Done,

    /// <summary>VM_FAULT_SIGSEGV.</summary>
    SigSegv,

    /// <summary>VM_FAULT_SIGBUS.</summary>
    SigBus,

    /// <summary>VM_FAULT_RETRY: locks were dropped; a userfaultfd message was sent and has to be dealt with first.</summary>
    Retry,

    /// <summary>VM_FAULT_RETRY under a VMA's lock: the fault has to be done again under mmap_lock (no anon_vma yet).</summary>
    NeedsMmapLock,

    /// <summary>The page is being migrated: wait.</summary>
    Wait,
}

/// <summary>Circumstances of a fault (FAULT_FLAG_*).</summary>
[Flags]
public enum FaultFlags
{
    None = 0,
    Write = 1,

    /// <summary>FAULT_FLAG_ALLOW_RETRY: locks may be dropped, so a userfaultfd may be asked.</summary>
    AllowRetry = 2,

    /// <summary>FAULT_FLAG_RETRY_NOWAIT: give up instead of waiting.</summary>
    NoWait = 4,

    /// <summary>FAULT_FLAG_VMA_LOCK: only the VMA's lock is held.</summary>
    VmaLock = 8,

    /// <summary>FAULT_FLAG_UNSHARE: a read-only pin needs an exclusive page.</summary>
    Unshare = 16,

    /// <summary>FAULT_FLAG_REMOTE.</summary>
    Remote = 32,
}

/// <summary>The end of a fault: the machine, the code, and the userfaultfd message to wait for.</summary>
public readonly record struct FaultOutcome(Machine Machine, FaultCode Code, int Userfaultfd = 0, int Ticket = 0)
{
    /// <summary>Resolved.</summary>
    public static FaultOutcome Done(Machine machine) => new(machine, FaultCode.Done);

    /// <summary>An error that changed nothing.</summary>
    public static FaultOutcome Failed(Machine machine, FaultCode code) => new(machine, code);
}
