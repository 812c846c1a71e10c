using Review.Core.Syntax;
using Review.Model;
using Review.Model.Memory;
using Review.Witness.Interpretation;

namespace Review.Witness.Bindings;

/// <summary>
/// What functions that go down page tables themselves call (mm/memory.c, mm/mprotect.c, mm/mremap.c, mm/huge_memory.c). The upper levels are interpreted on
/// <see cref="PageTableImage"/>; work on single entries of the lowest level is a step.
/// </summary>
internal static class PageTables
{
    private const int Entries = 512;

    /// <summary>__p4d_alloc(), __pud_alloc(), __pmd_alloc(): (mm, entry above, address). __pte_alloc(): (mm, pmd). 0, or -ENOMEM where there is no memory for the table.</summary>
    public static IEnumerable<Outcome> Allocate(KernelCall call)
    {
        if (call.Execution.Memory.Load(call.Number(1), 8).Bits != 0)
        {
            // Somebody else was faster.
            yield return new Outcome(call.State, Value.Of(0));
            yield break;
        }

        yield return WithTable(call, call.Number(1), Value.Of(0));
        if (call.State.Deviations == 0)
        {
            yield return Deviating(call, $"-{Errno.ENOMEM}: there is no memory left", Value.Of(-(int)Errno.ENOMEM));
        }
    }

    /// <summary>__split_huge_pmd(): (vma, pmd, address, ...). Anonymous memory is mapped by a table then; a file's is not mapped at all, and comes back with the next faults.</summary>
    public static IEnumerable<Outcome> SplitHuge(KernelCall call)
    {
        var vma = call.Vma(0);
        if (vma.IsAnonymous)
        {
            yield return WithTable(call, call.Number(1), Value.Of(0));
        }
        else
        {
            yield return new Outcome(call.State, Value.Of(0), new Store(call.Number(1), 8, 0));
        }
    }

    /// <summary>change_huge_pmd(): ([tlb], vma, pmd, address, ...). 512: all was done and is to be flushed; 1: nothing to do; 0: it is no huge page any more.</summary>
    public static IEnumerable<Outcome> ChangeHuge(KernelCall call)
    {
        var first = FirstVma(call);
        NeedWork(call, first, call.Number(first + 2), call.Number(first + 2) + Pages.HugeSize);
        yield return new Outcome(call.State, Value.Of(Entries));
        yield return new Outcome(call.State, Value.Of(1));
        foreach (var split in SplitUnder(call, call.Number(first + 1)))
        {
            yield return split;
        }
    }

    /// <summary>change_pte_range(): ([tlb], vma, pmd, address, end, ...). The number of entries changed; newer ones ask to be called again if the table went away.</summary>
    public static IEnumerable<Outcome> ChangeEntries(KernelCall call)
    {
        var first = FirstVma(call);
        var (start, end) = (call.Number(first + 2), call.Number(first + 3));
        NeedWork(call, first, start, end);
        var done = call.Fork();
        done.Tell($"changes the entries of {call.Range(start, end)}");
        yield return new Outcome(done.State, Value.Of((long)((end - start) / Pages.Size)));
        yield return new Outcome(call.State, Value.Of(0));
        if (MayAskAgain(call) && call.State.Deviations == 0)
        {
            yield return Deviating(call, "asks to be called again", Value.Of(-(int)Errno.EAGAIN));
        }
    }

    /// <summary>move_ptes(): (vma, pmd, address, end, new vma, new pmd, new address, ...).</summary>
    public static IEnumerable<Outcome> MoveEntries(KernelCall call)
    {
        NeedWork(call, 0, call.Number(2), call.Number(3));
        var done = call.Fork();
        done.Tell($"moves the entries of {call.Range(call.Number(2), call.Number(3))}");
        yield return new Outcome(done.State, Value.Of(0));
        if (MayAskAgain(call) && call.State.Deviations == 0)
        {
            yield return Deviating(call, "asks to be called again", Value.Of(-(int)Errno.EAGAIN));
        }
    }

    /// <summary>move_pgt_entry(): (kind, vma, address, ...). True if a whole table or huge page could be moved.</summary>
    public static IEnumerable<Outcome> MoveTable(KernelCall call)
    {
        var vma = call.Vma(1);
        Batches.NeedOpenNotifier(call);
        Batches.NeedNotified(call, call.Number(2), Math.Min(call.Number(2) + Pages.HugeSize, vma.End));
        yield return new Outcome(call.State, Value.Of(1));
        yield return new Outcome(call.State, Value.Of(0));
    }

    /// <summary>copy_pte_range(): (dst vma, src vma, dst pmd, src pmd, address, end), and the copying of huge pages: 0, or -ENOMEM.</summary>
    public static IEnumerable<Outcome> Copy(KernelCall call)
    {
        yield return new Outcome(call.State, Value.Of(0));
        if (call.State.Deviations == 0)
        {
            yield return Deviating(call, $"-{Errno.ENOMEM}: there is no memory left", Value.Of(-(int)Errno.ENOMEM));
        }
    }

    /// <summary>copy_huge_pmd(): as <see cref="Copy"/>; -EAGAIN if the huge page had to be split.</summary>
    public static IEnumerable<Outcome> CopyHuge(KernelCall call)
    {
        foreach (var outcome in Copy(call))
        {
            yield return outcome;
        }

        yield return WithTable(call, call.Number(3), Value.Of(-(int)Errno.EAGAIN));
    }

    /// <summary>move_hugetlb_page_tables(): (vma, new vma, address, new address, length). How many bytes were moved.</summary>
    public static Value MoveHugeTlb(KernelCall call)
    {
        _ = call.Vma(0);
        return Value.Of((long)call.Number(4));
    }

    /// <summary>hugetlb_change_protection(): (vma, start, end, ...). It tells the notifiers itself.</summary>
    public static Value ChangeHugeTlb(KernelCall call)
    {
        _ = call.Vma(0);
        return Value.Of((long)((call.Number(2) - call.Number(1)) / Pages.Size));
    }

    /// <summary>What is behind static_cpu_has(): (feature). Of what the processor can the number of levels makes a difference.</summary>
    public static Value CpuHas(KernelCall call)
    {
        const int FiveLevels = (16 * 32) + 16;
        return Value.Of(call.Number(0) == FiveLevels && PageTableImage.HasFiveLevels(call.Mission));
    }

    /// <summary>pgd_clear_bad() and those of the other levels: (entry).</summary>
    public static Value ClearBad(KernelCall call)
    {
        call.Execution.Memory.Store(call.Number(0), 8, Value.Of(0));
        return default;
    }

    // Since 6.x work on an entry may be preceded by the TLB gather.
    private static int FirstVma(KernelCall call) => call.Function.Signature is { Parameters: [var first, ..] } && first.IsPointerTo(KernelObjects.Vma) ? 0 : 1;

    private static void NeedWork(KernelCall call, int vma, ulong start, ulong end)
    {
        _ = call.Vma(vma);
        if (vma > 0)
        {
            Batches.NeedOpenGather(call, call.Number(0));
        }

        Batches.NeedOpenNotifier(call);
        Batches.NeedNotified(call, start, end);
    }

    /// <summary>True if the function's own code returns -EAGAIN anywhere.</summary>
    private static bool MayAskAgain(KernelCall call) =>
        call.Program.Definition(call.Function.Name)?.Body.DescendantsAndSelf<ReturnStatement>().Any(static end => end.Value?.Constant == -(long)Errno.EAGAIN) == true;

    private static IEnumerable<Outcome> SplitUnder(KernelCall call, ulong pmd)
    {
        var split = call.Fork();
        split.Tell("finds the huge page split");
        yield return WithTable(split, pmd, Value.Of(0));
    }

    private static Outcome Deviating(KernelCall call, string why, Value result)
    {
        var other = call.Fork();
        other.Tell(why);
        return new Outcome(other.State with { Deviations = 1 }, result);
    }

    private static Outcome WithTable(KernelCall call, ulong entry, Value result) => new(call.State, null)
    {
        Make = memory =>
        {
            memory.Store(entry, sizeof(ulong), Value.Of(PageTableImage.EntryFor(PageTableImage.NewTable(memory))));
            return result;
        },
    };
}
