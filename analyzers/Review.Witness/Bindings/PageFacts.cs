using Review.Model.Memory;
using Review.Witness.Interpretation;

namespace Review.Witness.Bindings;

/// <summary>
/// What a single page is like (include/linux/page-flags.h, mm/huge_memory.c). The model does not say it: the usual answer is given, and some unusual ones in a run; asked again, a page
/// is as it was.
/// </summary>
internal static class PageFacts
{
    /// <summary>How much that is out of the usual happens in a run.</summary>
    private const int MostUnusual = 3;

    private const string Large = "a part of a large folio";
    private const string Shared = "mapped by others as well";

    // Pages of a large folio.
    private const int ManyPages = 2;

    // Of folio_pte_batch().
    private const int FewestArguments = 4;

    /// <summary>True if something more out of the usual may happen in the run.</summary>
    public static bool MayBeUnusual(KernelCall call) => call.State.Deviations < MostUnusual;

    /// <summary>The state after something out of the usual.</summary>
    public static KernelState Unusual(KernelCall call) => call.State with { Deviations = call.State.Deviations + 1 };

    /// <summary>PageTransCompound(), folio_test_large(): (page).</summary>
    public static IEnumerable<Outcome> IsLarge(KernelCall call) => Ask(call, Large, usual: 0, unusual: 1);

    /// <summary>folio_likely_mapped_shared(), folio_maybe_mapped_shared(): (folio).</summary>
    public static IEnumerable<Outcome> IsShared(KernelCall call) => Ask(call, Shared, usual: 0, unusual: 1);

    /// <summary>page_mapcount(), folio_mapcount(), folio_estimated_sharers(): (page). Of a large folio newer kernels count every page.</summary>
    public static IEnumerable<Outcome> Mappings(KernelCall call)
    {
        var pages = call.Function.Name == "folio_mapcount" && call.Program.Definition("folio_estimated_sharers") is null ? NumberOfPages(call) : 1;
        return Ask(call, Shared, usual: 0, unusual: 1).Select(outcome => outcome with { Result = Value.Of(pages * (1 + outcome.Result!.Value.Bits)) });
    }

    /// <summary>folio_nr_pages(): (folio).</summary>
    public static Value Count(KernelCall call) => Value.Of(NumberOfPages(call));

    /// <summary>PageLRU(), folio_test_lru(): (page).</summary>
    public static IEnumerable<Outcome> IsOnList(KernelCall call) => Ask(call, "not on a list of the LRU", usual: 1, unusual: 0);

    /// <summary>PageAnon(), folio_test_anon(): (page).</summary>
    public static IEnumerable<Outcome> IsAnonymous(KernelCall call) => Ask(call, "of a file", usual: 1, unusual: 0);

    /// <summary>PageDirty(), folio_test_dirty(): (page).</summary>
    public static IEnumerable<Outcome> IsDirty(KernelCall call) => Ask(call, "dirty", usual: 0, unusual: 1);

    /// <summary>PageSwapCache(), folio_test_swapcache(): (page).</summary>
    public static IEnumerable<Outcome> IsInSwapCache(KernelCall call) => Ask(call, "in the swap cache", usual: 0, unusual: 1);

    /// <summary>PageUnevictable(), folio_test_unevictable(): (page).</summary>
    public static IEnumerable<Outcome> IsUnevictable(KernelCall call) => Ask(call, "unevictable", usual: 0, unusual: 1);

    /// <summary>folio_test_active(), PageActive(): (page). It makes no difference to anybody but the LRU.</summary>
    public static Value IsActive(KernelCall call) => Value.Of(0);

    /// <summary>is_zone_device_page(), folio_is_zone_device(): (page).</summary>
    public static IEnumerable<Outcome> IsOfDevice(KernelCall call) => Ask(call, "of a device", usual: 0, unusual: 1);

    /// <summary>is_huge_zero_pmd(): (pmd).</summary>
    public static IEnumerable<Outcome> IsHugeZero(KernelCall call) => Answer(call, Value.Of(0), Value.Of(1), "the huge zero page");

    /// <summary>is_pmd_migration_entry(), pmd_is_migration_entry(): (pmd). What is neither there nor nothing is one, on the middle level.</summary>
    public static Value IsMigration(KernelCall call)
    {
        const long Present = 1;
        var entry = call.Execution.Memory.Load(call.Number(0), sizeof(ulong)).Bits;
        return Value.Of(entry != 0 && (entry & Present) == 0);
    }

    /// <summary>non_swap_entry(): (entry).</summary>
    public static IEnumerable<Outcome> IsNoSwap(KernelCall call) => Answer(call, Value.Of(0), Value.Of(1), "an entry that is no place in swap");

    /// <summary>is_hwpoison_entry(), is_poisoned_swp_entry(), is_swapin_error_entry(): (entry).</summary>
    public static IEnumerable<Outcome> IsPoisoned(KernelCall call) => Answer(call, Value.Of(0), Value.Of(1), "an entry of broken memory");

    /// <summary>vm_normal_page(), vm_normal_folio(): (vma, address, entry). Null for pages that nobody counts.</summary>
    public static IEnumerable<Outcome> OfEntry(KernelCall call)
    {
        _ = call.Vma(0);
        return Answer(call, call.AddressOf(KernelObjects.Page, (int)Pages.Number(call.Number(1))), Value.Of(0), $"{call.Place(call.Number(1))} has no page that is counted");
    }

    /// <summary>read_swap_cache_async(): (entry, ...). The page, with a reference; null if there is no memory for it. Waits for the disk.</summary>
    public static IEnumerable<Outcome> ReadSwap(KernelCall call)
    {
        _ = TableLocks.Sleep(call);
        var read = call.Fork();
        var page = KernelReferences.Take(read, KernelObjects.Page, 0);
        yield return new Outcome(read.State, page);
        if (MayBeUnusual(call))
        {
            call.Tell("there is no memory left");
            yield return new Outcome(Unusual(call), Value.Of(0));
        }
    }

    /// <summary>trylock_page(), folio_trylock(): (page).</summary>
    public static IEnumerable<Outcome> TryLock(KernelCall call) => Answer(call, Value.Of(1), Value.Of(0), "somebody else has locked it");

    /// <summary>lock_page(), folio_lock(): (page). Waits for it.</summary>
    public static Value Lock(KernelCall call)
    {
        NeedHold(call);
        return TableLocks.Sleep(call);
    }

    /// <summary>unlock_page(), folio_unlock(): (page).</summary>
    public static Value Unlock(KernelCall call)
    {
        NeedHold(call);
        return default;
    }

    /// <summary>split_huge_page(), split_folio(): (page). 0 if all pages are their own folio now.</summary>
    public static IEnumerable<Outcome> Split(KernelCall call)
    {
        NeedHold(call);
        _ = TableLocks.Sleep(call);
        var split = call.Fork();
        split.State = split.State with { PageFacts = split.State.PageFacts.SetItem((call.Number(0), Large), 0) };
        split.Tell("large folio split");
        yield return new Outcome(split.State, Value.Of(0));
        if (MayBeUnusual(call))
        {
            var failed = call.Fork();
            failed.Tell("fails: the page is busy");
            yield return new Outcome(Unusual(failed), Value.Of(-(int)Model.Errno.EBUSY));
        }
    }

    /// <summary>isolate_lru_page(): (page). 0, up to 6.3 an error if it is on no list; folio_isolate_lru() says true if it could be taken.</summary>
    public static IEnumerable<Outcome> Isolate(KernelCall call)
    {
        var isBoolean = call.Function.Name == "folio_isolate_lru";
        return Answer(call, Value.Of(isBoolean ? 1 : 0), Value.Of(isBoolean ? 0 : -(int)Model.Errno.EBUSY), "somebody else has taken it off its list");
    }

    /// <summary>folio_free_swap(), try_to_free_swap(): (page). True if its place in swap could be given up.</summary>
    public static IEnumerable<Outcome> FreeSwap(KernelCall call) => Answer(call, Value.Of(1), Value.Of(0), "its place in swap is still used");

    /// <summary>madvise_free_huge_pmd(): (gather, vma, pmd, address, next). True if the whole huge page was marked; else it may have been split.</summary>
    public static IEnumerable<Outcome> FreeHuge(KernelCall call)
    {
        Batches.NeedOpenGather(call, call.Number(0));
        _ = call.Vma(1);
        return Answer(call, Value.Of(1), Value.Of(0), "the huge page stays");
    }

    /// <summary>need_resched().</summary>
    public static IEnumerable<Outcome> IsTimeUp(KernelCall call) => Answer(call, Value.Of(0), Value.Of(1), "somebody else is waiting for the processor");

    /// <summary>
    /// folio_pte_batch(): (folio, [address], entry's address, entry, most, ...), folio_pte_batch_flags(): (folio, vma, entry's address, entry, most, flags). How many entries in a row map the folio.
    /// </summary>
    public static IEnumerable<Outcome> Batch(KernelCall call)
    {
        var most = call.Arguments.Length == FewestArguments ? call.Number(FewestArguments - 1) : call.Number(FewestArguments);

        // Whether one of them is writable, young or dirty is told through the pointers at the end, if there are any.
        var told = call.Arguments.Skip(FewestArguments + 2).Where(static pointer => pointer.Bits != 0).Select(static pointer => (ulong)pointer.Bits).ToList();
        yield return new Outcome(call.State, Value.Of(1), [.. told.Select(static pointer => new Store(pointer, 1, 0))]);
        if (NumberOfPages(call) is var pages && pages > 1 && most >= (ulong)pages && MayBeUnusual(call))
        {
            var whole = call.Fork();
            whole.Tell("all of the folio is mapped here");
            yield return new Outcome(Unusual(whole), Value.Of(pages), [.. told.Select(static pointer => new Store(pointer, 1, 1))]);
        }
    }

    /// <summary>swap_pte_batch(): how many entries in a row are neighbours in swap. One: the others are not known.</summary>
    public static Value BatchInSwap(KernelCall call) => Value.Of(1);

    /// <summary>get_page(), folio_get(): (page).</summary>
    public static Value Get(KernelCall call)
    {
        _ = KernelReferences.Take(call, KernelObjects.Page, 0);
        return default;
    }

    private static long NumberOfPages(KernelCall call) => call.State.PageFacts.GetValueOrDefault((call.Number(0), Large)) != 0 ? ManyPages : 1;

    /// <summary>A page that a callback of a walk found in a table is there as long as the table's lock is held; then only with a reference.</summary>
    private static void NeedHold(KernelCall call)
    {
        if (call.Execution.IsCalledBack && call.State.SpinLocks.IsEmpty && !call.State.ObjectReferences.ContainsKey(KernelObjects.Page))
        {
            throw StopException.Violates(ViolationKind.Reference, $"{call.Caller}() hands a page to {call.Function}() that it holds no reference to");
        }
    }

    /// <summary>A question whose answer stays.</summary>
    private static IEnumerable<Outcome> Ask(KernelCall call, string fact, long usual, long unusual)
    {
        var key = (call.Number(0), fact);
        if (call.State.PageFacts.TryGetValue(key, out var known))
        {
            yield return new Outcome(call.State, Value.Of(known));
            yield break;
        }

        yield return new Outcome(call.State with { PageFacts = call.State.PageFacts.SetItem(key, usual) }, Value.Of(usual));
        if (MayBeUnusual(call))
        {
            var other = call.Fork();
            other.Tell($"the page is {fact}");
            yield return new Outcome(Unusual(other) with { PageFacts = call.State.PageFacts.SetItem(key, unusual) }, Value.Of(unusual));
        }
    }

    /// <summary>A question that has another answer each time.</summary>
    private static IEnumerable<Outcome> Answer(KernelCall call, Value usual, Value unusual, string why)
    {
        yield return new Outcome(call.State, usual);
        if (MayBeUnusual(call))
        {
            var other = call.Fork();
            other.Tell(why);
            yield return new Outcome(Unusual(other), unusual);
        }
    }
}
