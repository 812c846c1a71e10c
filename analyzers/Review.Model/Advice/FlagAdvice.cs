using Review.Model.Memory;

namespace Review.Model.Advice;

/// <summary>Advice that changes vm_flags: the first half of madvise_vma_behavior().</summary>
internal static class FlagAdvice
{
    /// <summary>The flags that a VMA gets, or why it refuses.</summary>
    public static Errno NewFlags(AdviceAction action, Vma vma, out VmFlags flags)
    {
        flags = vma.Flags;
        switch (action)
        {
            case AdviceAction.Normal:
                flags &= ~(VmFlags.RandRead | VmFlags.SeqRead);
                break;
            case AdviceAction.Random:
                flags = (flags & ~VmFlags.SeqRead) | VmFlags.RandRead;
                break;
            case AdviceAction.Sequential:
                flags = (flags & ~VmFlags.RandRead) | VmFlags.SeqRead;
                break;
            case AdviceAction.DontFork:
                flags |= VmFlags.DontCopy;
                break;
            case AdviceAction.DoFork:
                flags &= ~VmFlags.DontCopy;
                return vma.Has(VmFlags.Io) ? Errno.EINVAL : Errno.None;
            case AdviceAction.WipeOnFork:
                flags |= VmFlags.WipeOnFork;
                return vma.File != 0 || vma.Has(VmFlags.Shared) ? Errno.EINVAL : Errno.None;
            case AdviceAction.KeepOnFork:
                flags &= ~VmFlags.WipeOnFork;
                return vma.Has(VmFlags.Droppable) ? Errno.EINVAL : Errno.None;
            case AdviceAction.DontDump:
                flags |= VmFlags.DontDump;
                break;
            case AdviceAction.DoDump:
                flags &= ~VmFlags.DontDump;
                return (!vma.IsHugeTlb && vma.HasAny(VmFlags.Special)) || vma.Has(VmFlags.Droppable) ? Errno.EINVAL : Errno.None;
            case AdviceAction.Mergeable:
                flags |= IsKsmCompatible(vma) ? VmFlags.Mergeable : VmFlags.None;
                break;
            case AdviceAction.Unmergeable:
                flags &= ~VmFlags.Mergeable;
                break;
            case AdviceAction.HugePage:
                flags = (flags & ~VmFlags.NoHugePage) | VmFlags.HugePage;
                break;
            case AdviceAction.NoHugePage:
                flags = (flags & ~VmFlags.HugePage) | VmFlags.NoHugePage;
                break;
            default:
                throw new InvalidOperationException($"{action} does not change flags");
        }

        return Errno.None;
    }

    // vma_ksm_compatible()
    private static bool IsKsmCompatible(Vma vma) =>
        !vma.HasAny(VmFlags.Shared | VmFlags.MayShare | VmFlags.Special | VmFlags.HugeTlb | VmFlags.Droppable);
}
