using Review.Model.Collections;
using Review.Model.Memory;
using Review.Model.Userfault;

namespace Review.Model.Calls;

/// <summary>The work of one mremap() call under mmap_lock: what it does to the machine and what it has to tell afterwards.</summary>
internal sealed class Remapping(Machine machine, int space)
{
    /// <summary>The machine so far.</summary>
    public Machine Machine { get; private set; } = machine;

    /// <summary>The address space.</summary>
    public int Space { get; } = space;

    /// <summary>The address to return.</summary>
    public ulong Result { get; set; }

    /// <summary>Locked memory that grew and has to be populated, in bytes.</summary>
    public (ulong From, ulong To) Populate { get; private set; }

    // uf_unmap_early, uf and uf_unmap of mremap()
    private readonly List<(int Userfaultfd, UffdMessage Message)> targetUnmapped = [];
    private readonly List<(int Userfaultfd, UffdMessage Message)> moved = [];
    private readonly List<(int Userfaultfd, UffdMessage Message)> sourceUnmapped = [];

    /// <summary>notify_uffd(): what userfaultfds are told, in this order: the target was unmapped, memory has moved, the old place was unmapped. A call that fails tells of what it has unmapped all the same.</summary>
    public Seq<(int Userfaultfd, UffdMessage Message)> Events(bool failed) => [.. targetUnmapped, .. failed ? [] : moved, .. sourceUnmapped];

    /// <summary>munmap() of the place that memory is to move to.</summary>
    public Errno UnmapTarget(ulong start, ulong end) => Unmap(start, end, targetUnmapped);

    /// <summary>munmap() of the old place, or of what a smaller size leaves over.</summary>
    public Errno UnmapSource(ulong start, ulong end) => Unmap(start, end, sourceUnmapped);

    private Errno Unmap(ulong start, ulong end, List<(int Userfaultfd, UffdMessage Message)> events)
    {
        var changed = Machine;
        var error = VmaUnmap.Unmap(ref changed, Space, start, end, out var userfaultfds);
        Machine = changed;
        events.AddRange(MunmapCall.UnmapEvents(userfaultfds, start, end));
        return error;
    }

    /// <summary>expand_vma_in_place(): the VMA grows at its end and merges with what it touches there, never with what is before it.</summary>
    public void Extend(Vma vma, ulong delta)
    {
        var added = vma with { Id = 0, Start = vma.End, End = vma.End + delta, PageOffset = vma.OffsetOf(vma.End) };
        Machine = Machine.InsertOrMerge(Space, added, out _);
        if (vma.Has(VmFlags.Locked))
        {
            Populate = (vma.End, vma.End + delta);
        }
    }

    /// <summary>move_vma(): a copy of the VMA at another place, with its pages; the old place is unmapped unless it is kept.</summary>
    public Errno Move(Vma vma, ulong start, ulong oldLength, ulong newLength, ulong target, bool keepsOld)
    {
        Result = target;
        if (Machine.Space(Space).Vmas.Count >= Machine.MaxMapCount - 3)
        {
            return Errno.ENOMEM;
        }

        if ((start != vma.Start || (oldLength != 0 && start + oldLength != vma.End)) && vma.Backing is Backing.Vdso or Backing.Vvar or Backing.PerfRing)
        {
            return Errno.EINVAL;
        }

        var wanted = vma with
        {
            Id = 0,
            Start = target,
            End = target + newLength,
            PageOffset = vma.IsAnonymous && vma.AnonVma == 0 ? Pages.Number(target) : vma.OffsetOf(start),
        };
        var copy = CopyVma(vma, wanted, start);
        if (vma.Has(VmFlags.Locked) && newLength > oldLength)
        {
            Populate = (target + oldLength, target + newLength);
        }

        Machine = Machine.MoveEntries(Space, start, target, oldLength, clearUffdWp: copy.Userfaultfd == 0);
        if (!keepsOld)
        {
            return oldLength == 0 ? Errno.None : UnmapSource(start, start + oldLength);
        }

        // dontunmap_complete()
        var old = Machine.Space(Space).Lookup(start)!;
        var isWhole = old.Start == start && old.End == start + oldLength;
        var kept = old with { Flags = old.Flags & ~VmFlags.LockedMask, AnonVma = isWhole ? 0 : old.AnonVma, HasParentAnonVma = !isWhole && old.HasParentAnonVma };
        Machine = Machine.With(Space, Machine.Space(Space).Replace(old, kept));
        if (old.Has(VmFlags.Locked))
        {
            foreach (var (_, pte) in Machine.Space(Space).Table.In(Pages.Number(old.Start), Pages.Number(old.End)).Where(static pair => pair.Value is { Kind: PteKind.Page, Frame: not 0 }).ToList())
            {
                Machine = Machine.WithFrame(pte.Frame, Machine.FrameAt(pte.Frame) with { Flags = Machine.FrameAt(pte.Frame).Flags | FrameFlags.LeftLocked });
            }
        }

        return Errno.None;
    }

    // copy_vma(), and mremap_userfaultfd_prep(): the registration moves along only if the userfaultfd hears of it.
    private Vma CopyVma(Vma vma, Vma wanted, ulong start)
    {
        Machine = Machine.InsertOrMerge(Space, wanted, out var copy);
        if (vma.Userfaultfd == 0)
        {
            return copy;
        }

        if (Machine.Uffd(vma.Userfaultfd).Wants(UffdFeatures.EventRemap))
        {
            moved.Add((vma.Userfaultfd, new UffdMessage(0, UffdEvent.Remap, start, wanted.Start, wanted.End - wanted.Start)));
            return copy;
        }

        var unregistered = copy with { Userfaultfd = 0, Flags = copy.Flags & ~VmFlags.Uffd };
        Machine = Machine.With(Space, Machine.Space(Space).Replace(copy, unregistered));
        return unregistered;
    }
}
