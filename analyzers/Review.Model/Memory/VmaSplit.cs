namespace Review.Model.Memory;

/// <summary>Splitting VMAs, and changing the properties of a part of one (mm/vma.c).</summary>
public static class VmaSplit
{
    /// <summary>
    /// split_vma(): splits a VMA at an address inside it. The structure keeps the part above the address if <paramref name="newBelow"/>, else the part below.
    /// </summary>
    /// <returns>ENOMEM at vm.max_map_count; EINVAL where the mapping may not be split there.</returns>
    public static Errno Split(ref Machine machine, int space, Vma vma, ulong address, bool newBelow)
    {
        if (machine.Space(space).Vmas.Count >= machine.MaxMapCount)
        {
            return Errno.ENOMEM;
        }

        if (!MaySplit(vma, address))
        {
            return Errno.EINVAL;
        }

        machine = machine.SplitHugeAt(space, address);
        var below = vma with { End = address, Id = newBelow ? 0 : vma.Id };
        var above = vma with { Start = address, PageOffset = vma.OffsetOf(address), Id = newBelow ? vma.Id : 0 };
        machine = machine.With(space, machine.Space(space).Remove(vma).Insert(below, out _).Insert(above, out _));
        return Errno.None;
    }

    /// <summary>
    /// vma_modify(): gives [start, end) of a VMA other properties (flags, userfaultfd): merges the part with a neighbour or splits it off.
    /// </summary>
    /// <param name="machine">The machine, changed on success.</param>
    /// <param name="space">The address space.</param>
    /// <param name="vma">The VMA that contains the range.</param>
    /// <param name="start">First byte.</param>
    /// <param name="end">First byte behind.</param>
    /// <param name="change">The change of properties.</param>
    /// <param name="result">On success the VMA that now contains the range.</param>
    /// <returns>What a split returned.</returns>
    public static Errno Modify(ref Machine machine, int space, Vma vma, ulong start, ulong end, Func<Vma, Vma> change, out Vma result)
    {
        var wanted = change(vma) with { Start = start, End = end, PageOffset = vma.OffsetOf(start) };
        var merging = machine.MergeExisting(space, new MergeRequest(wanted, vma), out var merged);
        if (merged is not null)
        {
            machine = merging.SplitHugeAt(space, start).SplitHugeAt(space, end);
            result = merged;
            return Errno.None;
        }

        result = vma;
        if (start > vma.Start && Split(ref machine, space, vma, start, newBelow: true) is not Errno.None and var below)
        {
            return below;
        }

        vma = machine.Space(space).Lookup(start)!;
        if (end < vma.End && Split(ref machine, space, vma, end, newBelow: false) is not Errno.None and var above)
        {
            return above;
        }

        vma = machine.Space(space).Lookup(start)!;
        result = change(vma);
        machine = machine.With(space, machine.Space(space).Replace(vma, result));
        return Errno.None;
    }

    // vm_ops->may_split
    private static bool MaySplit(Vma vma, ulong address) => vma.Backing switch
    {
        Backing.Vdso or Backing.Vvar or Backing.PerfRing => false,
        Backing.HugeTlb => address == Pages.HugeDown(address),
        _ => true,
    };
}
