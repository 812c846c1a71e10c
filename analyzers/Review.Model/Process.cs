using Review.Model.Collections;

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

    /// <summary>RLIMIT_MEMLOCK in bytes.</summary>
    public ulong LockLimit { get; init; } = ulong.MaxValue;

    /// <summary>Accesses must not fault: pagefault_disable() is in force (BPF programs, probe_kernel_read and the like).</summary>
    public bool PageFaultsDisabled { get; init; }

    /// <summary>The volatile ranges of the process (an extension; never merged into Linux).</summary>
    public Seq<VolatileRange> VolatileRanges { get; init; } = [];
}

/// <summary>What an access to a purged volatile page gives.</summary>
public enum VolatilePolicy : byte
{
    /// <summary>Zeroes, as after MADV_FREE.</summary>
    ZeroFill,

    /// <summary>SIGBUS, as in Android's ashmem and the fvrange() proposals.</summary>
    SigBus,

    /// <summary>A userfault that a monitor thread resolves.</summary>
    Userfault,
}

/// <summary>Memory the kernel may take away: [<paramref name="Start"/>, <paramref name="End"/>) in bytes.</summary>
/// <param name="Start">First byte.</param>
/// <param name="End">First byte behind it.</param>
/// <param name="Policy">What an access to a purged page gives.</param>
/// <param name="IsPurged">Whether pages were taken away since it was marked.</param>
public readonly record struct VolatileRange(ulong Start, ulong End, VolatilePolicy Policy, bool IsPurged);
