using Review.Core.Syntax;
using Review.Model.Memory;
using Review.Witness.Interpretation;

namespace Review.Witness.Bindings;

/// <summary>The steps of mm/khugepaged.c below those that look after mmap_lock. Their results are named by enum scan_result, whose numbers are the tree's own.</summary>
internal static class HugePageCollapse
{
    /// <summary>hpage_collapse_scan_pmd(): (mm, vma, address, &amp;mmap_locked, control). Whatever goes to the end of it has dropped mmap_lock.</summary>
    public static IEnumerable<Outcome> ScanPmd(KernelCall call)
    {
        _ = call.Vma(1);
        foreach (var result in Known(call, "SCAN_PMD_MAPPED", "SCAN_PAGE_NULL", "SCAN_SCAN_ABORT", "SCAN_FAIL"))
        {
            yield return Ended(call, result);
        }

        foreach (var result in Known(call, "SCAN_SUCCEED", "SCAN_PAGE_LRU", "SCAN_ALLOC_HUGE_PAGE_FAIL", "SCAN_FAIL"))
        {
            var dropped = call.Fork();
            Locking.DropAsReader(dropped);
            yield return Ended(dropped, result, new Store(call.Number(3), 1, 0));
        }
    }

    /// <summary>hpage_collapse_scan_file(): (mm, address, file, offset, control).</summary>
    public static IEnumerable<Outcome> ScanFile(KernelCall call)
    {
        _ = Files.Alive(call, 2);
        return Known(call, "SCAN_SUCCEED", "SCAN_PTE_MAPPED_HUGEPAGE", "SCAN_PAGE_LRU", "SCAN_SCAN_ABORT", "SCAN_FAIL").Select(result => Ended(call, result));
    }

    /// <summary>collapse_pte_mapped_thp(): (mm, address, ...).</summary>
    public static IEnumerable<Outcome> CollapseMapped(KernelCall call)
    {
        call.NeedLock();
        return Known(call, "SCAN_SUCCEED", "SCAN_PMD_MAPPED", "SCAN_FAIL").Select(result => Ended(call, result));
    }

    /// <summary>hugepage_vma_check(), thp_vma_allowable_order() and its kind: may the VMA have huge pages? That depends on settings.</summary>
    public static IEnumerable<Outcome> MayBeHuge(KernelCall call)
    {
        var isSuitable = call.Vma(0) is { IsHugeTlb: false } vma && !vma.HasAny(VmFlags.Special);
        if (isSuitable)
        {
            yield return new Outcome(call.State, Value.Of(1));
        }

        if (!isSuitable || call.State.Deviations == 0)
        {
            var refused = call.Fork();
            refused.Tell("no huge pages here");
            yield return new Outcome(refused.State with { Deviations = 1 }, Value.Of(0));
        }
    }

    /// <summary>hpage_collapse_test_exit(): (mm). True if the process ends.</summary>
    public static IEnumerable<Outcome> IsExiting(KernelCall call)
    {
        yield return new Outcome(call.State, Value.Of(0));
        if (call.State.Deviations == 0)
        {
            var exiting = call.Fork();
            exiting.Tell("the process is ending");
            yield return new Outcome(exiting.State with { Deviations = 1 }, Value.Of(1));
        }
    }

    private static Outcome Ended(KernelCall call, (string Name, long Value) result, params Store[] stores)
    {
        var ended = call.Fork();
        ended.Tell(result.Name);
        return new Outcome(ended.State, Value.Of(result.Value), stores);
    }

    /// <summary>Those results that the tree has a name for.</summary>
    private static IEnumerable<(string Name, long Value)> Known(KernelCall call, params string[] names) =>
        from name in names let value = call.Program.Enumerator(name) where value is not null select (name, value.Value);
}
