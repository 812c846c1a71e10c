using System.Collections.Immutable;
using Review.Model;
using Review.Model.Calls;
using Review.Model.Eras;
using Review.Model.Memory;
using Review.Witness.Bindings;

namespace Review.Witness.Exploration;

/// <summary>
/// The situations in which madvise() walks page tables by way of the callbacks in its own code. Nobody else changes mappings meanwhile: mmap_lock is held all the time.
/// What single pages are like, and what others do to them, is asked page by page.
/// </summary>
internal static class WalkSituations
{
    private const int Few = 2;
    private const int OfTable = (int)(Pages.HugeSize / Pages.Size);

    /// <summary>All situations for an advice.</summary>
    public static IEnumerable<Situation> For(int advice, KernelEra era, KernelBuild build)
    {
        var empty = Layout.Empty(era, build);
        var anonymous = empty.Anonymous(0, Few);
        yield return Of("a page", empty.Anonymous(0, 1), 1, WalkedEntries.Pages);
        yield return Of("anonymous memory", anonymous, Few, WalkedEntries.Pages);
        yield return Of("anonymous memory, some of it swapped out", empty.Anonymous(0, Few + 1), Few + 1, WalkedEntries.Mixed);
        yield return Of("anonymous memory with a userfaultfd", empty.Anonymous(0, 1).Watched(), 1, WalkedEntries.Pages);
        yield return Of("a private file", empty.PrivateFile(0, Few), Few, WalkedEntries.Pages);
        yield return Of("a private file of root's, by an ordinary user", empty.PrivateFile(0, Few).OfOrdinaryUser(), Few, WalkedEntries.Pages);
        yield return Of("a whole huge page", empty.Untouched(0, OfTable), OfTable, WalkedEntries.Huge);
        yield return Of("a part of a huge page", empty.Untouched(0, OfTable), Few, WalkedEntries.Huge);

        Situation Of(string name, Machine machine, int pages, WalkedEntries entries) =>
            new(name, machine, 1, Layout.A, (ulong)pages * Pages.Size, advice, ImmutableArray<Call>.Empty) { Entries = entries };
    }
}
