using System.Globalization;
using Review.Model.Memory;

namespace Review.Model.Exploration;

/// <summary>No page is freed while a processor may still reach it by a translation in its TLB (the deferred gather of tlb_finish_mmu()).</summary>
public sealed record TlbIsFlushedBeforeFree() : Property("tlb-is-flushed-before-free")
{
    /// <inheritdoc/>
    public override string Claim => "no page is freed before the TLB was flushed of it";

    /// <inheritdoc/>
    public override Property After(in Transition step, out Breach? breach)
    {
        breach = null;
        for (var number = 1; number <= step.After.Spaces.Count && breach is null; number++)
        {
            foreach (var entry in step.After.Space(number).Beside.Stale.AsSpan())
            {
                if (!step.After.FrameAt(entry.Frame).Has(FrameFlags.Used))
                {
                    breach = new Breach(string.Create(CultureInfo.InvariantCulture, $"page frame {entry.Frame} was freed, and a processor may still have its translation"), [entry.Page << Pages.Shift]);
                    break;
                }
            }
        }

        return this;
    }
}

/// <summary>A secondary MMU has no entry that the page table has not: between a notifier's start and its end it has none at all.</summary>
public sealed record SecondaryMmuIsCurrent() : Property("secondary-mmu-is-current")
{
    /// <inheritdoc/>
    public override string Claim => "a secondary MMU maps no page that the page table does not map there";

    /// <inheritdoc/>
    public override Property After(in Transition step, out Breach? breach)
    {
        breach = null;
        for (var number = 1; number <= step.After.Spaces.Count; number++)
        {
            var space = step.After.Space(number);
            for (var from = 0UL; space.Beside.Secondary.TryNext(from, ulong.MaxValue, out var page, out var frame); from = page + 1)
            {
                if (space.Table[page] is not { Kind: PteKind.Page } entry || entry.Frame != frame)
                {
                    breach = new Breach("a secondary MMU still maps a page that the page table no longer maps", [page << Pages.Shift]);
                    return this;
                }
            }
        }

        return this;
    }
}
