namespace Review.Model.Memory;

/// <summary>What a page table entry holds.</summary>
public enum PteKind : byte
{
    /// <summary>Nothing: the next access faults.</summary>
    None,

    /// <summary>The shared zero page.</summary>
    Zero,

    /// <summary>A part of the huge zero page.</summary>
    HugeZero,

    /// <summary>A page frame, anonymous or of a file.</summary>
    Page,

    /// <summary>A marker of MADV_GUARD_INSTALL (PTE_MARKER_GUARD).</summary>
    Guard,

    /// <summary>A marker that remembers userfaultfd write protection of an absent page (PTE_MARKER_UFFD_WP).</summary>
    UffdWpMarker,

    /// <summary>A marker of a poisoned page (PTE_MARKER_POISONED).</summary>
    Poisoned,

    /// <summary>A migration entry: the frame is about to move; accesses wait.</summary>
    Migration,
}

/// <summary>Bits of a present page table entry.</summary>
[Flags]
public enum PteFlags : ushort
{
    None = 0,

    /// <summary>The processor may write.</summary>
    Write = 1,

    /// <summary>Written since the bit was cleared.</summary>
    Dirty = 2,

    /// <summary>_PAGE_PROTNONE: the page is there, the processor may not access it (PROT_NONE, or a NUMA hint in an accessible VMA).</summary>
    ProtNone = 4,

    /// <summary>Write-protected by userfaultfd.</summary>
    UffdWp = 8,

    /// <summary>Mapped by a PMD together with its 511 neighbours.</summary>
    Huge = 16,

    /// <summary>pte_special(): no reference counting, GUP-fast refuses.</summary>
    Special = 32,
}

/// <summary>A page table entry.</summary>
public readonly record struct Pte(PteKind Kind, PteFlags Flags = PteFlags.None, int Frame = 0)
{
    /// <summary>No entry.</summary>
    public static readonly Pte None;

    /// <summary>Whether nothing is there.</summary>
    public bool IsNone => Kind == PteKind.None;

    /// <summary>pte_present(): a page or the zero page is there, accessible or not.</summary>
    public bool IsPresent => Kind is PteKind.Page or PteKind.Zero or PteKind.HugeZero;

    /// <summary>Whether an entry has all of these bits.</summary>
    public bool Has(PteFlags flags) => (Flags & flags) == flags;

    /// <summary>The entry with more bits.</summary>
    public Pte Plus(PteFlags flags) => this with { Flags = Flags | flags };

    /// <summary>The entry without some bits.</summary>
    public Pte Minus(PteFlags flags) => this with { Flags = Flags & ~flags };

    /// <inheritdoc/>
    public override int GetHashCode() => (Frame * 64) + ((int)Flags * 8) + (int)Kind;
}
