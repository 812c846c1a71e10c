using Review.Model.Memory;
using Review.Witness.Interpretation;

namespace Review.Witness.Bindings;

/// <summary>Finding VMAs (mm/mmap.c, mm/vma.h). The trees below are the model's business.</summary>
internal static class Lookup
{
    public static Value FindVma(KernelCall call) => Found(call, call.Mm.FindVma(call.Number(1)), call.Number(1));

    public static Value VmaLookup(KernelCall call) => Found(call, call.Mm.Lookup(call.Number(1)), call.Number(1));

    public static Value FindIntersection(KernelCall call) =>
        Found(call, call.Mm.FindVma(call.Number(1)) is { } vma && vma.Start < call.Number(2) ? vma : null, call.Number(1));

    public static Value FindVmaPrev(KernelCall call)
    {
        var address = call.Number(1);
        var at = call.Mm.IndexAfter(address);
        var previous = at > 0 ? call.Mm.Vmas[at - 1] : null;
        call.Execution.Memory.Store(call.Number(2), 8, call.AddressOf(previous));
        return Found(call, call.Mm.FindVma(address), address);
    }

    /// <summary>Hands out a VMA, for which the lock has to be held.</summary>
    public static Value Found(KernelCall call, Vma? vma, ulong address)
    {
        call.NeedLock();
        call.Tell(vma is null ? $"no VMA at {call.Place(address)}" : $"vma = {call.Range(vma.Start, vma.End)}");
        return call.AddressOf(vma);
    }
}
