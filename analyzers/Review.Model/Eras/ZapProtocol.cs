namespace Review.Model.Eras;

/// <summary>Deliberate mistakes, to see that a property of an exploration finds them.</summary>
[Flags]
public enum Defects
{
    None = 0,

    /// <summary>mmu_notifier_invalidate_range_start() is missing in a zap.</summary>
    NoNotifierStart = 1,

    /// <summary>mmu_notifier_invalidate_range_end() is missing in a zap.</summary>
    NoNotifierEnd = 2,

    /// <summary>Pages are freed when their entries are cleared instead of being gathered until the TLB was flushed.</summary>
    FreesBeforeFlush = 4,

    /// <summary>A zap frees pages that get_user_pages() has handed out: one put_page() too many.</summary>
    FreesReferencedPages = 8,

    /// <summary>userfaultfd_remove() is missing in madvise().</summary>
    NoRemoveEvent = 16,

    /// <summary>Calls that change VMAs take mmap_lock for reading only.</summary>
    ReadLockForWriting = 32,

    /// <summary>dup_userfaultfd_complete() is missing in fork().</summary>
    NoForkEvent = 64,

    /// <summary>vma_start_read() does not compare the sequence numbers of the VMA and of mmap_lock: it takes the lock of a VMA that a writer is changing.</summary>
    NoVmaSequenceCheck = 128,

    /// <summary>What a lookup without mmap_lock found is used without looking again at whether the address still lies in it.</summary>
    NoVmaRecheck = 256,
}

/// <summary>How closely, and with which mistakes, the model takes pages away. One step for a whole zap unless an exploration asks for more.</summary>
/// <param name="IsStepwise">
/// madvise() and munmap() zap in the steps that others can tell apart: the notifier's start, clearing entries, the notifier's end, flushing the TLB, freeing pages.
/// </param>
/// <param name="Defects">What is done wrong on purpose.</param>
public sealed record ZapProtocol(bool IsStepwise, Defects Defects)
{
    /// <summary>As everything but explorations wants it.</summary>
    public static ZapProtocol OneStep { get; } = new(IsStepwise: false, Defects.None);

    /// <summary>Whether a mistake is made.</summary>
    public bool Has(Defects defect) => (Defects & defect) != Defects.None;
}
