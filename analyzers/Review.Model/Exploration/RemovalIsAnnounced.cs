using Review.Model.Calls;
using Review.Model.Collections;
using Review.Model.Memory;
using Review.Model.Userfault;

namespace Review.Model.Exploration;

/// <summary>A range that a call under way has announced with EVENT_REMOVE: [<paramref name="Start"/>, <paramref name="End"/>) in bytes.</summary>
public readonly record struct AnnouncedRange(int Thread, int Userfaultfd, ulong Start, ulong End);

/// <summary>
/// No userfaultfd event is lost: a discarding madvise(2) takes no page out of memory that is registered for EVENT_REMOVE before it has announced that page,
/// and the announcement has been read by then (userfaultfd_remove() waits for that).
/// </summary>
public sealed record RemovalIsAnnounced() : Property("removal-is-announced")
{
    private Seq<AnnouncedRange> Announced { get; init; } = [];

    /// <inheritdoc/>
    public override string Claim => "no page of memory registered for EVENT_REMOVE is discarded before its event was sent and read";

    /// <inheritdoc/>
    public override Property After(in Transition step, out Breach? breach)
    {
        breach = null;
        var call = step.Call as MadviseCall;
        var isDiscard = call is { Advice: Madv.DontNeed or Madv.DontNeedLocked or Madv.Remove };
        if (!isDiscard)
        {
            return this;
        }

        var announced = Announced;
        if (!ReferenceEquals(step.Before.Userfaultfds, step.After.Userfaultfds))
        {
            announced = WithNewEvents(step, announced);
        }

        breach = Unannounced(step, announced);
        if (step.Result is not null)
        {
            announced = Seq.Create<AnnouncedRange>([.. announced.Where(range => range.Thread != call!.Current.Thread)]);
        }

        return announced.Equals(Announced) ? this : this with { Announced = announced };
    }

    private static Seq<AnnouncedRange> WithNewEvents(in Transition step, Seq<AnnouncedRange> announced)
    {
        for (var number = 1; number <= step.After.Userfaultfds.Count; number++)
        {
            var known = step.Before.Uffd(number).NextTicket;
            foreach (var message in step.After.Uffd(number).Messages.AsSpan())
            {
                if (message.Ticket >= known && message.Event == UffdEvent.Remove)
                {
                    announced = announced.Add(new AnnouncedRange(step.Call.Current.Thread, number, message.Start, message.End));
                }
            }
        }

        return announced;
    }

    private static Breach? Unannounced(in Transition step, Seq<AnnouncedRange> announced)
    {
        var number = step.Before.Process(step.Call.Current.Process).Space;
        var (before, after) = (step.Before.Space(number), step.After.Space(number));
        if (ReferenceEquals(before.Table, after.Table))
        {
            return null;
        }

        foreach (var vma in before.Vmas)
        {
            if (vma.Userfaultfd == 0 || !step.Before.Uffd(vma.Userfaultfd).Wants(UffdFeatures.EventRemove))
            {
                continue;
            }

            foreach (var (page, entry) in before.Table.In(Pages.Number(vma.Start), Pages.Number(vma.End)))
            {
                if (entry.IsPresent && after.Table[page].IsNone && !IsAnnounced(step, announced, vma.Userfaultfd, page << Pages.Shift))
                {
                    return new Breach("a page was discarded, and no event that says so has been read", [page << Pages.Shift]);
                }
            }
        }

        return null;
    }

    private static bool IsAnnounced(in Transition step, Seq<AnnouncedRange> announced, int userfaultfd, ulong address)
    {
        foreach (var range in announced.AsSpan())
        {
            if (range.Thread == step.Call.Current.Thread && range.Userfaultfd == userfaultfd && range.Start <= address && address < range.End)
            {
                return !IsUnread(step.Before.Uffd(userfaultfd), range);
            }
        }

        return false;
    }

    private static bool IsUnread(Userfaultfd uffd, AnnouncedRange range)
    {
        foreach (var message in uffd.Messages.AsSpan())
        {
            if (message.Event == UffdEvent.Remove && message.Start == range.Start && message.End == range.End && !message.IsRead)
            {
                return true;
            }
        }

        return false;
    }
}
