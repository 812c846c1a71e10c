using Review.Model;
using Review.Model.Faults;
using Review.Model.Memory;
using Review.Witness.Interpretation;

namespace Review.Witness.Bindings;

/// <summary>Splitting, merging and marking VMAs (mm/mmap.c, mm/vma.c, mm/ksm.c, mm/khugepaged.c).</summary>
internal static class VmaChanges
{
    /// <summary>split_vma(), __split_vma(): (mm or iterator, vma, address, new part below).</summary>
    public static Value Split(KernelCall call)
    {
        call.NeedWriteLock();
        var vma = call.Vma(1);
        var address = call.Number(2);
        if (address <= vma.Start || address >= vma.End)
        {
            throw StopException.Violates(ViolationKind.Contract, $"{call.Caller}() splits a VMA at {call.Place(address)}, which is not inside it");
        }

        var machine = call.Machine;
        var error = VmaSplit.Split(ref machine, call.Space, vma, address, call.Number(3) != 0);
        call.Machine = machine;
        call.Tell(error == Errno.None ? $"VMA split at {call.Place(address)}" : $"VMA not split: {error}");
        return Value.Of(-(int)error);
    }

    /// <summary>vma_merge() as far as it merges a part of one VMA: (mm, prev, start, end, flags, anon_vma, file, pgoff, policy, userfaultfd, [name]).</summary>
    public static Value Merge(KernelCall call)
    {
        call.NeedWriteLock();
        if (call.Function.Signature is not { Parameters: [var mm, _, _, _, ..] } || !mm.IsPointerTo(KernelObjects.Mm))
        {
            throw StopException.Needs("vma_merge() in the form of this tree");
        }

        var (start, end, flags) = (call.Number(2), call.Number(3), (VmFlags)call.Number(4));
        NeedPredecessor(call, call.Number(1), start);
        if (call.Mm.Lookup(start) is not { } vma || end > vma.End)
        {
            throw StopException.Needs("vma_merge() of a range that is not inside one VMA");
        }

        var merging = call.Machine.MergeExisting(call.Space, new MergeRequest(vma with { Start = start, End = end, PageOffset = vma.OffsetOf(start), Flags = flags }, vma), out var merged);
        if (merged is null)
        {
            return Value.Of(0);
        }

        call.Machine = merging;
        call.Tell($"VMA merged: {call.Range(merged.Start, merged.End)}");
        return call.AddressOf(merged);
    }

    /// <summary>Requires that a VMA is the one that a range starts in, or else the last one before it; vma_merge() takes the one behind it for the neighbour.</summary>
    private static void NeedPredecessor(KernelCall call, ulong previous, ulong start)
    {
        var at = call.Mm.IndexAfter(start);
        var before = at > 0 ? call.Mm.Vmas[at - 1] : null;
        var within = call.Mm.Lookup(start) is { } vma && vma.Start < start ? vma : null;
        if (previous != (ulong)call.AddressOf(within ?? before).Bits)
        {
            throw StopException.Violates(ViolationKind.Contract, $"{call.Caller}() hands {call.Function}() a VMA that is not the one before {call.Place(start)}");
        }
    }

    /// <summary>vma_modify_flags(): (iterator, prev, vma, start, end, flags or a pointer to them, [name]).</summary>
    public static Value ModifyFlags(KernelCall call)
    {
        call.NeedWriteLock();
        var vma = call.Vma(2);
        var (start, end) = (call.Number(3), call.Number(4));
        var wanted = call.Function.Signature is { Parameters: [_, _, _, _, _, { Pointee: not null }, ..] } ? call.Execution.Memory.Load(call.Number(5), 8) : call.Arguments[5];
        var machine = call.Machine;
        var error = VmaSplit.Modify(ref machine, call.Space, vma, start, end, old => old with { Flags = (VmFlags)wanted.Bits | (old.Flags & VmFlags.IgnoreMerge) }, out var result);
        call.Machine = machine;
        call.Tell(error == Errno.None ? $"VMA now {call.Range(result.Start, result.End)}" : $"VMA not changed: {error}");
        return error == Errno.None ? call.AddressOf(result) : Value.Of(-(int)error);
    }

    /// <summary>mprotect_fixup(): ([iterator], [tlb], vma, &amp;prev, start, end, flags). Splits or merges, and leaves the VMA of the range in prev.</summary>
    public static IEnumerable<Outcome> Protect(KernelCall call)
    {
        call.NeedWriteLock();
        if (call.Function.Signature is not { Parameters: var parameters } || Enumerable.Range(0, parameters.Length).FirstOrDefault(i => parameters[i].IsPointerTo(KernelObjects.Vma), -1) is not (>= 0 and var first))
        {
            throw StopException.Needs("mprotect_fixup() in the form of this tree");
        }

        if (first > 0)
        {
            Batches.NeedOpenGather(call, call.Number(first - 1));
        }

        var (vma, start, end, flags) = (call.Vma(first), call.Number(first + 2), call.Number(first + 3), (VmFlags)call.Number(first + 4));
        if (start < vma.Start || end > vma.End || start >= end)
        {
            throw StopException.Violates(ViolationKind.Contract, $"{call.Caller}() hands {call.Range(start, end)} to mprotect_fixup(), which is not inside its VMA {call.Range(vma.Start, vma.End)}");
        }

        var done = call.Fork();
        var (machine, result) = (call.Machine, vma);
        var error = flags == vma.Flags ? Errno.None : VmaSplit.Modify(ref machine, call.Space, vma, start, end, old => old with { Flags = flags | (old.Flags & VmFlags.IgnoreMerge) }, out result);
        done.Machine = machine;
        done.Tell(error == Errno.None ? $"VMA now {call.Range(result.Start, result.End)}" : $"VMA not changed: {error}");
        yield return error == Errno.None ? new Outcome(done.State, Value.Of(0), new Store(call.Number(first + 1), 8, call.AddressOf(result).Bits)) : new Outcome(done.State, Value.Of(-(int)error));
        if (call.State.Deviations == 0)
        {
            var failed = call.Fork();
            failed.Tell($"-{Errno.ENOMEM}: there is no memory left");
            yield return new Outcome(failed.State with { Deviations = 1 }, Value.Of(-(int)Errno.ENOMEM));
        }
    }

    /// <summary>security_file_mprotect() and a device's own function: (vma, ...). 0, or -EACCES.</summary>
    public static IEnumerable<Outcome> MayProtect(KernelCall call)
    {
        _ = call.Vma(0);
        yield return new Outcome(call.State, Value.Of(0));
        if (call.State.Deviations == 0)
        {
            var refused = call.Fork();
            refused.Tell($"-{Errno.EACCES}");
            yield return new Outcome(refused.State with { Deviations = 1 }, Value.Of(-(int)Errno.EACCES));
        }
    }

    public static Value ChangeFlags(KernelCall call)
    {
        call.NeedWriteLock();
        var vma = call.Vma(0);
        var flags = (VmFlags)call.Number(1);
        Set(call, vma, call.Function.Name switch
        {
            "vm_flags_set" => vma.Flags | flags,
            "vm_flags_clear" => vma.Flags & ~flags,
            _ => flags,
        });
        return default;
    }

    /// <summary>vma_flag_set_atomic(): one flag by its bit, under any lock.</summary>
    public static Value SetFlag(KernelCall call)
    {
        var vma = call.Vma(0);
        Set(call, vma, vma.Flags | (VmFlags)(1UL << (int)call.Number(1)));
        return default;
    }

    /// <summary>ksm_madvise(): (vma, start, end, advice, &amp;flags).</summary>
    public static Value KsmAdvice(KernelCall call)
    {
        _ = call.Vma(0);
        var flags = (VmFlags)call.Execution.Memory.Load(call.Number(4), 8).Bits;
        const VmFlags Unsuitable = VmFlags.Special | VmFlags.MayShare | VmFlags.Shared | VmFlags.HugeTlb | VmFlags.Droppable;
        if ((int)call.Number(3) == Madv.Unmergeable)
        {
            flags &= ~VmFlags.Mergeable;
        }
        else if ((flags & (Unsuitable | VmFlags.Mergeable)) == VmFlags.None)
        {
            flags |= VmFlags.Mergeable;
        }

        call.Execution.Memory.Store(call.Number(4), 8, Value.Of((long)flags));
        return Value.Of(0);
    }

    /// <summary>hugepage_madvise(): (vma, &amp;flags, advice).</summary>
    public static Value HugePageAdvice(KernelCall call)
    {
        _ = call.Vma(0);
        var flags = (VmFlags)call.Execution.Memory.Load(call.Number(1), 8).Bits;
        flags = (int)call.Number(2) == Madv.HugePage ? (flags & ~VmFlags.NoHugePage) | VmFlags.HugePage : (flags & ~VmFlags.HugePage) | VmFlags.NoHugePage;
        call.Execution.Memory.Store(call.Number(1), 8, Value.Of((long)flags));
        return Value.Of(0);
    }

    public static Value PrepareAnonVma(KernelCall call)
    {
        var vma = call.Vma(0);
        call.NeedLock();
        var machine = call.Machine;
        _ = PageFault.TryPrepareAnonVma(ref machine, call.Space, ref vma, FaultFlags.None);
        call.Machine = machine;
        return Value.Of(0);
    }

    /// <summary>A VMA with other flags in the place of the old one.</summary>
    public static void Set(KernelCall call, Vma vma, VmFlags flags) => call.Machine = call.Machine.With(call.Space, call.Mm.Replace(vma, vma with { Flags = flags }));
}
