using Review.Model.Collections;
using Review.Model.Memory;

namespace Review.Model.Exploration;

/// <summary>
/// No VMA is used that was freed or has changed meanwhile: an entry that a step makes lies in a VMA of that moment, and lets nobody write where that VMA does not.
/// </summary>
public sealed record EntriesFitTheirVma() : Property("entries-fit-their-vma")
{
    /// <inheritdoc/>
    public override string Claim => "a page is mapped only inside a VMA, and writable only where the VMA may be written";

    /// <inheritdoc/>
    public override Property After(in Transition step, out Breach? breach)
    {
        breach = null;
        for (var number = 1; number <= step.After.Spaces.Count && breach is null; number++)
        {
            var before = number <= step.Before.Spaces.Count ? step.Before.Space(number).Table : SparseMap<Pte>.Empty;
            var after = step.After.Space(number);
            breach = ReferenceEquals(before, after.Table) ? null : FirstMisfit(before, after);
        }

        return this;
    }

    private static Breach? FirstMisfit(SparseMap<Pte> before, AddressSpace space)
    {
        for (var from = 0UL; space.Table.TryNext(from, ulong.MaxValue, out var page, out var entry); from = page + 1)
        {
            var old = before[page];
            var isNew = !old.IsPresent || old.Frame != entry.Frame || (entry.Has(PteFlags.Write) && !old.Has(PteFlags.Write));
            if (!entry.IsPresent || !isNew)
            {
                continue;
            }

            var address = page << Pages.Shift;
            if (space.Lookup(address) is not { } vma)
            {
                return new Breach("a page was mapped where there is no VMA any more", [address]);
            }

            if (entry.Has(PteFlags.Write) && !vma.Has(VmFlags.Write))
            {
                return new Breach("a page was made writable in a VMA that may not be written", [address]);
            }
        }

        return null;
    }
}
