using Review.Model.Calls;
using Review.Model.Memory;

namespace Review.Model.Userfault;

/// <summary>Registering memory with a userfaultfd, and write protection.</summary>
internal static class UserfaultRegistration
{
    /// <summary>validate_range().</summary>
    public static bool IsValidRange(ulong start, ulong length) =>
        Pages.IsAligned(start) && Pages.IsAligned(length) && length != 0 && start < Pages.TaskSize && length <= Pages.TaskSize - start && start >= 0x10000;

    /// <summary>mmget_not_zero() in the ioctls: this error if the process whose memory the userfaultfd is about has ended, else null.</summary>
    public static CallResult? IfGone(Machine machine, int userfaultfd, Errno error) => machine.Space(machine.Uffd(userfaultfd).Space).IsGone ? error : null;

    /// <summary>userfaultfd_register().</summary>
    public static Errno Register(ref Machine machine, int space, int userfaultfd, ulong start, ulong end, VmFlags mode)
    {
        var vmas = machine.Space(space).Overlapping(start, end).ToList();
        if (vmas.Count == 0)
        {
            return Errno.EINVAL;
        }

        foreach (var vma in vmas)
        {
            var error = Test(vma, userfaultfd, start, end, mode);
            if (error != Errno.None)
            {
                return error;
            }
        }

        for (var at = start; machine.Space(space).FindVma(at) is { } vma && vma.Start < end; at = vma.End)
        {
            if (vma.Userfaultfd == userfaultfd && vma.Has(mode))
            {
                continue;
            }

            var error = VmaSplit.Modify(
                ref machine, space, vma, Math.Max(at, vma.Start), Math.Min(end, vma.End), old => old with { Userfaultfd = userfaultfd, Flags = (old.Flags & ~VmFlags.Uffd) | mode }, out vma);
            if (error != Errno.None)
            {
                return error;
            }
        }

        return Errno.None;
    }

    /// <summary>userfaultfd_unregister().</summary>
    public static Errno Unregister(ref Machine machine, int space, int userfaultfd, ulong start, ulong end)
    {
        var vmas = machine.Space(space).Overlapping(start, end).ToList();
        if (vmas.Count == 0 || vmas.Exists(vma => !CanRegister(vma, vma.Flags & VmFlags.Uffd) || (vma.Userfaultfd != 0 && vma.Userfaultfd != userfaultfd)))
        {
            return Errno.EINVAL;
        }

        for (var at = start; machine.Space(space).FindVma(at) is { } vma && vma.Start < end; at = vma.End)
        {
            if (vma.Userfaultfd == 0)
            {
                continue;
            }

            var (from, to) = (Math.Max(at, vma.Start), Math.Min(end, vma.End));
            machine = machine.Wake(userfaultfd, from, to);
            var error = Clear(ref machine, space, vma, from, to);
            if (error != Errno.None)
            {
                return error;
            }

            vma = machine.Space(space).Lookup(from)!;
        }

        return Errno.None;
    }

    /// <summary>userfaultfd_clear_vma(): takes the registration of a part of a VMA away.</summary>
    public static Errno Clear(ref Machine machine, int space, Vma vma, ulong start, ulong end)
    {
        if (vma.Has(VmFlags.UffdWp))
        {
            machine = WriteProtect(machine, space, vma, start, end, protect: false, marksAbsent: false);
        }

        return VmaSplit.Modify(ref machine, space, vma, start, end, static old => old with { Userfaultfd = 0, Flags = old.Flags & ~VmFlags.Uffd }, out _);
    }

    /// <summary>uffd_wp_range(): present pages, and absent ones of files, are write-protected or freed from protection.</summary>
    public static Machine WriteProtect(Machine machine, int space, Vma vma, ulong start, ulong end, bool protect, bool marksAbsent)
    {
        machine = machine.SplitHugeAt(space, start).SplitHugeAt(space, end);
        machine = machine.ChangeEntries(space, start, end, pte => (pte.IsPresent, pte.Kind, protect) switch
        {
            (true, _, true) => pte.Plus(PteFlags.UffdWp).Minus(PteFlags.Write),
            (true, _, false) => pte.Minus(PteFlags.UffdWp),
            (_, PteKind.UffdWpMarker, false) => Pte.None,
            _ => pte,
        });
        if (!protect || (vma.IsAnonymous && !marksAbsent))
        {
            return machine;
        }

        var table = machine.Space(space).Table;
        for (var number = Pages.Number(start); number < Pages.Number(end); number++)
        {
            table = table[number].IsNone ? table.With(number, new Pte(PteKind.UffdWpMarker)) : table;
        }

        return machine.With(space, machine.Space(space).WithTables(start, end) with { Table = table });
    }

    private static Errno Test(Vma vma, int userfaultfd, ulong start, ulong end, VmFlags mode)
    {
        if (!CanRegister(vma, mode) || (vma.IsHugeTlb && ((end < vma.End && end != Pages.HugeDown(end)) || (start > vma.Start && start != Pages.HugeDown(start)))))
        {
            return Errno.EINVAL;
        }

        return !vma.Has(VmFlags.MayWrite) ? Errno.EPERM : vma.Userfaultfd != 0 && vma.Userfaultfd != userfaultfd ? Errno.EBUSY : Errno.None;
    }

    // vma_can_userfault()
    private static bool CanRegister(Vma vma, VmFlags mode) =>
        !vma.Has(VmFlags.Droppable) && vma.Backing is Backing.Anonymous or Backing.Shmem or Backing.HugeTlb
        && (!mode.HasFlag(VmFlags.UffdMinor) || vma.Backing != Backing.Anonymous);
}
