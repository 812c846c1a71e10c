namespace Review.Model;

/// <summary>Whether a process lives.</summary>
public enum ProcessState : byte
{
    Running,

    /// <summary>Ended and not waited for.</summary>
    Zombie,

    /// <summary>Ended and waited for.</summary>
    Reaped,
}

/// <summary>A process: its address space and what it may do.</summary>
/// <param name="Space">Number of its address space.</param>
public sealed record Process(int Space)
{
    /// <summary>Whether it runs.</summary>
    public ProcessState State { get; init; }

    /// <summary>Whether it is the superuser with all capabilities (CAP_SYS_NICE, CAP_IPC_LOCK, CAP_SYS_PTRACE).</summary>
    public bool IsPrivileged { get; init; } = true;

    /// <summary>Whether others of the same user may look into it; no longer once it has changed its user (PR_SET_DUMPABLE).</summary>
    public bool IsDumpable { get; init; } = true;

    /// <summary>RLIMIT_MEMLOCK in bytes.</summary>
    public ulong LockLimit { get; init; } = ulong.MaxValue;

    /// <summary>Accesses must not fault: pagefault_disable() is in force (BPF programs, probe_kernel_read and the like).</summary>
    public bool PageFaultsDisabled { get; init; }
}
