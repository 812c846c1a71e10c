namespace Review.Model.Memory;

/// <summary>
/// A range that would like to become part of a neighbour (struct vma_merge_struct), with the properties it is to have.
/// </summary>
/// <param name="Wanted">The range and its properties; for memory that is mapped already, its part of the VMA, changed.</param>
/// <param name="Middle">The VMA the range lies in, null when it is new.</param>
public readonly record struct MergeRequest(Vma Wanted, Vma? Middle);

/// <summary>Merging VMAs (mm/vma.c).</summary>
public static class VmaMerge
{
    /// <summary>
    /// vma_merge_existing_range(): merges a part of a VMA, which is to get other properties, with the neighbours it then equals.
    /// Returns the VMA that contains the part, or null when nothing merges.
    /// </summary>
    public static Machine MergeExisting(this Machine machine, int space, MergeRequest request, out Vma? merged)
    {
        merged = null;
        var mm = machine.Space(space);
        var (wanted, middle) = (request.Wanted, request.Middle!);
        var atLeft = wanted.Start == middle.Start;
        var atRight = wanted.End == middle.End;
        if (wanted.HasAny(VmFlags.Special) || !(atLeft || atRight))
        {
            return machine;
        }

        var prev = atLeft ? mm.Before(middle) : null;
        var next = atRight ? mm.After(middle) : null;
        var left = CanMergeLeft(prev, request);
        var right = CanMergeRight(prev, next, request, left);
        if (!left && !right)
        {
            return machine;
        }

        var sticky = (wanted.Flags | middle.Flags | (left ? prev!.Flags : VmFlags.None) | (right ? next!.Flags : VmFlags.None)) & VmFlags.IgnoreMerge;
        if (left)
        {
            var target = prev! with { End = right ? next!.End : wanted.End, Flags = prev.Flags | sticky };
            target = WithAnonVmaOf(target, right && next!.AnonVma != 0 ? next : middle);
            mm = right || atRight ? mm.Remove(middle) : mm.Replace(middle, CutFront(middle, wanted.End));
            mm = (right ? mm.Remove(next!) : mm).Replace(prev, target);
            merged = target;
        }
        else
        {
            var target = WithAnonVmaOf(next! with { Start = wanted.Start, PageOffset = wanted.PageOffset, Flags = next.Flags | sticky }, middle);
            mm = atLeft ? mm.Remove(middle) : mm.Replace(middle, middle with { End = wanted.Start });
            mm = mm.Remove(next).Insert(target, out _);
            merged = target;
        }

        return machine.With(space, mm);
    }

    /// <summary>vma_merge_new_range(): adds a new range, as a part of its neighbours where it equals them, else as a VMA of its own.</summary>
    public static Machine InsertOrMerge(this Machine machine, int space, Vma wanted, out Vma result)
    {
        var mm = machine.Space(space);
        var request = new MergeRequest(wanted, null);
        var at = mm.IndexAfter(wanted.Start);
        var prev = at > 0 ? mm.Vmas[at - 1] : null;
        var next = at < mm.Vmas.Count ? mm.Vmas[at] : null;
        var mayMerge = !wanted.HasAny(VmFlags.Special);
        var left = mayMerge && CanMergeLeft(prev, request);
        var right = mayMerge && CanMergeRight(prev, next, request, left);
        if (!left && !right)
        {
            return machine.With(space, mm.Insert(wanted, out result));
        }

        var sticky = (wanted.Flags | (left ? prev!.Flags : VmFlags.None) | (right ? next!.Flags : VmFlags.None)) & VmFlags.IgnoreMerge;
        result = left
            ? prev! with { End = right ? next!.End : wanted.End, Flags = prev.Flags | sticky }
            : next! with { Start = wanted.Start, PageOffset = wanted.PageOffset, Flags = next.Flags | sticky };
        result = WithAnonVmaOf(result, left && right && next!.AnonVma != 0 ? next : wanted);
        mm = right ? mm.Remove(next!) : mm;
        mm = left ? mm.Replace(prev!, result) : mm.Insert(result, out result);
        return machine.With(space, mm);
    }

    /// <summary>
    /// find_mergeable_anon_vma(): the anon_vma of a neighbour that could become one with this VMA if only the access rights were equal; 0 for none.
    /// </summary>
    public static int ReusableAnonVma(AddressSpace mm, Vma vma)
    {
        if (mm.After(vma) is { } next && CouldShareAnonVma(vma, next) && next.AnonVma != 0 && !next.HasParentAnonVma)
        {
            return next.AnonVma;
        }

        return mm.Before(vma) is { } prev && CouldShareAnonVma(prev, vma) && prev.AnonVma != 0 && !prev.HasParentAnonVma ? prev.AnonVma : 0;
    }

    // anon_vma_compatible()
    private static bool CouldShareAnonVma(Vma a, Vma b) =>
        a.End == b.Start && a.Backing == b.Backing && a.File == b.File && ((a.Flags ^ b.Flags) & ~(VmFlags.Access | VmFlags.IgnoreMerge)) == VmFlags.None
        && b.PageOffset == a.PageOffset + a.PageCount;

    private static bool CanMergeLeft(Vma? prev, MergeRequest request) =>
        prev is not null && prev.End == request.Wanted.Start && HasEqualProperties(prev, request.Wanted) && IsAnonVmaCompatible(prev, request)
        && prev.PageOffset + prev.PageCount == request.Wanted.PageOffset;

    private static bool CanMergeRight(Vma? prev, Vma? next, MergeRequest request, bool mergesLeft) =>
        next is not null && next.Start == request.Wanted.End && HasEqualProperties(next, request.Wanted) && IsAnonVmaCompatible(next, request)
        && next.PageOffset == request.Wanted.PageOffset + request.Wanted.PageCount
        && (!mergesLeft || prev!.AnonVma == 0 || next.AnonVma == 0 || prev.AnonVma == next.AnonVma);

    // is_mergeable_vma()
    private static bool HasEqualProperties(Vma vma, Vma wanted) =>
        ((vma.Flags ^ wanted.Flags) & ~VmFlags.IgnoreMerge) == VmFlags.None && vma.Backing == wanted.Backing && vma.File == wanted.File && vma.Userfaultfd == wanted.Userfaultfd;

    // is_mergeable_anon_vma()
    private static bool IsAnonVmaCompatible(Vma target, MergeRequest request)
    {
        var source = request.Wanted.AnonVma;
        if (target.AnonVma == 0 && source != 0)
        {
            return request.Middle is not { HasParentAnonVma: true };
        }

        return target.AnonVma != 0 && source == 0 ? !target.HasParentAnonVma : target.AnonVma == source;
    }

    // dup_anon_vma()
    private static Vma WithAnonVmaOf(Vma target, Vma source) =>
        target.AnonVma == 0 && source.AnonVma != 0 ? target with { AnonVma = source.AnonVma, HasParentAnonVma = source.HasParentAnonVma } : target;

    private static Vma CutFront(Vma vma, ulong start) => vma with { Start = start, PageOffset = vma.OffsetOf(start) };
}
