using Review.Model;
using Review.Model.Advice;
using Review.Model.Memory;
using Review.Witness.Interpretation;

namespace Review.Witness.Bindings;

/// <summary>Taking pages away and walking page tables (mm/memory.c, mm/pagewalk.c). The callbacks of a walk are effects of the model, told apart by their names.</summary>
internal static class PageWork
{
    /// <summary>zap_page_range(), zap_page_range_single(): (vma, address, size, ...).</summary>
    public static Value ZapPageRange(KernelCall call)
    {
        Zap(call, call.Vma(0), call.Number(1), call.Number(2));
        return default;
    }

    /// <summary>zap_page_range_single_batched(): (tlb, vma, address, size, details).</summary>
    public static Value ZapBatched(KernelCall call)
    {
        Batches.NeedOpenGather(call, call.Number(0));
        Zap(call, call.Vma(1), call.Number(2), call.Number(3));
        return default;
    }

    /// <summary>unmap_single_vma(), unmap_page_range(): (tlb, vma, start, end, ...). The first one stays inside the VMA by itself.</summary>
    public static Value Unmap(KernelCall call)
    {
        Batches.NeedOpenGather(call, call.Number(0));
        var vma = call.Vma(1);
        var isClamped = call.Function.Name == "unmap_single_vma";
        var (start, end) = isClamped ? (Math.Max(call.Number(2), vma.Start), Math.Min(call.Number(3), vma.End)) : (call.Number(2), call.Number(3));
        if (start < end || !isClamped)
        {
            Batches.NeedOpenNotifier(call);
            Batches.NeedNotified(call, start, end);
            Zap(call, vma, start, end - start);
        }

        return default;
    }

    /// <summary>walk_page_range(): (mm, start, end, operations, private).</summary>
    public static Value WalkRange(KernelCall call)
    {
        call.NeedLock();
        return Walk(call, call.Number(1), call.Number(2), call.Number(3), call.Number(4));
    }

    /// <summary>walk_page_range_vma(): (vma, start, end, operations, private).</summary>
    public static Value WalkVma(KernelCall call)
    {
        var vma = call.Vma(0);
        var (start, end) = (call.Number(1), call.Number(2));
        return start >= vma.Start && end <= vma.End ? Walk(call, start, end, call.Number(3), call.Number(4)) : Value.Of(-(int)Errno.EINVAL);
    }

    private static void Zap(KernelCall call, Vma vma, ulong start, ulong size)
    {
        var end = start + size;
        if (size == 0 || start < vma.Start || end > vma.End || end < start)
        {
            throw StopException.Violates(ViolationKind.PageLost, $"{call.Caller}() zaps {call.Range(start, end)}, which is not inside its VMA {call.Range(vma.Start, vma.End)}");
        }

        if (start < call.Mission.Start || end > Math.Max(call.Mission.End, call.Mission.Start))
        {
            throw StopException.Violates(ViolationKind.PageLost, $"{call.Caller}() zaps {call.Range(start, end)}, more than was asked for");
        }

        if (call.Seeks(ViolationKind.PageLost) && (vma.HasAny(VmFlags.PfnMap) || (vma.Has(VmFlags.Locked) && call.Mission.Advice != Madv.DontNeedLocked)))
        {
            throw StopException.Violates(ViolationKind.PageLost, $"{call.Caller}() zaps pages of a VMA that is {(vma.Has(VmFlags.Locked) ? "locked in memory" : "VM_PFNMAP")}");
        }

        RemoteAdvice.NeedPermission(call);
        call.Machine = call.Machine.ZapRange(call.Space, vma, start, end, ZapScope.Pages);
        MarkDone(call, start, end);
        call.Tell($"zaps {call.Range(start, end)}");
    }

    private static Value Walk(KernelCall call, ulong start, ulong end, ulong operations, ulong data)
    {
        if (start >= end)
        {
            return Value.Of(-(int)Errno.EINVAL);
        }

        Batches.NeedNotified(call, start, end);
        var callback = Callback(call, operations);
        var result = 0;
        foreach (var vma in call.Mm.Overlapping(start, end).ToList())
        {
            var (from, to) = (Math.Max(start, vma.Start), Math.Min(end, vma.End));
            result = Visit(call, callback, vma, from, to, data);
            if (result != 0)
            {
                break;
            }
        }

        return Value.Of(result);
    }

    /// <summary>The effect of one callback on [start, end) of a VMA: 0, or what it returns.</summary>
    private static int Visit(KernelCall call, string callback, Vma vma, ulong start, ulong end, ulong data)
    {
        switch (callback)
        {
            case "madvise_free_pte_range":
                Batches.NeedOpenGather(call, data);
                NeedUnlockedMemory(call, vma);
                RemoteAdvice.NeedPermission(call);
                call.Machine = LazyFree.Free(call.Machine, call.Space, start, end);
                call.Tell($"marks {call.Range(start, end)} as lazily freed");
                break;
            case "madvise_cold_or_pageout_pte_range":
                Batches.NeedOpenGather(call, (ulong)Member(call, data, "madvise_walk_private", "tlb", 8));
                NeedUnlockedMemory(call, vma);
                var isPageOut = Member(call, data, "madvise_walk_private", "pageout", 1) != 0;
                call.Machine = isPageOut ? LazyFree.PageOut(call.Machine, call.Space, vma, start, end) : call.Machine;
                call.Tell($"{(isPageOut ? "pages out" : "deactivates")} {call.Range(start, end)}");
                break;
            case "swapin_walk_pmd_entry":
                call.Tell($"reads swap ahead for {call.Range(start, end)}");
                break;
            case "guard_remove_pte_entry" or "guard_remove_pmd_entry":
                call.Machine = call.Machine.ChangeEntries(call.Space, start, end, static pte => pte.Kind == PteKind.Guard ? Pte.None : pte);
                call.Tell($"removes guards from {call.Range(start, end)}");
                break;
            case "guard_install_pte_entry" or "guard_install_pmd_entry":
                if (!TryInstallGuards(call, start, end, data))
                {
                    return 1;
                }

                break;
            default:
                throw StopException.Needs($"the page walk callback {callback}()");
        }

        MarkDone(call, start, end);
        return 0;
    }

    /// <summary>Makes entries that are empty guards and counts them at an address, up to the first page; false if there is one, which has to be zapped before.</summary>
    private static bool TryInstallGuards(KernelCall call, ulong start, ulong end, ulong count)
    {
        var table = call.Mm.Table;
        for (var number = Pages.Number(start); number < Pages.Number(end); number++)
        {
            if (table[number] is { IsNone: false, Kind: not PteKind.Guard })
            {
                call.Machine = call.Machine.With(call.Space, call.Mm.WithTables(start, end) with { Table = table });
                return false;
            }

            table = table.With(number, new Pte(PteKind.Guard));
            call.Execution.Memory.Store(count, 8, Value.Of(call.Execution.Memory.Load(count, 8).Bits + 1));
        }

        call.Machine = call.Machine.With(call.Space, call.Mm.WithTables(start, end) with { Table = table });
        call.Tell($"makes guards of {call.Range(start, end)}");
        return true;
    }

    private static void NeedUnlockedMemory(KernelCall call, Vma vma)
    {
        if (call.Seeks(ViolationKind.PageLost) && vma.HasAny(VmFlags.Locked | VmFlags.PfnMap | VmFlags.HugeTlb))
        {
            throw StopException.Violates(ViolationKind.PageLost, $"{call.Caller}() works on pages of a VMA that is locked in memory, VM_PFNMAP or hugetlb");
        }
    }

    /// <summary>The name of the function that a walk's operations call first.</summary>
    private static string Callback(KernelCall call, ulong operations)
    {
        foreach (var member in (string[])["pmd_entry", "pte_entry"])
        {
            if (Member(call, operations, "mm_walk_ops", member, 8) is not 0 and var address)
            {
                return call.Program.FunctionAt((ulong)address)?.Name ?? throw StopException.Needs("the function that a page walk calls");
            }
        }

        throw StopException.Needs("a page walk without callbacks");
    }

    private static long Member(KernelCall call, ulong target, string record, string member, int size)
    {
        var offset = call.Program.OffsetOf(record, member) ?? throw StopException.Needs($"where {record}.{member} lies");
        var value = call.Execution.Memory.Load(target + (ulong)offset, size);
        return value.IsDefined ? value.Bits : throw StopException.Violates(ViolationKind.Memory, $"{call.Caller}() hands a struct {record} to {call.Function}() whose {member} was never set");
    }

    /// <summary>Takes down that pages were worked on.</summary>
    public static void MarkDone(KernelCall call, ulong start, ulong end)
    {
        var done = call.State.Done.ToBuilder();
        for (var page = Pages.Number(start); page < Pages.Number(end); page++)
        {
            _ = done.Add(page);
        }

        call.State = call.State with { Done = done.ToImmutable() };
    }
}
