namespace Review.Model.Memory;

/// <summary>What an access to a purged volatile page gives.</summary>
public enum VolatilePolicy : byte
{
    /// <summary>Zeroes, as after MADV_FREE.</summary>
    ZeroFill,

    /// <summary>SIGBUS: the program restores the page in its signal handler.</summary>
    SigBus,

    /// <summary>A userfault that a monitor thread resolves; without a registered userfaultfd, SIGBUS.</summary>
    Userfault,
}

/// <summary>Memory the kernel may take away: [<paramref name="Start"/>, <paramref name="End"/>) in bytes.</summary>
/// <param name="Start">First byte.</param>
/// <param name="End">First byte behind it.</param>
/// <param name="Policy">What an access to a purged page gives.</param>
public readonly record struct VolatileRange(ulong Start, ulong End, VolatilePolicy Policy);
