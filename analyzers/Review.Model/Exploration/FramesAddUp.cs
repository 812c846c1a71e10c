using System.Globalization;
using Review.Model.Memory;

namespace Review.Model.Exploration;

/// <summary>No page is freed while something maps it, and every frame's map count is the number of entries that map it.</summary>
public sealed record FramesAddUp() : Property("frames-add-up")
{
    /// <inheritdoc/>
    public override string Claim => "no page is freed while it is mapped, and map counts are right";

    /// <inheritdoc/>
    public override Property After(in Transition step, out Breach? breach)
    {
        breach = ReferenceEquals(step.Before.Frames, step.After.Frames) && HasSameTables(step.Before, step.After) ? null : Difference(step.After);
        return this;
    }

    // Most steps only take or drop a lock.
    private static bool HasSameTables(Machine before, Machine after)
    {
        var isSame = before.Spaces.Count == after.Spaces.Count;
        for (var number = 1; number <= after.Spaces.Count && isSame; number++)
        {
            isSame = ReferenceEquals(before.Space(number).Table, after.Space(number).Table);
        }

        return isSame;
    }

    private static Breach? Difference(Machine machine)
    {
        var counts = new int[LastFrame(machine) + 1];
        for (var number = 1; number <= machine.Spaces.Count; number++)
        {
            var table = machine.Space(number).Table;
            for (var from = 0UL; table.TryNext(from, ulong.MaxValue, out var page, out var pte); from = page + 1)
            {
                if (pte.Kind is not (PteKind.Page or PteKind.Migration) || pte.Frame == 0)
                {
                    continue;
                }

                if (pte.Frame >= counts.Length || !machine.FrameAt(pte.Frame).Has(FrameFlags.Used))
                {
                    return new Breach(string.Create(CultureInfo.InvariantCulture, $"page frame {pte.Frame} is mapped and was freed"), [page << Pages.Shift]);
                }

                counts[pte.Frame]++;
            }
        }

        for (var frame = 1; frame < counts.Length; frame++)
        {
            if (machine.FrameAt(frame).MapCount != counts[frame])
            {
                return new Breach(string.Create(CultureInfo.InvariantCulture, $"page frame {frame} is mapped {counts[frame]} times and counts {machine.FrameAt(frame).MapCount}"));
            }
        }

        return null;
    }

    private static int LastFrame(Machine machine)
    {
        var last = 0UL;
        for (var from = 0UL; machine.Frames.TryNext(from, ulong.MaxValue, out var number, out _); from = number + 1)
        {
            last = number;
        }

        return (int)last;
    }
}
