using System.Globalization;
using Review.Model.Memory;

namespace Review.Model.Exploration;

/// <summary>No page is freed while something maps, references or pins it, and every frame's map count is the number of entries that map it.</summary>
public sealed record FramesAddUp() : Property("frames-add-up")
{
    /// <inheritdoc/>
    public override string Claim => "no page is freed while it is mapped, referenced or pinned";

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
        var mappings = new Dictionary<int, int>();
        for (var number = 1; number <= machine.Spaces.Count; number++)
        {
            foreach (var (_, pte) in machine.Space(number).Table.In(0, ulong.MaxValue))
            {
                if (pte.Kind is PteKind.Page)
                {
                    mappings[pte.Frame] = mappings.GetValueOrDefault(pte.Frame) + 1;
                }
            }
        }

        foreach (var (frame, count) in mappings)
        {
            if (!machine.FrameAt(frame).Has(FrameFlags.Used))
            {
                return new Breach(string.Create(CultureInfo.InvariantCulture, $"page frame {frame} is mapped and was freed"));
            }

            if (machine.FrameAt(frame).MapCount != count)
            {
                return new Breach(string.Create(CultureInfo.InvariantCulture, $"page frame {frame} is mapped {count} times and counts {machine.FrameAt(frame).MapCount}"));
            }
        }

        return null;
    }
}
