using System.Globalization;
using System.Text;
using Review.Model.Scenarios;

namespace Review.Model.Comparison;

/// <summary>A range of addresses that is watched, under the name of what lies there.</summary>
/// <param name="Name">The mapping's or the reserved range's name.</param>
/// <param name="Start">Where it starts on this machine.</param>
/// <param name="Pages">Its length in pages.</param>
/// <param name="Margin">Bytes before and behind it that are watched too; none where a machine chose the place, since the neighbours are its own business.</param>
internal readonly record struct WatchedRange(string Name, ulong Start, int Pages, ulong Margin);

/// <summary>What can be seen of memory without changing it, as text: one line per VMA with its flags, page states and contents.</summary>
internal static class Observation
{
    private const ulong PageSize = 4096;
    private const int MostPages = 64;

    public static string Of(IScenarioMachine machine, IReadOnlyList<WatchedRange> ranges)
    {
        if (ranges.Count == 0)
        {
            return string.Empty;
        }

        var vmas = machine.Vmas(ranges.Min(static range => range.Start - range.Margin), ranges.Max(static range => range.Start + ((ulong)range.Pages * PageSize) + range.Margin));
        var text = new StringBuilder();
        foreach (var range in ranges)
        {
            var end = range.Start + ((ulong)range.Pages * PageSize) + range.Margin;
            foreach (var vma in vmas.Where(vma => vma.Start < end && vma.End > range.Start - range.Margin))
            {
                Line(text, machine, range, vma);
            }
        }

        return text.ToString();
    }

    private static void Line(StringBuilder text, IScenarioMachine machine, WatchedRange range, SeenVma vma)
    {
        var pages = (int)Math.Min(MostPages, (vma.End - vma.Start) / PageSize);
        var states = machine.PageStates(vma.Start, pages);
        text.Append(CultureInfo.InvariantCulture, $"{range.Name} pages {PageOf(vma.Start, range)} to {PageOf(vma.End, range)} {vma.Permissions} [{SortedFlags(vma)}] {states}");
        for (var i = 0; i < pages; i++)
        {
            if (states[i] is 'a' or 's' or 'z' or 'f')
            {
                text.Append(' ').Append(machine.PresentByte(vma.Start + ((ulong)i * PageSize)) is { } present ? present.ToString("x2", CultureInfo.InvariantCulture) : "--");
            }
            else
            {
                text.Append(" .");
            }
        }

        text.Append('\n');
    }

    private static long PageOf(ulong address, WatchedRange range) => unchecked((long)(address - range.Start)) / (long)PageSize;

    private static string SortedFlags(SeenVma vma) => string.Join(' ', vma.Flags.Split(' ').Order(StringComparer.Ordinal));
}
