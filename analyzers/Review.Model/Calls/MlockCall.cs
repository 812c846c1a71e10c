using Review.Model.Memory;

namespace Review.Model.Calls;

/// <summary>mlock(2), mlock2(2) and munlock(2): <paramref name="Flags"/> are the VM_LOCKED flags that the range gets.</summary>
public sealed record MlockCall(Current Current, ulong Start, ulong Length, VmFlags Flags) : WriteLockedCall(Current)
{
    /// <summary>mlock2(2) with its raw flags.</summary>
    /// <returns>The call, or null for flags that do not exist (EINVAL).</returns>
    public static MlockCall? WithFlags(Current current, ulong start, ulong length, int flags) => flags switch
    {
        0 => new MlockCall(current, start, length, VmFlags.Locked),
        1 => new MlockCall(current, start, length, VmFlags.LockedMask),
        _ => null,
    };

    /// <inheritdoc/>
    protected override string Name => Flags == VmFlags.None ? "munlock" : "mlock";

    private ulong First => Pages.RoundDown(Start);

    private ulong RoundedLength => Pages.RoundUp(unchecked(Length + (Start - First)));

    /// <inheritdoc/>
    protected override CallResult? Test(Machine machine)
    {
        var process = machine.Process(Current.Process);
        return Flags != VmFlags.None && !process.IsPrivileged && process.LockLimit == 0 ? Errno.EPERM : null;
    }

    /// <inheritdoc/>
    protected override Step Work(Machine machine, int space)
    {
        if (Flags != VmFlags.None && IsOverLimit(machine, space))
        {
            return Calls.Step.End(machine, Errno.ENOMEM);
        }

        var error = Apply(ref machine, space);
        return error != Errno.None || Flags == VmFlags.None || RoundedLength == 0
            ? Calls.Step.End(machine, error)
            : Calls.Step.GoOn(machine, new PopulateCall(Current, First, First + RoundedLength, CallResult.Success, IgnoresErrors: false));
    }

    private bool IsOverLimit(Machine machine, int space)
    {
        var process = machine.Process(Current.Process);
        var mm = machine.Space(space);
        var counted = 0UL;
        foreach (var vma in mm.Overlapping(First, unchecked(First + RoundedLength)).Where(static vma => vma.Has(VmFlags.Locked)))
        {
            counted += Pages.Number(Math.Min(vma.End, First + RoundedLength) - Math.Max(vma.Start, First));
        }

        return !process.IsPrivileged && Pages.Number(RoundedLength) + mm.LockedPages - counted > process.LockLimit >> Pages.Shift;
    }

    // apply_vma_lock_flags()
    private Errno Apply(ref Machine machine, int space)
    {
        var end = unchecked(First + RoundedLength);
        if (end < First)
        {
            return Errno.EINVAL;
        }

        var at = First;
        while (at < end)
        {
            if (machine.Space(space).Lookup(at) is not { } vma)
            {
                return Errno.ENOMEM;
            }

            var to = Math.Min(end, vma.End);
            var flags = (vma.Flags & ~VmFlags.LockedMask) | Flags;
            var isExempt = vma.HasAny(VmFlags.Special | VmFlags.HugeTlb | VmFlags.Droppable) || vma.Backing == Backing.Secret;
            if (flags != vma.Flags && !isExempt)
            {
                var error = VmaSplit.Modify(ref machine, space, vma, at, to, old => old with { Flags = flags | (old.Flags & VmFlags.IgnoreMerge) }, out _);
                if (error != Errno.None)
                {
                    return error;
                }
            }

            at = to;
        }

        return Errno.None;
    }
}
