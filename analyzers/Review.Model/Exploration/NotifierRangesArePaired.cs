using Review.Model.Calls;
using Review.Model.Memory;

namespace Review.Model.Exploration;

/// <summary>
/// A zap in steps clears entries only between mmu_notifier_invalidate_range_start() and _end(), and every start has its end before the call returns.
/// </summary>
public sealed record NotifierRangesArePaired() : Property("notifier-ranges-are-paired")
{
    /// <inheritdoc/>
    public override string Claim => "entries are zapped only between a notifier's start and its end, and no call returns between them";

    /// <inheritdoc/>
    public override Property After(in Transition step, out Breach? breach)
    {
        breach = null;
        var thread = step.Call.Current.Thread;
        for (var number = 1; number <= step.After.Spaces.Count && step.Result is not null; number++)
        {
            foreach (var range in step.After.Space(number).Beside.Invalidations.AsSpan())
            {
                if (range.Thread == thread)
                {
                    breach = new Breach("the call returned, and the notifiers were told of no end", [range.Start]);
                    return this;
                }
            }
        }

        if (step.Call is MadviseCall { Range.Zap: not null })
        {
            breach = Unannounced(step, step.Before.Process(step.Call.Current.Process).Space);
        }

        return this;
    }

    private static Breach? Unannounced(in Transition step, int number)
    {
        var (before, after) = (step.Before.Space(number), step.After.Space(number));
        if (ReferenceEquals(before.Table, after.Table))
        {
            return null;
        }

        for (var from = 0UL; before.Table.TryNext(from, ulong.MaxValue, out var page, out var entry); from = page + 1)
        {
            if (entry.IsPresent && !after.Table[page].IsPresent && !IsAnnounced(before, step.Call.Current.Thread, page))
            {
                return new Breach("an entry was cleared, and the notifiers were told of no start", [page << Pages.Shift]);
            }
        }

        return null;
    }

    private static bool IsAnnounced(AddressSpace space, int thread, ulong page)
    {
        foreach (var range in space.Beside.Invalidations.AsSpan())
        {
            if (range.Thread == thread && range.Covers(page))
            {
                return true;
            }
        }

        return false;
    }
}
