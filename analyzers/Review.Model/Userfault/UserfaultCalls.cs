using Review.Model.Calls;
using Review.Model.Faults;
using Review.Model.Memory;

namespace Review.Model.Userfault;

/// <summary>Opening and closing userfaultfds.</summary>
public static class UserfaultDescriptors
{
    /// <summary>userfaultfd(2) and UFFDIO_API.</summary>
    public static Machine OpenUserfaultfd(this Machine machine, int process, UffdFeatures features, out int number)
    {
        number = machine.Userfaultfds.Count + 1;
        return machine with { Userfaultfds = machine.Userfaultfds.Add(new Userfaultfd(machine.Process(process).Space, features)) };
    }

    /// <summary>userfaultfd_release(): the last close unregisters everything, merges VMAs again and wakes everybody.</summary>
    public static Machine CloseUserfaultfd(this Machine machine, int number)
    {
        var space = machine.Uffd(number).Space;
        for (var at = 0UL; machine.Space(space).FindVma(at) is { } vma;)
        {
            at = vma.End;
            if (vma.Userfaultfd == number)
            {
                UserfaultRegistration.Clear(ref machine, space, vma, vma.Start, vma.End);
            }
        }

        return machine.With(number, machine.Uffd(number) with { IsClosed = true, Messages = [] });
    }
}

/// <summary>UFFDIO_REGISTER: <paramref name="Mode"/> is a set of VM_UFFD flags.</summary>
public sealed record UffdRegisterCall(Current Current, int Userfaultfd, ulong Start, ulong Length, VmFlags Mode) : WriteLockedCall(Current)
{
    /// <inheritdoc/>
    protected override string Name => "UFFDIO_REGISTER";

    /// <inheritdoc/>
    protected override int SpaceOf(Machine machine) => machine.Uffd(Userfaultfd).Space;

    /// <inheritdoc/>
    protected override CallResult? Test(Machine machine) =>
        Mode == VmFlags.None || !UserfaultRegistration.IsValidRange(Start, Length) ? Errno.EINVAL : UserfaultRegistration.IfGone(machine, Userfaultfd, Errno.ENOMEM);

    /// <inheritdoc/>
    protected override Step Work(Machine machine, int space)
    {
        var error = UserfaultRegistration.Register(ref machine, space, Userfaultfd, Start, Start + Length, Mode);
        return Calls.Step.End(machine, error);
    }
}

/// <summary>UFFDIO_UNREGISTER.</summary>
public sealed record UffdUnregisterCall(Current Current, int Userfaultfd, ulong Start, ulong Length) : WriteLockedCall(Current)
{
    /// <inheritdoc/>
    protected override string Name => "UFFDIO_UNREGISTER";

    /// <inheritdoc/>
    protected override int SpaceOf(Machine machine) => machine.Uffd(Userfaultfd).Space;

    /// <inheritdoc/>
    protected override CallResult? Test(Machine machine) => UserfaultRegistration.IsValidRange(Start, Length) ? UserfaultRegistration.IfGone(machine, Userfaultfd, Errno.ENOMEM) : Errno.EINVAL;

    /// <inheritdoc/>
    protected override Step Work(Machine machine, int space)
    {
        var error = UserfaultRegistration.Unregister(ref machine, space, Userfaultfd, Start, Start + Length);
        return Calls.Step.End(machine, error);
    }
}

/// <summary>UFFDIO_COPY of pages filled with a byte, or UFFDIO_ZEROPAGE when <paramref name="Content"/> is null.</summary>
public sealed record UffdCopyCall(Current Current, int Userfaultfd, ulong Start, ulong Length, byte? Content) : ReadLockedCall(Current)
{
    /// <inheritdoc/>
    protected override string Name => Content is null ? "UFFDIO_ZEROPAGE" : "UFFDIO_COPY";

    /// <inheritdoc/>
    protected override int SpaceOf(Machine machine) => machine.Uffd(Userfaultfd).Space;

    /// <inheritdoc/>
    protected override CallResult? Test(Machine machine) =>
        machine.Uffd(Userfaultfd).IsMmapChanging ? Errno.EAGAIN : UserfaultRegistration.IsValidRange(Start, Length) ? UserfaultRegistration.IfGone(machine, Userfaultfd, Errno.ESRCH) : Errno.EINVAL;

    // mfill_atomic()
    /// <inheritdoc/>
    protected override CallResult Work(ref Machine machine, int space)
    {
        if (machine.Space(space).Lookup(Start) is not { } vma)
        {
            return Errno.ENOENT;
        }

        // uffd_lock_vma() makes an anon_vma before anybody asks whether the memory is registered.
        PageFault.TryPrepareAnonVmaIfPrivate(ref machine, space, ref vma);
        if (Start + Length > vma.End || vma.Userfaultfd == 0)
        {
            return Errno.ENOENT;
        }

        if (vma.IsHugeTlb && Content is null)
        {
            return Errno.EINVAL;
        }

        var done = 0UL;
        var error = Errno.None;
        while (done < Length && error == Errno.None)
        {
            error = Fill(ref machine, space, vma, Start + done);
            done += error == Errno.None ? vma.IsHugeTlb ? Pages.HugeSize : Pages.Size : 0;
        }

        machine = machine.Wake(Userfaultfd, Start, Start + done);
        return done == 0 ? error : done == Length ? Errno.None : Errno.EAGAIN;
    }

    // mfill_atomic_pte()
    private Errno Fill(ref Machine machine, int space, Vma vma, ulong address)
    {
        var pte = machine.Space(space).PteAt(address);
        var isMarker = pte.Kind is PteKind.Guard or PteKind.UffdWpMarker or PteKind.Poisoned;
        if (!vma.Has(VmFlags.Shared))
        {
            // mfill_file_over_size()
            if (vma.File != 0 && vma.OffsetOf(address) >= machine.File(vma.File).SizePages)
            {
                return Errno.EFAULT;
            }

            if (!pte.IsNone && !(isMarker && Content is not null))
            {
                return Errno.EEXIST;
            }

            if (Content is not { } byteValue)
            {
                machine = machine.ChangePte(space, address, new Pte(PteKind.Zero, PteFlags.Special | (vma.IsAccessible ? PteFlags.None : PteFlags.ProtNone)));
                return Errno.None;
            }

            machine = machine.AllocateFrame(PageFault.AnonymousFrame(vma, byteValue), out var frame);
            machine = machine.MapPage(space, address, PageFault.Entry(vma, frame, vma.Has(VmFlags.Write)));
            return Errno.None;
        }

        var index = vma.IsHugeTlb ? vma.OffsetOf(address) / Pages.PerHuge : vma.OffsetOf(address);
        if (index >= machine.File(vma.File).CacheSize())
        {
            return Errno.EFAULT;
        }

        if (machine.Cached(vma.File, index) != 0 || !(pte.IsNone || isMarker))
        {
            return Errno.EEXIST;
        }

        machine = machine.WritePage(vma.File, index, Content ?? 0);
        machine = machine.MapPage(space, address, PageFault.Entry(vma, machine.Cached(vma.File, index), vma.Has(VmFlags.Write)));
        return Errno.None;
    }
}

/// <summary>UFFDIO_CONTINUE: maps what the page cache of shared memory holds, after a minor fault.</summary>
public sealed record UffdContinueCall(Current Current, int Userfaultfd, ulong Start, ulong Length) : ReadLockedCall(Current)
{
    /// <inheritdoc/>
    protected override string Name => "UFFDIO_CONTINUE";

    /// <inheritdoc/>
    protected override int SpaceOf(Machine machine) => machine.Uffd(Userfaultfd).Space;

    /// <inheritdoc/>
    protected override CallResult? Test(Machine machine) =>
        machine.Uffd(Userfaultfd).IsMmapChanging ? Errno.EAGAIN : UserfaultRegistration.IsValidRange(Start, Length) ? UserfaultRegistration.IfGone(machine, Userfaultfd, Errno.ESRCH) : Errno.EINVAL;

    // mfill_atomic() with MFILL_ATOMIC_CONTINUE
    /// <inheritdoc/>
    protected override CallResult Work(ref Machine machine, int space)
    {
        if (machine.Space(space).Lookup(Start) is not { } vma)
        {
            return Errno.ENOENT;
        }

        PageFault.TryPrepareAnonVmaIfPrivate(ref machine, space, ref vma);
        if (Start + Length > vma.End || vma.Userfaultfd == 0)
        {
            return Errno.ENOENT;
        }

        if (vma.Backing != Backing.Shmem)
        {
            return Errno.EINVAL;
        }

        var done = 0UL;
        var error = Errno.None;
        while (done < Length && error == Errno.None)
        {
            error = Install(ref machine, space, vma, Start + done);
            done += error == Errno.None ? Pages.Size : 0;
        }

        machine = machine.Wake(Userfaultfd, Start, Start + done);
        return done == 0 ? error : done == Length ? Errno.None : Errno.EAGAIN;
    }

    // mfill_atomic_pte_continue()
    private static Errno Install(ref Machine machine, int space, Vma vma, ulong address)
    {
        var index = vma.OffsetOf(address);
        if (index >= machine.File(vma.File).SizePages)
        {
            return Errno.EINVAL;
        }

        if (machine.Cached(vma.File, index) is not (not 0 and var frame))
        {
            return Errno.EFAULT;
        }

        if (machine.Space(space).PteAt(address).Kind is not (PteKind.None or PteKind.Guard or PteKind.UffdWpMarker or PteKind.Poisoned))
        {
            return Errno.EEXIST;
        }

        machine = machine.MapPage(space, address, PageFault.Entry(vma, frame, vma.Has(VmFlags.Shared | VmFlags.Write)).Plus(PteFlags.Dirty));
        return Errno.None;
    }
}

/// <summary>UFFDIO_WRITEPROTECT: protects, or takes the protection away.</summary>
public sealed record UffdWriteProtectCall(Current Current, int Userfaultfd, ulong Start, ulong Length, bool Protect) : ReadLockedCall(Current)
{
    /// <inheritdoc/>
    protected override string Name => "UFFDIO_WRITEPROTECT";

    /// <inheritdoc/>
    protected override int SpaceOf(Machine machine) => machine.Uffd(Userfaultfd).Space;

    /// <inheritdoc/>
    protected override CallResult? Test(Machine machine) =>
        machine.Uffd(Userfaultfd).IsMmapChanging ? Errno.EAGAIN : UserfaultRegistration.IsValidRange(Start, Length) ? UserfaultRegistration.IfGone(machine, Userfaultfd, Errno.ESRCH) : Errno.EINVAL;

    // mwriteprotect_range()
    /// <inheritdoc/>
    protected override CallResult Work(ref Machine machine, int space)
    {
        var result = Errno.ENOENT;
        foreach (var vma in machine.Space(space).Overlapping(Start, Start + Length).ToList())
        {
            if (!vma.Has(VmFlags.UffdWp))
            {
                return Errno.ENOENT;
            }

            machine = UserfaultRegistration.WriteProtect(machine, space, vma, Math.Max(Start, vma.Start), Math.Min(Start + Length, vma.End), Protect, machine.Uffd(Userfaultfd).Wants(UffdFeatures.WpUnpopulated));
            result = Errno.None;
        }

        machine = Protect || result != Errno.None ? machine : machine.Wake(Userfaultfd, Start, Start + Length);
        return result;
    }
}
