using Review.Model.Memory;

namespace Review.Model.Exploration;

/// <summary>
/// Only who holds mmap_lock for writing changes VMAs. What a fault does with less (making an anon_vma, growing a stack, marking guards) is no change in this sense.
/// </summary>
public sealed record VmasChangeUnderWriteLock() : Property("vmas-change-under-write-lock")
{
    /// <inheritdoc/>
    public override string Claim => "VMAs change only under mmap_lock held for writing";

    /// <inheritdoc/>
    public override Property After(in Transition step, out Breach? breach)
    {
        breach = null;
        for (var number = 1; number <= step.Before.Spaces.Count; number++)
        {
            var (before, after) = (step.Before.Space(number), step.After.Space(number));
            if (!ReferenceEquals(before.Vmas, after.Vmas) && before.Lock.Writer != step.Call.Current.Thread && !after.IsGone && FirstChange(before, after) is { } change)
            {
                breach = new Breach("a VMA was changed without mmap_lock held for writing", [change]);
                return this;
            }
        }

        return this;
    }

    private static ulong? FirstChange(AddressSpace before, AddressSpace after)
    {
        for (var i = 0; i < before.Vmas.Count; i++)
        {
            if (i >= after.Vmas.Count || !IsSame(before.Vmas[i], after.Vmas[i]))
            {
                return before.Vmas[i].Start;
            }
        }

        return after.Vmas.Count > before.Vmas.Count ? after.Vmas[^1].Start : null;
    }

    private static bool IsSame(Vma before, Vma after) =>
        before.End == after.End && before.File == after.File && before.Userfaultfd == after.Userfaultfd
        && (before.Start == after.Start || before.Has(VmFlags.GrowsDown)) && ((before.Flags ^ after.Flags) & ~VmFlags.IgnoreMerge) == VmFlags.None;
}
