namespace Review.Model.Memory;

/// <summary>Taking ranges out of an address space (mm/vma.c, munmap).</summary>
public static class VmaUnmap
{
    /// <summary>
    /// do_vmi_align_munmap(): unmaps [start, end), splitting VMAs at its ends. A sealed VMA in the range stops it with EPERM; splits that
    /// were made before stay.
    /// </summary>
    /// <param name="machine">The machine.</param>
    /// <param name="space">The address space.</param>
    /// <param name="start">First byte.</param>
    /// <param name="end">First byte behind.</param>
    /// <param name="events">The userfaultfds that want to hear of it; those met before an error are told of the whole range all the same.</param>
    public static Errno Unmap(ref Machine machine, int space, ulong start, ulong end, out IReadOnlyList<int> events)
    {
        var error = Detach(ref machine, space, start, end, out var detached, out events);
        foreach (var vma in detached)
        {
            machine = machine.ZapRange(space, vma, vma.Start, vma.End, ZapScope.Markers);
        }

        machine = FreeTables(machine, space, start, end, detached);
        return error;
    }

    /// <summary>
    /// The part of do_vmi_align_munmap() that needs mmap_lock for writing: as <see cref="Unmap"/>, but what was mapped by the VMAs taken out is still to be zapped, and
    /// <see cref="FreeTables"/> called then.
    /// </summary>
    public static Errno Detach(ref Machine machine, int space, ulong start, ulong end, out IReadOnlyList<Vma> detached, out IReadOnlyList<int> events)
    {
        detached = [];
        var error = Gather(ref machine, space, start, end, out events);
        if (error != Errno.None)
        {
            return error;
        }

        var unmapped = machine.Space(space).Overlapping(start, end).ToList();
        detached = unmapped;
        foreach (var vma in unmapped)
        {
            machine = machine.With(space, machine.Space(space).Remove(vma));
        }

        return Errno.None;
    }

    /// <summary>free_pgtables() for [start, end), once all is zapped.</summary>
    public static Machine FreeTables(Machine machine, int space, ulong start, ulong end, IReadOnlyList<Vma> detached) =>
        detached.Count == 0 ? machine : machine.With(space, machine.Space(space).WithoutUnusedTables(start, end));

    // vms_gather_munmap_vmas()
    private static Errno Gather(ref Machine machine, int space, ulong start, ulong end, out IReadOnlyList<int> events)
    {
        var concerned = new List<int>();
        events = concerned;
        if (machine.Space(space).Lookup(start) is { } first && first.Start < start)
        {
            if (first.Has(VmFlags.Sealed))
            {
                return Errno.EPERM;
            }

            if (end < first.End && machine.Space(space).Vmas.Count >= machine.MaxMapCount)
            {
                return Errno.ENOMEM;
            }

            if (SplitPastLimit(ref machine, space, first, start, newBelow: true) is not Errno.None and var error)
            {
                return error;
            }
        }

        foreach (var vma in machine.Space(space).Overlapping(start, end).ToList())
        {
            if (vma.Has(VmFlags.Sealed))
            {
                return Errno.EPERM;
            }

            if (vma.End > end && SplitPastLimit(ref machine, space, machine.Space(space).Lookup(vma.Start)!, end, newBelow: false) is not Errno.None and var error)
            {
                return error;
            }

            // userfaultfd_unmap_prep()
            if (vma.Userfaultfd != 0 && machine.Uffd(vma.Userfaultfd).Wants(Userfault.UffdFeatures.EventUnmap) && !concerned.Contains(vma.Userfaultfd))
            {
                concerned.Add(vma.Userfaultfd);
            }
        }

        return Errno.None;
    }

    // __split_vma() does not look at the limit: unmapping frees what it splits off.
    private static Errno SplitPastLimit(ref Machine machine, int space, Vma vma, ulong address, bool newBelow)
    {
        var limit = machine.MaxMapCount;
        var unlimited = machine with { MaxMapCount = int.MaxValue };
        var error = VmaSplit.Split(ref unlimited, space, vma, address, newBelow);
        machine = unlimited with { MaxMapCount = limit };
        return error;
    }
}
