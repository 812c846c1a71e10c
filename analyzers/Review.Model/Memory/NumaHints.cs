namespace Review.Model.Memory;

/// <summary>NUMA balancing: task_numa_work().</summary>
public static class NumaHints
{
    /// <summary>
    /// change_prot_numa(): makes the present pages of [start, end) inaccessible, so that the next access tells where it comes from. Memory
    /// without access rights, and special mappings, are left out.
    /// </summary>
    public static Machine AddNumaHints(this Machine machine, int space, ulong start, ulong end)
    {
        if (!machine.Build.HasNumaBalancing)
        {
            return machine;
        }

        foreach (var vma in machine.Space(space).Overlapping(start, end).Where(static vma => vma.IsAccessible && !vma.IsHugeTlb && !vma.HasAny(VmFlags.MixedMap | VmFlags.PfnMap)).ToList())
        {
            machine = machine.ChangeEntries(space, Math.Max(start, vma.Start), Math.Min(end, vma.End), static pte => pte.Kind == PteKind.Page && pte.Frame != 0 ? pte.Plus(PteFlags.ProtNone) : pte);
        }

        return machine;
    }
}
