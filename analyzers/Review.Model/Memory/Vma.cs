namespace Review.Model.Memory;

/// <summary>What stands behind a VMA: which vm_operations it has.</summary>
public enum Backing : byte
{
    /// <summary>Private anonymous memory: no vm_operations (vma_is_anonymous()).</summary>
    Anonymous,

    /// <summary>An ordinary file of a disk file system.</summary>
    DiskFile,

    /// <summary>shmem: tmpfs, memfd and shared anonymous memory.</summary>
    Shmem,

    /// <summary>memfd_secret().</summary>
    Secret,

    /// <summary>hugetlbfs, with 2 MiB pages.</summary>
    HugeTlb,

    /// <summary>The vDSO's code: no file, but a fault handler.</summary>
    Vdso,

    /// <summary>The vDSO's data: no file, PFNMAP.</summary>
    Vvar,

    /// <summary>The ring buffer of a perf event.</summary>
    PerfRing,

    /// <summary>A ring of io_uring.</summary>
    IoUringRing,

    /// <summary>A ring of a packet socket.</summary>
    PacketRing,
}

/// <summary>
/// A virtual memory area (struct vm_area_struct): [<see cref="Start"/>, <see cref="End"/>) in bytes.
/// </summary>
public sealed record Vma
{
    /// <summary>Identity of the structure: kept by changes, new for what a split adds. 0 until it is in an address space.</summary>
    public int Id { get; init; }

    /// <summary>First byte.</summary>
    public required ulong Start { get; init; }

    /// <summary>First byte behind it.</summary>
    public required ulong End { get; init; }

    /// <summary>vm_flags.</summary>
    public required VmFlags Flags { get; init; }

    /// <summary>Its vm_operations.</summary>
    public Backing Backing { get; init; }

    /// <summary>vm_file, 0 for none.</summary>
    public int File { get; init; }

    /// <summary>vm_pgoff: offset in the file, or virtual page number where anonymous memory was first placed; in pages.</summary>
    public ulong PageOffset { get; init; }

    /// <summary>Identity of anon_vma, 0 for none.</summary>
    public int AnonVma { get; init; }

    /// <summary>Whether the anon_vma chain holds anon_vmas of a parent process, too (vma_had_uncowed_parents()).</summary>
    public bool HasParentAnonVma { get; init; }

    /// <summary>The userfaultfd it is registered with, 0 for none.</summary>
    public int Userfaultfd { get; init; }

    /// <summary>Its length in pages.</summary>
    public ulong PageCount => (End - Start) >> Pages.Shift;

    /// <summary>vma_is_anonymous().</summary>
    public bool IsAnonymous => Backing == Backing.Anonymous;

    /// <summary>is_cow_mapping(): private, and may be written.</summary>
    public bool IsCow => (Flags & (VmFlags.Shared | VmFlags.MayWrite)) == VmFlags.MayWrite;

    /// <summary>vma_is_accessible(): any of read, write, exec.</summary>
    public bool IsAccessible => (Flags & VmFlags.Access) != VmFlags.None;

    /// <summary>userfaultfd_armed(): registered for any kind of fault.</summary>
    public bool IsUffdArmed => (Flags & VmFlags.Uffd) != VmFlags.None;

    /// <summary>is_vm_hugetlb_page().</summary>
    public bool IsHugeTlb => (Flags & VmFlags.HugeTlb) != VmFlags.None;

    /// <summary>Whether it has all of these flags.</summary>
    public bool Has(VmFlags flags) => (Flags & flags) == flags;

    /// <summary>Whether it has any of these flags.</summary>
    public bool HasAny(VmFlags flags) => (Flags & flags) != VmFlags.None;

    /// <summary>Whether an address lies in it.</summary>
    public bool Contains(ulong address) => address >= Start && address < End;

    /// <summary>The page offset that belongs to an address: linear_page_index().</summary>
    public ulong OffsetOf(ulong address) => PageOffset + ((address - Start) >> Pages.Shift);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var mixed = Start ^ (End * 0x9E3779B97F4A7C15UL) ^ ((ulong)Flags * 0xBF58476D1CE4E5B9UL) ^ (PageOffset * 0x94D049BB133111EBUL);
        return (int)(mixed ^ (mixed >> 32)) ^ (AnonVma * 7919) ^ (Id * 104729) ^ (File * 31) ^ (Userfaultfd * 65537);
    }
}
