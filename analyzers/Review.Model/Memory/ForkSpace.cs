using Review.Model.Collections;
using Review.Model.Userfault;

namespace Review.Model.Memory;

/// <summary>Copying an address space for a child (dup_mmap()), and its end (exit_mmap()).</summary>
public static class ForkSpace
{
    /// <summary>
    /// Gives <paramref name="child"/>, a fresh address space, a copy of the parent's memory. Pages are shared until they are written.
    /// </summary>
    public static Machine CopySpace(this Machine machine, int parent, int child)
    {
        foreach (var vma in machine.Space(parent).Vmas.Where(static vma => !vma.Has(VmFlags.DontCopy)))
        {
            var copy = vma with { Id = 0, Flags = vma.Flags & ~VmFlags.LockedMask };
            if (vma.Has(VmFlags.WipeOnFork))
            {
                copy = copy with { AnonVma = 0, HasParentAnonVma = false };
            }
            else if (vma.AnonVma != 0)
            {
                // anon_vma_fork(): an anon_vma of its own, chained to the parent's.
                copy = copy with { AnonVma = machine.NextAnonVma, HasParentAnonVma = true };
                machine = machine with { NextAnonVma = machine.NextAnonVma + 1 };
            }

            copy = CopyRegistration(ref machine, vma, copy, child);
            machine = machine.With(child, machine.Space(child).Insert(copy, out _));
            machine = !copy.Has(VmFlags.WipeOnFork) && NeedsCopy(vma, copy) ? CopyEntries(machine, parent, child, vma, copy) : machine;
        }

        return machine.With(child, machine.Space(child) with { IsThpDisabled = machine.Space(parent).IsThpDisabled });
    }

    /// <summary>exit_mmap(): the memory of a process that ends is given back.</summary>
    public static Machine ReleaseSpace(this Machine machine, int space)
    {
        foreach (var vma in machine.Space(space).Vmas)
        {
            machine = machine.ZapRange(space, vma, vma.Start, vma.End, ZapScope.Markers);
        }

        return machine.With(space, machine.Space(space) with { Vmas = [], IsGone = true });
    }

    // dup_userfaultfd()
    private static Vma CopyRegistration(ref Machine machine, Vma vma, Vma copy, int child)
    {
        if (vma.Userfaultfd == 0)
        {
            return copy;
        }

        var parents = machine.Uffd(vma.Userfaultfd);
        if (!parents.Wants(UffdFeatures.EventFork))
        {
            return copy with { Userfaultfd = 0, Flags = copy.Flags & ~VmFlags.Uffd };
        }

        for (var number = 1; number <= machine.Userfaultfds.Count; number++)
        {
            if (machine.Uffd(number) is { } known && known.Space == child && known.ForkedFrom == vma.Userfaultfd)
            {
                return copy with { Userfaultfd = number };
            }
        }

        Seq<Userfaultfd> more = machine.Userfaultfds.Add(new Userfaultfd(child, parents.Features) { ForkedFrom = vma.Userfaultfd, HasMonitor = false });
        machine = machine with { Userfaultfds = more };
        return copy with { Userfaultfd = more.Count };
    }

    // vma_needs_copy()
    private static bool NeedsCopy(Vma vma, Vma copy) =>
        copy.Has(VmFlags.UffdWp) || vma.HasAny(VmFlags.PfnMap | VmFlags.MixedMap | VmFlags.MaybeGuard) || vma.AnonVma != 0;

    // copy_pte_range()
    private static Machine CopyEntries(Machine machine, int parent, int child, Vma vma, Vma copy)
    {
        var from = Pages.Number(vma.Start);
        while (machine.Space(parent).Table.TryNext(from, Pages.Number(vma.End), out var number, out var pte))
        {
            from = number + 1;
            var address = number << Pages.Shift;
            if (!pte.IsPresent)
            {
                var isCopied = pte.Kind switch
                {
                    PteKind.UffdWpMarker => copy.Has(VmFlags.UffdWp),
                    PteKind.Migration => false,
                    _ => true,
                };
                machine = isCopied ? machine.ChangePte(child, address, pte) : machine;
                continue;
            }

            var copied = copy.Has(VmFlags.UffdWp) ? pte : pte.Minus(PteFlags.UffdWp);
            if (!vma.IsCow || pte.Frame == 0)
            {
                machine = machine.MapPage(child, address, copied);
                continue;
            }

            machine = machine.ChangePte(parent, address, pte.Minus(PteFlags.Write));
            machine = CopyPage(machine, child, copy, address, copied.Minus(PteFlags.Write));
        }

        return machine;
    }

    // copy_present_ptes(): a page that may be pinned is copied at once, any other is shared.
    private static Machine CopyPage(Machine machine, int child, Vma copy, ulong address, Pte pte)
    {
        var frame = machine.FrameAt(pte.Frame);
        if (!frame.Has(FrameFlags.Anon))
        {
            return machine.MapPage(child, address, pte);
        }

        if (frame.Pins > 0)
        {
            machine = machine.AllocateFrame(Faults.PageFault.AnonymousFrame(copy, frame.Content), out var own);
            return machine.MapPage(child, address, pte with { Frame = own });
        }

        machine = machine.WithFrame(pte.Frame, frame with { Flags = frame.Flags & ~FrameFlags.Exclusive });
        return machine.MapPage(child, address, pte);
    }
}
