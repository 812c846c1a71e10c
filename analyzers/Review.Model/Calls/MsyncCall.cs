using Review.Model.Memory;

namespace Review.Model.Calls;

/// <summary>msync(2), with its raw flags (MS_ASYNC 1, MS_INVALIDATE 2, MS_SYNC 4).</summary>
public sealed record MsyncCall(Current Current, ulong Start, ulong Length, int Flags) : ReadLockedCall(Current)
{
    private const int Async = 1;
    private const int Invalidate = 2;
    private const int Sync = 4;

    /// <inheritdoc/>
    protected override string Name => "msync";

    /// <inheritdoc/>
    protected override CallResult? Test(Machine machine)
    {
        if ((Flags & ~(Async | Invalidate | Sync)) != 0 || !Pages.IsAligned(Start) || (Flags & (Async | Sync)) == (Async | Sync))
        {
            return Errno.EINVAL;
        }

        var end = unchecked(Start + Pages.RoundUp(Length));
        return end < Start ? Errno.ENOMEM : end == Start ? CallResult.Success : null;
    }

    /// <inheritdoc/>
    protected override CallResult Work(ref Machine machine, int space)
    {
        var end = Start + Pages.RoundUp(Length);
        var result = Errno.None;
        for (var at = Start; at < end;)
        {
            if (machine.Space(space).FindVma(at) is not { } vma)
            {
                return Errno.ENOMEM;
            }

            if (at < vma.Start)
            {
                result = Errno.ENOMEM;
                if (Flags == Async || vma.Start >= end)
                {
                    return Errno.ENOMEM;
                }
            }

            if ((Flags & Invalidate) != 0 && vma.Has(VmFlags.Locked))
            {
                return Errno.EBUSY;
            }

            // vfs_fsync_range(): secret memory has no fsync.
            if ((Flags & Sync) != 0 && vma.Has(VmFlags.Shared) && vma.Backing == Backing.Secret)
            {
                return Errno.EINVAL;
            }

            at = vma.End;
        }

        return result;
    }
}
