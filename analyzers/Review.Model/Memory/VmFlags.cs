namespace Review.Model.Memory;

/// <summary>vm_flags of a VMA, with the kernel's bit positions (include/linux/mm.h); so their order is that of "VmFlags:" in smaps.</summary>
[Flags]
public enum VmFlags : ulong
{
    None = 0,
    Read = 1UL << 0,
    Write = 1UL << 1,
    Exec = 1UL << 2,
    Shared = 1UL << 3,
    MayRead = 1UL << 4,
    MayWrite = 1UL << 5,
    MayExec = 1UL << 6,
    MayShare = 1UL << 7,
    GrowsDown = 1UL << 8,
    UffdMissing = 1UL << 9,
    PfnMap = 1UL << 10,
    MaybeGuard = 1UL << 11,
    UffdWp = 1UL << 12,
    Locked = 1UL << 13,
    Io = 1UL << 14,
    SeqRead = 1UL << 15,
    RandRead = 1UL << 16,
    DontCopy = 1UL << 17,
    DontExpand = 1UL << 18,
    LockOnFault = 1UL << 19,
    Account = 1UL << 20,
    NoReserve = 1UL << 21,
    HugeTlb = 1UL << 22,
    WipeOnFork = 1UL << 25,
    DontDump = 1UL << 26,
    MixedMap = 1UL << 28,
    HugePage = 1UL << 29,
    NoHugePage = 1UL << 30,
    Mergeable = 1UL << 31,
    Droppable = 1UL << 40,
    UffdMinor = 1UL << 41,
    Sealed = 1UL << 42,

    /// <summary>VM_ACCESS_FLAGS.</summary>
    Access = Read | Write | Exec,

    /// <summary>VM_SPECIAL: never merged with a neighbour.</summary>
    Special = Io | DontExpand | PfnMap | MixedMap,

    /// <summary>__VM_UFFD_FLAGS.</summary>
    Uffd = UffdMissing | UffdWp | UffdMinor,

    /// <summary>VM_LOCKED_MASK.</summary>
    LockedMask = Locked | LockOnFault,

    /// <summary>VM_STICKY, VM_IGNORE_MERGE: not compared for merging, and spread to the merged VMA.</summary>
    IgnoreMerge = MaybeGuard,
}

/// <summary>How smaps writes vm_flags.</summary>
public static class VmFlagNames
{
    private static readonly (VmFlags Flag, string Name)[] Names =
    [
        (VmFlags.Read, "rd"), (VmFlags.Write, "wr"), (VmFlags.Exec, "ex"), (VmFlags.Shared, "sh"),
        (VmFlags.MayRead, "mr"), (VmFlags.MayWrite, "mw"), (VmFlags.MayExec, "me"), (VmFlags.MayShare, "ms"),
        (VmFlags.GrowsDown, "gd"), (VmFlags.UffdMissing, "um"), (VmFlags.PfnMap, "pf"), (VmFlags.MaybeGuard, "gu"),
        (VmFlags.UffdWp, "uw"), (VmFlags.Locked, "lo"), (VmFlags.Io, "io"), (VmFlags.SeqRead, "sr"), (VmFlags.RandRead, "rr"),
        (VmFlags.DontCopy, "dc"), (VmFlags.DontExpand, "de"), (VmFlags.LockOnFault, "lf"), (VmFlags.Account, "ac"),
        (VmFlags.NoReserve, "nr"), (VmFlags.HugeTlb, "ht"), (VmFlags.WipeOnFork, "wf"), (VmFlags.DontDump, "dd"),
        (VmFlags.MixedMap, "mm"), (VmFlags.HugePage, "hg"), (VmFlags.NoHugePage, "nh"), (VmFlags.Mergeable, "mg"),
        (VmFlags.Droppable, "dp"), (VmFlags.UffdMinor, "ui"), (VmFlags.Sealed, "sl"),
    ];

    /// <summary>The two-letter names, in the order of smaps.</summary>
    public static IEnumerable<string> Of(VmFlags flags) => Names.Where(name => (flags & name.Flag) != VmFlags.None).Select(static name => name.Name);

    /// <summary>The flag of a two-letter name, or null.</summary>
    public static VmFlags? Find(string name)
    {
        var at = Array.FindIndex(Names, known => known.Name == name);
        return at < 0 ? null : Names[at].Flag;
    }

    /// <summary>The permissions as /proc/pid/maps shows them, e.g. "rw-p".</summary>
    public static string Permissions(VmFlags flags) => string.Create(4, flags, static (text, flags) =>
    {
        text[0] = flags.HasFlag(VmFlags.Read) ? 'r' : '-';
        text[1] = flags.HasFlag(VmFlags.Write) ? 'w' : '-';
        text[2] = flags.HasFlag(VmFlags.Exec) ? 'x' : '-';
        text[3] = flags.HasFlag(VmFlags.MayShare) ? 's' : 'p';
    });
}
