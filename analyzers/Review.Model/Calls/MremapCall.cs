using Review.Model.Collections;
using Review.Model.Memory;
using Review.Model.Userfault;

namespace Review.Model.Calls;

/// <summary>Flags of mremap() (MREMAP_*), with the kernel's values.</summary>
[Flags]
public enum RemapFlags
{
    None = 0,
    MayMove = 1,
    Fixed = 2,
    DontUnmap = 4,
}

/// <summary>mremap(2). The result is the new address.</summary>
public sealed record MremapCall(Current Current, ulong Start, ulong OldLength, ulong NewLength, RemapFlags Flags, ulong NewStart) : WriteLockedCall(Current)
{
    /// <summary>Where mappings go that move to no given place: far from all others, upwards.</summary>
    private const ulong FreeArea = 0x3000_0000_0000UL;

    /// <summary>Pages between mappings in the free area.</summary>
    private const ulong Margin = 64 * Pages.Size;

    /// <inheritdoc/>
    protected override string Name => "mremap";

    private bool IsFixed => Flags.HasFlag(RemapFlags.Fixed);

    private bool KeepsOld => Flags.HasFlag(RemapFlags.DontUnmap);

    // vrm_implies_new_addr()
    private bool ImpliesMove => IsFixed || KeepsOld;

    /// <inheritdoc/>
    protected override CallResult? Test(Machine machine)
    {
        var (oldLength, newLength) = (Pages.RoundUp(OldLength), Pages.RoundUp(NewLength));
        if ((Flags & ~(RemapFlags.MayMove | RemapFlags.Fixed | RemapFlags.DontUnmap)) != RemapFlags.None || !Pages.IsAligned(Start) || newLength == 0 || newLength > Pages.TaskSize)
        {
            return Errno.EINVAL;
        }

        if (!ImpliesMove)
        {
            return null;
        }

        if (!Flags.HasFlag(RemapFlags.MayMove) || (KeepsOld && oldLength != newLength))
        {
            return Errno.EINVAL;
        }

        if (NewStart > Pages.TaskSize - newLength || !Pages.IsAligned(NewStart) || (Start < NewStart + newLength && NewStart < unchecked(Start + oldLength)))
        {
            return Errno.EINVAL;
        }

        return machine.Space(OwnSpace(machine)).Vmas.Count + 2 >= machine.MaxMapCount - 3 ? Errno.ENOMEM : null;
    }

    /// <inheritdoc/>
    protected override Step Work(Machine machine, int space)
    {
        var remap = new Remapping(machine, space);
        var (oldLength, newLength) = (Pages.RoundUp(OldLength), Pages.RoundUp(NewLength));
        var error = IsFixed && oldLength == newLength && machine.Era.MremapMovesSeveralVmas
            ? MoveSeveral(remap, oldLength)
            : One(remap, Start, oldLength, newLength, NewStart);
        if (error != Errno.None)
        {
            return EventCall.GoOn(remap.Machine.Unlock(space, Current.Thread), Current, remap.Events(failed: true), null, error);
        }

        var result = new CallResult(remap.Result);
        var then = remap.Populate is var (from, to) && to > from ? new PopulateCall(Current, from, to, result, IgnoresErrors: true) : null;
        return EventCall.GoOn(remap.Machine.Unlock(space, Current.Thread), Current, remap.Events(failed: false), then, result);
    }

    // remap_move()
    private Errno MoveSeveral(Remapping remap, ulong length)
    {
        var end = Start + length;
        var target = NewStart;
        var lastEnd = 0UL;
        var first = true;
        var vmas = remap.Machine.Space(remap.Space).Overlapping(Start, end).ToList();
        foreach (var vma in vmas)
        {
            var from = Math.Max(vma.Start, Start);
            var size = Math.Min(end, vma.End) - from;
            if (first && Start < from)
            {
                return Errno.EFAULT;
            }

            var isMovedWithOthers = !vma.IsUffdArmed && !vma.IsHugeTlb;
            if (!isMovedWithOthers && (!first || vma.End < end))
            {
                return Errno.EFAULT;
            }

            target += first ? 0 : vma.Start - lastEnd;
            lastEnd = vma.End;
            var error = One(remap, from, size, size, target);
            if (error != Errno.None)
            {
                return error;
            }

            target += size;
            first = false;
        }

        remap.Result = NewStart;
        return first ? Errno.EFAULT : Errno.None;
    }

    // check_prep_vma(), then mremap_at() or mremap_to()
    private Errno One(Remapping remap, ulong start, ulong oldLength, ulong newLength, ulong newStart)
    {
        if (remap.Machine.Space(remap.Space).Lookup(start) is not { } vma)
        {
            return Errno.EFAULT;
        }

        var error = TestVma(remap.Machine, vma, start, ref oldLength, ref newLength, ref newStart);
        if (error != Errno.None)
        {
            return error;
        }

        if (!ImpliesMove)
        {
            return AtPlace(remap, vma, start, oldLength, newLength);
        }

        if (IsFixed)
        {
            error = remap.UnmapTarget(newStart, newStart + newLength);
            if (error != Errno.None)
            {
                return error;
            }
        }

        if (newLength < oldLength)
        {
            error = remap.UnmapSource(start + newLength, start + oldLength);
            if (error != Errno.None)
            {
                return error;
            }

            oldLength = newLength;
        }

        vma = remap.Machine.Space(remap.Space).Lookup(start);
        return vma is null ? Errno.EFAULT : remap.Move(vma, start, oldLength, newLength, IsFixed ? newStart : FreePlace(remap, newLength), KeepsOld);
    }

    // mremap_at()
    private Errno AtPlace(Remapping remap, Vma vma, ulong start, ulong oldLength, ulong newLength)
    {
        remap.Result = start;
        if (newLength == oldLength)
        {
            return Errno.None;
        }

        if (newLength < oldLength)
        {
            return remap.UnmapSource(start + newLength, start + oldLength);
        }

        var delta = newLength - oldLength;
        if (vma.End - start == oldLength && vma.End + delta > vma.End && vma.End + delta <= Pages.TaskSize && !remap.Machine.Space(remap.Space).Overlapping(vma.End, vma.End + delta).Any())
        {
            remap.Extend(vma, delta);
            return Errno.None;
        }

        return Flags.HasFlag(RemapFlags.MayMove) ? remap.Move(vma, start, oldLength, newLength, FreePlace(remap, newLength), keepsOld: false) : Errno.ENOMEM;
    }

    private Errno TestVma(Machine machine, Vma vma, ulong start, ref ulong oldLength, ref ulong newLength, ref ulong newStart)
    {
        if (vma.Has(VmFlags.Sealed))
        {
            return Errno.EPERM;
        }

        if (vma.IsHugeTlb)
        {
            (oldLength, newLength) = (Pages.HugeUp(oldLength), Pages.HugeUp(newLength));
            if (start != Pages.HugeDown(start) || newStart != Pages.HugeDown(newStart) || newLength > oldLength)
            {
                return Errno.EINVAL;
            }
        }

        // vrm_will_map_new(): what follows matters only to a VMA that grows or moves.
        if (newLength <= oldLength && !ImpliesMove)
        {
            return Errno.None;
        }

        if (oldLength == 0 && !vma.HasAny(VmFlags.Shared | VmFlags.MayShare))
        {
            return Errno.EINVAL;
        }

        if (KeepsOld && vma.HasAny(VmFlags.DontExpand | VmFlags.PfnMap))
        {
            return Errno.EINVAL;
        }

        if (Math.Min(oldLength, newLength) > vma.End - start || (newLength >= oldLength && oldLength > vma.End - start))
        {
            return Errno.EFAULT;
        }

        if (newLength <= oldLength)
        {
            return Errno.None;
        }

        if (vma.HasAny(VmFlags.DontExpand | VmFlags.PfnMap))
        {
            return Errno.EFAULT;
        }

        var process = machine.Process(Current.Process);
        var locked = machine.Space(process.Space).LockedPages + Pages.Number(newLength - oldLength);
        return vma.Has(VmFlags.Locked) && !process.IsPrivileged && locked > process.LockLimit >> Pages.Shift ? Errno.EAGAIN : Errno.None;
    }

    private static ulong FreePlace(Remapping remap, ulong length)
    {
        var mm = remap.Machine.Space(remap.Space);
        for (var at = FreeArea + Margin; ;)
        {
            if (mm.Overlapping(at - Margin, at + length + Margin).FirstOrDefault() is not { } inTheWay)
            {
                return at;
            }

            at = Pages.HugeUp(inTheWay.End) + Margin;
        }
    }
}
