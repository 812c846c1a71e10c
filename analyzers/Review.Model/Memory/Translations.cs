using Review.Model.Collections;

namespace Review.Model.Memory;

/// <summary>A translation that a processor may still have in its TLB though the entry was cleared: page number and frame.</summary>
public readonly record struct StaleTranslation(ulong Page, int Frame);

/// <summary>A range that mmu notifiers were told of and not yet told the end of: [<paramref name="Start"/>, <paramref name="End"/>) in bytes.</summary>
public readonly record struct Invalidation(int Thread, ulong Start, ulong End)
{
    /// <summary>Whether a page lies in it.</summary>
    public bool Covers(ulong page) => page >= Pages.Number(Start) && page < Pages.Number(End);
}

/// <summary>
/// What keeps translations beside the page tables: the processors' TLBs, and a secondary MMU (a guest's page tables, an IOMMU) that mmu notifiers keep in step.
/// </summary>
/// <param name="Stale">Cleared entries whose TLB flush is still to come. Every processor may have cached any entry.</param>
/// <param name="Invalidations">Ranges between mmu_notifier_invalidate_range_start() and _end().</param>
/// <param name="Secondary">The secondary MMU's entries: frames by page number.</param>
public sealed record Translations(Seq<StaleTranslation> Stale, Seq<Invalidation> Invalidations, SparseMap<int> Secondary)
{
    /// <summary>No translations.</summary>
    public static Translations None { get; } = new([], [], SparseMap<int>.Empty);

    /// <summary>mmu_notifier_invalidate_range_start(): the secondary MMU drops its entries and makes none until the end.</summary>
    public Translations StartInvalidation(int thread, ulong start, ulong end) =>
        this with { Invalidations = Invalidations.Add(new Invalidation(thread, start, end)), Secondary = Without(Secondary, start, end) };

    /// <summary>mmu_notifier_invalidate_range_end().</summary>
    public Translations EndInvalidation(int thread, ulong start, ulong end)
    {
        for (var i = 0; i < Invalidations.Count; i++)
        {
            if (Invalidations[i] == new Invalidation(thread, start, end))
            {
                return this with { Invalidations = Invalidations.RemoveAt(i) };
            }
        }

        return this;
    }

    /// <summary>flush_tlb_range(): no processor has a translation of [start, end) any more.</summary>
    public Translations Flush(ulong start, ulong end) =>
        this with { Stale = [.. Stale.Where(entry => entry.Page < Pages.Number(start) || entry.Page >= Pages.Number(end))] };

    /// <summary>Tells the secondary MMU in the same step that what a page maps has changed.</summary>
    public Translations Forget(ulong page) => Secondary[page] == 0 ? this : this with { Secondary = Secondary.With(page, 0) };

    /// <summary>Whether the secondary MMU must not make an entry of a page now (mmu_notifier_retry()).</summary>
    public bool IsInvalidating(ulong page)
    {
        foreach (var range in Invalidations.AsSpan())
        {
            if (range.Covers(page))
            {
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public override int GetHashCode() => (((Stale.GetHashCode() * 31) + Invalidations.GetHashCode()) * 31) + Secondary.GetHashCode();

    private static SparseMap<int> Without(SparseMap<int> entries, ulong start, ulong end)
    {
        for (var from = Pages.Number(start); entries.TryNext(from, Pages.Number(end), out var page, out _); from = page + 1)
        {
            entries = entries.With(page, 0);
        }

        return entries;
    }
}
