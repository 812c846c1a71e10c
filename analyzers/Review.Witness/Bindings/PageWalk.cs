using Review.Model;
using Review.Model.Advice;
using Review.Model.Memory;
using Review.Witness.Interpretation;

namespace Review.Witness.Bindings;

/// <summary>Walks of page tables (mm/pagewalk.c) whose callbacks are effects of the model, told apart by their names. <see cref="EntryWalk"/> runs the callbacks themselves.</summary>
internal static class PageWalk
{
    private const string Operations = "mm_walk_ops";

    /// <summary>walk_page_range(): (mm, start, end, operations, private).</summary>
    public static Value Range(KernelCall call)
    {
        call.NeedLock();
        return Walk(call, call.Number(1), call.Number(2), call.Number(4));
    }

    /// <summary>walk_page_range_vma(): (vma, start, end, operations, private).</summary>
    public static Value OfVma(KernelCall call)
    {
        var vma = call.Vma(0);
        var (start, end) = (call.Number(1), call.Number(2));
        return start >= vma.Start && end <= vma.End ? Walk(call, start, end, call.Number(4)) : Value.Of(-(int)Errno.EINVAL);
    }

    private static Value Walk(KernelCall call, ulong start, ulong end, ulong data)
    {
        if (start >= end)
        {
            return Value.Of(-(int)Errno.EINVAL);
        }

        Batches.NeedNotified(call, start, end);
        var callback = CallbacksOf(call).Where(static callback => callback.Member is "pmd_entry" or "pte_entry").Select(static callback => callback.Function.Name).FirstOrDefault() ?? throw StopException.Needs("a page walk without callbacks");
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

        PageWork.MarkDone(call, start, end);
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

    /// <summary>The functions that a walk's operations name, by member, those for the upper levels first.</summary>
    public static IEnumerable<(string Member, CallTarget Function)> CallbacksOf(KernelCall call)
    {
        foreach (var member in (string[])["pud_entry", "pmd_entry", "pte_entry", "install_pte"])
        {
            if (call.Program.OffsetOf(Operations, member) is not null && Member(call, call.Number(3), Operations, member, 8) is not 0 and var address)
            {
                yield return (member, call.Program.FunctionAt((ulong)address) ?? throw StopException.Needs("the function that a page walk calls"));
            }
        }
    }

    public static long Member(KernelCall call, ulong target, string record, string member, int size)
    {
        var offset = call.Program.OffsetOf(record, member) ?? throw StopException.Needs($"where {record}.{member} lies");
        var value = call.Execution.Memory.Load(target + (ulong)offset, size);
        return value.IsDefined ? value.Bits : throw StopException.Violates(ViolationKind.Memory, $"{call.Caller}() hands a struct {record} to {call.Function}() whose {member} was never set");
    }
}
