using Review.Model;
using Review.Model.Advice;
using Review.Model.Memory;
using Review.Witness.Interpretation;

namespace Review.Witness.Bindings;

/// <summary>Taking pages away (mm/memory.c).</summary>
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
