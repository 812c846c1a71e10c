using Review.Model.Memory;
using Review.Model.Userfault;

namespace Review.Model.Faults;

/// <summary>
/// Volatile ranges, an extension that was proposed several times (fvrange(), mvolatile(), vrange()) and never merged: a program declares
/// anonymous memory volatile, the kernel may purge it, and what an access to a purged page gives depends on the policy. The three
/// policies are modelled side by side so that they can be compared.
/// </summary>
public static class VolatileMemory
{
    /// <summary>
    /// Declares [start, end) volatile. The range must be mapped private anonymous memory throughout.
    /// </summary>
    /// <returns>EINVAL for unaligned or empty ranges and other memory, ENOMEM for holes.</returns>
    public static Errno Mark(ref Machine machine, int space, VolatileRange range)
    {
        var mm = machine.Space(space);
        if (!Pages.IsAligned(range.Start) || !Pages.IsAligned(range.End) || range.Start >= range.End)
        {
            return Errno.EINVAL;
        }

        if (!mm.IsMapped(range.Start, range.End))
        {
            return Errno.ENOMEM;
        }

        if (mm.Overlapping(range.Start, range.End).Any(static vma => !vma.IsAnonymous))
        {
            return Errno.EINVAL;
        }

        Unmark(ref machine, space, range.Start, range.End, out _);
        mm = machine.Space(space);
        machine = machine.With(space, mm with { VolatileRanges = [.. mm.VolatileRanges.Add(range).OrderBy(static known => known.Start)] });
        return Errno.None;
    }

    /// <summary>Takes [start, end) back: nothing is purged from now on. <paramref name="wasPurged"/> says whether a page of it was.</summary>
    public static void Unmark(ref Machine machine, int space, ulong start, ulong end, out bool wasPurged)
    {
        var mm = machine.Space(space);
        wasPurged = false;
        var left = new List<VolatileRange>();
        foreach (var range in mm.VolatileRanges)
        {
            var (from, to) = (Math.Max(range.Start, start), Math.Min(range.End, end));
            if (from >= to)
            {
                left.Add(range);
                continue;
            }

            wasPurged |= HasAbsentPage(mm, from, to);
            if (range.Start < from)
            {
                left.Add(range with { End = from });
            }

            if (to < range.End)
            {
                left.Add(range with { Start = to });
            }
        }

        machine = machine.With(space, mm with { VolatileRanges = [.. left] });
    }

    /// <summary>Reclaim takes the pages of all volatile ranges in [start, end) away.</summary>
    public static Machine Purge(this Machine machine, int space, ulong start, ulong end)
    {
        foreach (var range in machine.Space(space).VolatileRanges)
        {
            foreach (var vma in machine.Space(space).Overlapping(Math.Max(range.Start, start), Math.Min(range.End, end)).ToList())
            {
                var (from, to) = (Math.Max(vma.Start, Math.Max(range.Start, start)), Math.Min(vma.End, Math.Min(range.End, end)));
                machine = from < to ? machine.ZapRange(space, vma, from, to, ZapScope.Pages) : machine;
            }
        }

        return machine;
    }

    /// <summary>What a fault in a purged page gives, or null where the ordinary fault handling goes on.</summary>
    internal static FaultOutcome? OnAccess(Machine machine, int space, Vma vma, ulong address, FaultFlags flags)
    {
        foreach (var range in machine.Space(space).VolatileRanges.AsSpan())
        {
            if (address >= range.Start && address < range.End)
            {
                return range.Policy switch
                {
                    VolatilePolicy.ZeroFill => null,
                    VolatilePolicy.Userfault when vma.Userfaultfd != 0 => UserfaultQueue.Ask(machine, vma, address, flags),
                    _ => FaultOutcome.Failed(machine, FaultCode.SigBus),
                };
            }
        }

        return null;
    }

    private static bool HasAbsentPage(AddressSpace mm, ulong start, ulong end)
    {
        for (var address = start; address < end; address += Pages.Size)
        {
            if (mm.PteAt(address).IsNone)
            {
                return true;
            }
        }

        return false;
    }
}
