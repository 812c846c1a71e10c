using Review.Model.Collections;

namespace Review.Model.Memory;

/// <summary>Who holds mmap_lock. Threads are numbers from 1 to 63; readers are a bit mask.</summary>
public readonly record struct MmapLock(int Writer, ulong Readers)
{
    /// <summary>Whether a reader may come in.</summary>
    public bool AllowsReader => Writer == 0;

    /// <summary>Whether a writer may come in.</summary>
    public bool AllowsWriter => Writer == 0 && Readers == 0;

    /// <summary>Whether this thread holds it for reading.</summary>
    public bool IsReader(int thread) => (Readers >> thread & 1) != 0;
}

/// <summary>A per-VMA read lock that a thread holds (vma_start_read()).</summary>
public readonly record struct VmaLock(int Vma, int Thread);

/// <summary>An address space (struct mm_struct): VMAs in ascending order, page tables, and locks.</summary>
public sealed record AddressSpace
{
    /// <summary>The VMAs, sorted and not overlapping.</summary>
    public Seq<Vma> Vmas { get; init; } = [];

    /// <summary>Page table entries by page number. A page of hugetlbfs has one entry, at its first page number.</summary>
    public SparseMap<Pte> Table { get; init; } = SparseMap<Pte>.Empty;

    /// <summary>
    /// Regions of 2 MiB, by number, that have a lowest-level page table: what was once mapped there may be gone again. One that a huge page maps has none.
    /// </summary>
    public SparseMap<bool> TableRegions { get; init; } = SparseMap<bool>.Empty;

    /// <summary>mmap_lock.</summary>
    public MmapLock Lock { get; init; }

    /// <summary>Per-VMA read locks.</summary>
    public Seq<VmaLock> VmaLocks { get; init; } = [];

    /// <summary>Translations in TLBs and in a secondary MMU.</summary>
    public Translations Beside { get; init; } = Translations.None;

    /// <summary>Memory that was declared volatile (an extension).</summary>
    public Seq<VolatileRange> VolatileRanges { get; init; } = [];

    /// <summary>PR_SET_THP_DISABLE.</summary>
    public bool IsThpDisabled { get; init; }

    /// <summary>Identity that the next VMA gets.</summary>
    public int NextVmaId { get; init; } = 1;

    /// <summary>The process is gone and its memory with it.</summary>
    public bool IsGone { get; init; }

    /// <summary>Pages of locked VMAs: mm->locked_vm.</summary>
    public ulong LockedPages
    {
        get
        {
            var sum = 0UL;
            foreach (var vma in Vmas.AsSpan())
            {
                sum += vma.Has(VmFlags.Locked) && !vma.HasAny(VmFlags.Special) ? vma.PageCount : 0;
            }

            return sum;
        }
    }

    /// <summary>find_vma(): index of the first VMA that ends behind the address; the number of VMAs if there is none.</summary>
    public int IndexAfter(ulong address)
    {
        var vmas = Vmas.AsSpan();
        int low = 0, high = vmas.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (vmas[middle].End > address)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }

    /// <summary>find_vma(): the first VMA that ends behind the address, or null.</summary>
    public Vma? FindVma(ulong address) => IndexAfter(address) is var at && at < Vmas.Count ? Vmas[at] : null;

    /// <summary>vma_lookup(): the VMA that contains the address, or null.</summary>
    public Vma? Lookup(ulong address) => FindVma(address) is { } vma && vma.Start <= address ? vma : null;

    /// <summary>The VMA with this identity, or null when it was freed.</summary>
    public Vma? ById(int id)
    {
        foreach (var vma in Vmas.AsSpan())
        {
            if (vma.Id == id)
            {
                return vma;
            }
        }

        return null;
    }

    /// <summary>The VMA before one that is in the list, or null.</summary>
    public Vma? Before(Vma vma) => IndexAfter(vma.Start) is > 0 and var at ? Vmas[at - 1] : null;

    /// <summary>The VMA behind one that is in the list, or null.</summary>
    public Vma? After(Vma vma) => FindVma(vma.End);

    /// <summary>The VMAs that overlap [start, end).</summary>
    public IEnumerable<Vma> Overlapping(ulong start, ulong end)
    {
        for (var i = IndexAfter(start); i < Vmas.Count && Vmas[i].Start < end; i++)
        {
            yield return Vmas[i];
        }
    }

    /// <summary>Whether [start, end) is mapped without a hole.</summary>
    public bool IsMapped(ulong start, ulong end)
    {
        foreach (var vma in Overlapping(start, end))
        {
            if (vma.Start > start)
            {
                return false;
            }

            start = vma.End;
        }

        return start >= end;
    }

    /// <summary>The page table entry of an address; anywhere inside a page of hugetlbfs, that page's.</summary>
    public Pte PteAt(ulong address)
    {
        var pte = Table[Pages.Number(address)];
        return pte.IsNone && Lookup(address) is { IsHugeTlb: true } ? Table[Pages.Number(Pages.HugeDown(address))] : pte;
    }

    /// <summary>pte_alloc(): page tables for all of [start, end).</summary>
    public AddressSpace WithTables(ulong start, ulong end)
    {
        var regions = TableRegions;
        for (var at = Pages.HugeDown(start); at < end; at += Pages.HugeSize)
        {
            regions = regions.With(at / Pages.HugeSize, value: true);
        }

        return ReferenceEquals(regions, TableRegions) ? this : this with { TableRegions = regions };
    }

    /// <summary>The region of this address has no lowest-level page table any more.</summary>
    public AddressSpace WithoutTable(ulong address) => this with { TableRegions = TableRegions.With(address / Pages.HugeSize, value: false) };

    /// <summary>Whether the region of this address has a lowest-level page table.</summary>
    public bool HasTable(ulong address) => TableRegions[address / Pages.HugeSize];

    /// <summary>free_pgtables(): page tables go where no VMA is left between the neighbours of [start, end).</summary>
    public AddressSpace WithoutUnusedTables(ulong start, ulong end)
    {
        var regions = TableRegions;
        var next = IndexAfter(start);
        var floor = next > 0 ? Vmas[next - 1].End : 0;
        var ceiling = next < Vmas.Count ? Vmas[next].Start : Pages.TaskSize;
        for (var at = Pages.HugeDown(start); at < end; at += Pages.HugeSize)
        {
            regions = at >= floor && at + Pages.HugeSize <= ceiling ? regions.With(at / Pages.HugeSize, value: false) : regions;
        }

        return ReferenceEquals(regions, TableRegions) ? this : this with { TableRegions = regions };
    }

    /// <summary>Puts a VMA in the place of <paramref name="old"/>, which has the same identity.</summary>
    public AddressSpace Replace(Vma old, Vma changed) => this with { Vmas = Vmas.With(IndexAfter(old.Start), changed) };

    /// <summary>Adds a VMA; a new one (identity 0) gets an identity.</summary>
    public AddressSpace Insert(Vma vma, out Vma inserted)
    {
        inserted = vma.Id == 0 ? vma with { Id = NextVmaId } : vma;
        return this with { Vmas = Vmas.Splice(IndexAfter(vma.Start), 0, [inserted]), NextVmaId = vma.Id == 0 ? NextVmaId + 1 : NextVmaId };
    }

    /// <summary>Takes a VMA out.</summary>
    public AddressSpace Remove(Vma vma) => this with { Vmas = Vmas.RemoveAt(IndexAfter(vma.Start)) };

    /// <inheritdoc/>
    public bool Equals(AddressSpace? other) =>
        ReferenceEquals(this, other) || (other is not null && Lock == other.Lock && IsThpDisabled == other.IsThpDisabled && NextVmaId == other.NextVmaId
            && IsGone == other.IsGone && Table.Equals(other.Table) && TableRegions.Equals(other.TableRegions) && Vmas.Equals(other.Vmas) && VmaLocks.Equals(other.VmaLocks)
            && VolatileRanges.Equals(other.VolatileRanges) && Beside.Equals(other.Beside));

    /// <inheritdoc/>
    public override int GetHashCode() => (((Vmas.GetHashCode() * 31) + Table.GetHashCode()) * 31) + Lock.GetHashCode() + (VmaLocks.GetHashCode() * 17)
        + (Beside.GetHashCode() * 13);
}
