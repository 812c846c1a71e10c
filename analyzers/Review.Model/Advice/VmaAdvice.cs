using Review.Model.Memory;

namespace Review.Model.Advice;

/// <summary>A part of a file: pages of 4 KiB, half-open. File 0 for none.</summary>
public readonly record struct FilePart(int File, ulong FirstPage, ulong EndPage);

/// <summary>What an advice does to the part [start, end) of one VMA: madvise_vma_behavior().</summary>
internal static class VmaAdvice
{
    /// <summary>Why a VMA refuses an advice before anything happens, in the kernel's order.</summary>
    public static Errno Test(AdviceInfo advice, Vma vma)
    {
        if (advice.Has(AdviceTraits.Discards) && IsSealedAgainstDiscard(vma))
        {
            return Errno.EPERM;
        }

        switch (advice.Action)
        {
            case AdviceAction.DontNeed or AdviceAction.DontNeedLocked or AdviceAction.Free:
                return TestZap(advice, vma);
            case AdviceAction.Remove:
                return TestRemove(vma);
            case AdviceAction.Cold or AdviceAction.PageOut:
                // can_madv_lru_vma()
                return vma.HasAny(VmFlags.Locked | VmFlags.PfnMap | VmFlags.HugeTlb) ? Errno.EINVAL : Errno.None;
            default:
                return Errno.None;
        }
    }

    /// <summary>madvise_dontneed_free_valid_vma(), also asked again when mmap_lock was dropped.</summary>
    public static Errno TestZap(AdviceInfo advice, Vma vma)
    {
        if (vma.IsHugeTlb)
        {
            return advice.Action == AdviceAction.Free ? Errno.EINVAL : Errno.None;
        }

        var forbidden = VmFlags.PfnMap | (advice.Action == AdviceAction.DontNeedLocked ? VmFlags.None : VmFlags.Locked);
        return vma.HasAny(forbidden) ? Errno.EINVAL : Errno.None;
    }

    /// <summary>Where zapping ends: part of a huge page of hugetlbfs stays.</summary>
    public static ulong ZapEnd(Vma vma, AdviceInfo advice, ulong end) => vma.IsHugeTlb && advice.Action != AdviceAction.Remove ? Pages.HugeDown(end) : end;

    /// <summary>Whether nothing is left to zap because of that.</summary>
    public static bool IsEmpty(Vma vma, ulong start, ulong end) => vma.IsHugeTlb && Pages.HugeDown(end) <= start;

    /// <summary>Whether mmap_lock is dropped while the file system works.</summary>
    public static bool WorksOnFile(AdviceInfo advice, Vma vma) =>
        advice.Action == AdviceAction.Remove || (advice.Action == AdviceAction.WillNeed && vma.File != 0 && vma.Backing != Backing.Shmem);

    /// <summary>The part of its file that a part of a VMA shows.</summary>
    public static FilePart PartOf(Vma vma, ulong start, ulong end) => new(vma.File, vma.OffsetOf(start), vma.OffsetOf(end));

    /// <summary>vfs_fallocate(PUNCH_HOLE) of MADV_REMOVE, or the read-ahead of MADV_WILLNEED.</summary>
    public static Machine ApplyToFile(Machine machine, AdviceInfo advice, FilePart part)
    {
        var file = machine.File(part.File);
        if (advice.Action == AdviceAction.Remove)
        {
            return file.Backing == Backing.HugeTlb
                ? machine.PunchHole(part.File, (part.FirstPage + Pages.PerHuge - 1) / Pages.PerHuge, part.EndPage / Pages.PerHuge)
                : machine.PunchHole(part.File, part.FirstPage, part.EndPage);
        }

        for (var page = part.FirstPage; file.Backing == Backing.DiskFile && page < Math.Min(part.EndPage, file.SizePages); page++)
        {
            machine = machine.ReadPage(part.File, page, out _);
        }

        return machine;
    }

    /// <summary>Does the work; the VMA has passed <see cref="Test"/>.</summary>
    public static Errno Apply(ref Machine machine, int space, AdviceInfo advice, Vma vma, ulong start, ulong end)
    {
        if (advice.Has(AdviceTraits.ChangesFlags))
        {
            return ApplyFlags(ref machine, space, advice, vma, start, end);
        }

        switch (advice.Action)
        {
            case AdviceAction.WillNeed:
                return Errno.None;
            case AdviceAction.Cold:
                machine = HugeFolio.SplitPartial(machine, space, start, end);
                return Errno.None;
            case AdviceAction.DontNeed or AdviceAction.DontNeedLocked or AdviceAction.Free:
                return Zap(ref machine, space, advice, vma, start, end);
            case AdviceAction.PageOut:
                machine = LazyFree.PageOut(machine, space, vma, start, end);
                return Errno.None;
            case AdviceAction.Collapse:
                return Collapse.Run(ref machine, space, vma, start, end);
            case AdviceAction.GuardInstall:
                return Guards.Install(ref machine, space, vma, start, end);
            case AdviceAction.GuardRemove:
                return Guards.Remove(ref machine, space, vma, start, end);
            default:
                throw new InvalidOperationException($"{advice.Name} does not work on a VMA");
        }
    }

    // can_madvise_modify()
    private static bool IsSealedAgainstDiscard(Vma vma) => vma.Has(VmFlags.Sealed) && vma.IsAnonymous && !vma.Has(VmFlags.Write);

    // The tests of madvise_remove() and of vfs_fallocate()
    private static Errno TestRemove(Vma vma)
    {
        if (vma.Has(VmFlags.Locked) || vma.File == 0)
        {
            return Errno.EINVAL;
        }

        if (!vma.Has(VmFlags.Shared | VmFlags.MayWrite))
        {
            return Errno.EACCES;
        }

        return vma.Backing is Backing.PerfRing or Backing.IoUringRing or Backing.PacketRing ? Errno.ENODEV
            : vma.Backing == Backing.Secret ? Errno.EOPNOTSUPP
            : Errno.None;
    }

    private static Errno ApplyFlags(ref Machine machine, int space, AdviceInfo advice, Vma vma, ulong start, ulong end)
    {
        var error = FlagAdvice.NewFlags(advice.Action, vma, out var flags);
        if (error != Errno.None || flags == vma.Flags)
        {
            return error;
        }

        error = VmaSplit.Modify(ref machine, space, vma, start, end, old => old with { Flags = flags | (old.Flags & VmFlags.IgnoreMerge) }, out _);

        // madvise() is documented to return EAGAIN when a kernel resource is short.
        return error == Errno.ENOMEM ? Errno.EAGAIN : error;
    }

    private static Errno Zap(ref Machine machine, int space, AdviceInfo advice, Vma vma, ulong start, ulong end)
    {
        if (vma.IsHugeTlb && (start != Pages.HugeDown(start) || !machine.Era.ZapsHugeTlb))
        {
            return Errno.EINVAL;
        }

        end = ZapEnd(vma, advice, end);
        if (start >= end)
        {
            return Errno.None;
        }

        if (advice.Action != AdviceAction.Free)
        {
            machine = machine.ZapRange(space, vma, start, end, ZapScope.Pages);
            machine = machine.Era.ReclaimsEmptyTables && !vma.IsHugeTlb ? machine.FreeEmptyTables(space, start, end) : machine;
            return Errno.None;
        }

        if (!vma.IsAnonymous)
        {
            return Errno.EINVAL;
        }

        machine = LazyFree.Free(machine, space, start, end);
        return Errno.None;
    }
}
