namespace Review.Model.Memory;

/// <summary>Properties of a page frame.</summary>
[Flags]
public enum FrameFlags : ushort
{
    None = 0,

    /// <summary>In use: every frame that exists has it.</summary>
    Used = 1,

    /// <summary>Anonymous memory (PageAnon).</summary>
    Anon = 2,

    /// <summary>PageAnonExclusive: its one mapping may write without a copy.</summary>
    Exclusive = 4,

    /// <summary>Not swap-backed: MADV_FREE was called on it, or it is droppable; reclaim may drop it.</summary>
    LazyFree = 8,

    /// <summary>In the page cache of its file.</summary>
    Cached = 16,

    /// <summary>A 2 MiB page of hugetlbfs.</summary>
    HugeTlb = 32,

    /// <summary>Memory that GUP must not hand out (secretmem).</summary>
    Secret = 64,

    /// <summary>A page of a file, or one that MADV_FREE had marked clean, was written (PageDirty), apart from what page table entries know.</summary>
    Dirty = 128,

    /// <summary>Part of the large folio of a transparent huge page, even if it is no longer mapped as one.</summary>
    Large = 256,

    /// <summary>
    /// Reclaim met it dirty and waits for it to be written (PG_reclaim, the same bit as PG_readahead: faults nearby do not map it).
    /// </summary>
    Reclaim = 512,

    /// <summary>Still PG_mlocked although no VMA that maps it is: mremap() with MREMAP_DONTUNMAP took the flag from the VMA alone. Reclaim leaves it.</summary>
    LeftLocked = 1024,
}

/// <summary>
/// A page frame (a 4 KiB page, or a 2 MiB page of hugetlbfs). <see cref="Content"/> stands for the page's bytes; 0 is zeroes.
/// A frame is freed when nothing maps, references, pins or caches it.
/// </summary>
/// <param name="Flags">Properties.</param>
/// <param name="Content">The byte that stands for the content.</param>
/// <param name="MapCount">Page table entries that map it, in all address spaces.</param>
/// <param name="References">References taken by get_user_pages() and not given back.</param>
/// <param name="Pins">Pins taken by pin_user_pages() and not given back.</param>
/// <param name="File">The file it belongs to, 0 for none.</param>
/// <param name="Index">Its place in the file, in pages.</param>
public readonly record struct Frame(FrameFlags Flags, byte Content = 0, ushort MapCount = 0, ushort References = 0, ushort Pins = 0, int File = 0, uint Index = 0)
{
    /// <summary>Whether anything still needs it.</summary>
    public bool IsNeeded => MapCount > 0 || References > 0 || Pins > 0 || Has(FrameFlags.Cached);

    /// <summary>Whether the frame has all of these properties.</summary>
    public bool Has(FrameFlags flags) => (Flags & flags) == flags;

    /// <inheritdoc/>
    public override int GetHashCode() =>
        ((((((Content * 31) + MapCount) * 31) + References + (Pins << 8)) * 31) + (File << 4) + (int)Index) * 31 + (int)Flags;
}
