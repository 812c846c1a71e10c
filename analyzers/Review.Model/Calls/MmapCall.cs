using Review.Model.Collections;
using Review.Model.Memory;
using Review.Model.Userfault;

namespace Review.Model.Calls;

/// <summary>Access rights of mmap() and mprotect() (PROT_*).</summary>
[Flags]
public enum Prot
{
    None = 0,
    Read = 1,
    Write = 2,
    Exec = 4,
}

/// <summary>Flags of mmap() (MAP_*), with the kernel's values. The place is always given: MAP_FIXED unless <see cref="FixedNoReplace"/>.</summary>
[Flags]
public enum MapFlags
{
    None = 0,
    Shared = 1,
    Private = 2,
    Droppable = 8,
    Anonymous = 0x20,
    GrowsDown = 0x100,
    Locked = 0x2000,
    NoReserve = 0x4000,
    Populate = 0x8000,
    HugeTlb = 0x40000,
    FixedNoReplace = 0x100000,
}

/// <summary>mmap(2) at a given address. <paramref name="File"/> is 0 for anonymous memory; lengths and offsets are bytes.</summary>
public sealed record MmapCall(Current Current, ulong Start, ulong Length, Prot Prot, MapFlags Flags, int File = 0, ulong Offset = 0, bool IsFileWritable = true) : WriteLockedCall(Current)
{
    /// <inheritdoc/>
    protected override string Name => "mmap";

    /// <summary>MAP_TYPE.</summary>
    private const MapFlags Type = MapFlags.Shared | MapFlags.Private | MapFlags.Droppable;

    private bool IsHugeTlb => Flags.HasFlag(MapFlags.HugeTlb);

    private bool IsAnonymous => Flags.HasFlag(MapFlags.Anonymous);

    private ulong Rounded => IsHugeTlb && IsAnonymous ? Pages.HugeUp(Length) : Pages.RoundUp(Length);

    /// <inheritdoc/>
    protected override CallResult? Test(Machine machine)
    {
        if (!Pages.IsAligned(Offset))
        {
            return Errno.EINVAL;
        }

        if (!IsAnonymous && File == 0)
        {
            return Errno.EBADF;
        }

        return Length == 0 ? Errno.EINVAL : Rounded == 0 ? Errno.ENOMEM : null;
    }

    /// <inheritdoc/>
    protected override Step Work(Machine machine, int space)
    {
        var error = TestPlace(machine, space);
        if (error == Errno.None)
        {
            error = TryFlags(machine, out var flags, out var backing);
            if (error == Errno.None)
            {
                return Map(machine, space, flags, backing);
            }
        }

        return Calls.Step.End(machine, error);
    }

    private Errno TestPlace(Machine machine, int space)
    {
        if (Rounded > Pages.TaskSize || Start > Pages.TaskSize - Rounded)
        {
            return Errno.ENOMEM;
        }

        if (!Pages.IsAligned(Start) || (IsHugeTlb && Start != Pages.HugeDown(Start)))
        {
            return Errno.EINVAL;
        }

        if (machine.Space(space).Vmas.Count > machine.MaxMapCount)
        {
            return Errno.ENOMEM;
        }

        if (Flags.HasFlag(MapFlags.FixedNoReplace) && machine.Space(space).Overlapping(Start, Start + Rounded).Any())
        {
            return Errno.EEXIST;
        }

        var process = machine.Process(Current.Process);
        if (Flags.HasFlag(MapFlags.Locked) && !process.IsPrivileged)
        {
            if (process.LockLimit == 0)
            {
                return Errno.EPERM;
            }

            if (Pages.Number(Rounded) + machine.Space(space).LockedPages > process.LockLimit >> Pages.Shift)
            {
                return Errno.EAGAIN;
            }
        }

        return Errno.None;
    }

    // The flag part of do_mmap(), and the mmap handlers of the file systems
    private Errno TryFlags(Machine machine, out VmFlags flags, out Backing backing)
    {
        flags = FlagsOf(Prot) | VmFlags.MayRead | VmFlags.MayWrite | VmFlags.MayExec
            | (Flags.HasFlag(MapFlags.Locked) ? VmFlags.Locked : VmFlags.None)
            | (Flags.HasFlag(MapFlags.GrowsDown) ? VmFlags.GrowsDown : VmFlags.None);
        var error = IsAnonymous ? AnonymousFlags(machine, ref flags, out backing) : FileFlags(machine, ref flags, out backing);
        if (error != Errno.None)
        {
            return error;
        }

        flags |= Flags.HasFlag(MapFlags.NoReserve) ? VmFlags.NoReserve : VmFlags.None;
        if (backing == Backing.HugeTlb)
        {
            flags = (flags & ~VmFlags.NoReserve) | VmFlags.HugeTlb | VmFlags.DontExpand | (Flags.HasFlag(MapFlags.NoReserve) ? VmFlags.NoReserve : VmFlags.None);
        }
        else if ((flags & (VmFlags.NoReserve | VmFlags.Shared | VmFlags.Write)) == VmFlags.Write)
        {
            flags |= VmFlags.Account;
        }

        return Errno.None;
    }

    private Errno AnonymousFlags(Machine machine, ref VmFlags flags, out Backing backing)
    {
        backing = IsHugeTlb ? Backing.HugeTlb : Backing.Anonymous;
        switch (Flags & Type)
        {
            case MapFlags.Shared:
                backing = IsHugeTlb ? Backing.HugeTlb : Backing.Shmem;
                flags |= VmFlags.Shared | VmFlags.MayShare;
                return Flags.HasFlag(MapFlags.GrowsDown) ? Errno.EINVAL : Errno.None;
            case MapFlags.Private:
                return IsHugeTlb && Flags.HasFlag(MapFlags.GrowsDown) ? Errno.EINVAL : Errno.None;
            case MapFlags.Droppable when machine.Era.HasDroppable:
                flags |= VmFlags.Droppable | VmFlags.NoReserve | VmFlags.WipeOnFork | VmFlags.DontDump;
                return (Flags & (MapFlags.Locked | MapFlags.HugeTlb | MapFlags.GrowsDown)) != MapFlags.None ? Errno.EINVAL : Errno.None;
            default:
                return Errno.EINVAL;
        }
    }

    private Errno FileFlags(Machine machine, ref VmFlags flags, out Backing backing)
    {
        var file = machine.File(File);
        backing = file.Backing;
        switch (Flags & Type)
        {
            case MapFlags.Shared or (MapFlags.Shared | MapFlags.Private):
                if (Prot.HasFlag(Prot.Write) && !IsFileWritable)
                {
                    return Errno.EACCES;
                }

                flags |= VmFlags.Shared | VmFlags.MayShare;
                flags &= IsFileWritable ? ~VmFlags.None : ~(VmFlags.MayWrite | VmFlags.Shared);
                break;
            case MapFlags.Private:
                break;
            default:
                return Errno.EINVAL;
        }

        if (Flags.HasFlag(MapFlags.GrowsDown))
        {
            return Errno.EINVAL;
        }

        if (backing is Backing.Secret or Backing.PerfRing or Backing.IoUringRing or Backing.PacketRing)
        {
            // Their file systems are mounted noexec.
            flags &= ~VmFlags.MayExec;
            if (Prot.HasFlag(Prot.Exec))
            {
                return Errno.EPERM;
            }
        }

        if (file.IsWriteSealed && flags.HasFlag(VmFlags.Shared))
        {
            flags &= ~VmFlags.MayWrite;
            if (Prot.HasFlag(Prot.Write))
            {
                return Errno.EPERM;
            }
        }

        if (backing == Backing.Secret)
        {
            flags |= VmFlags.Locked | VmFlags.DontDump;
        }

        return Errno.None;
    }

    // mmap_region()
    private Step Map(Machine machine, int space, VmFlags flags, Backing backing)
    {
        var end = Start + Rounded;
        var error = VmaUnmap.Unmap(ref machine, space, Start, end, out var events);
        if (error == Errno.None)
        {
            // secretmem_mmap() and hugetlb_reserve_pages() refuse when what was there is gone already.
            error = backing == Backing.Secret && !flags.HasFlag(VmFlags.MayShare) ? Errno.EINVAL
                : backing == Backing.HugeTlb && !flags.HasFlag(VmFlags.NoReserve) && !machine.Build.HasHugePages ? Errno.ENOMEM
                : Errno.None;
        }

        Seq<(int, UffdMessage)> messages = MunmapCall.UnmapEvents(events, Start, end);
        if (error != Errno.None)
        {
            return EventCall.GoOn(machine.Unlock(space, Current.Thread), Current, messages, null, error);
        }

        var file = File;
        if (IsAnonymous && backing != Backing.Anonymous)
        {
            machine = machine.AddFile(new FileObject(backing, Pages.Number(Rounded)) { IsPrivateToRoot = false }, out file);
        }

        var wanted = new Vma
        {
            Start = Start,
            End = end,
            Flags = flags,
            Backing = backing,
            File = IsAnonymous && backing == Backing.Anonymous ? 0 : file,
            PageOffset = !IsAnonymous ? Pages.Number(Offset) : backing == Backing.Anonymous ? Pages.Number(Start) : 0,
        };
        machine = machine.InsertOrMerge(space, wanted, out _);
        var result = new CallResult(Start);
        var populates = Flags.HasFlag(MapFlags.Populate) || flags.HasFlag(VmFlags.Locked);
        var then = populates ? new PopulateCall(Current, Start, end, result, IgnoresErrors: true) : null;
        machine = machine.Unlock(space, Current.Thread);
        return EventCall.GoOn(machine, Current, messages, then, result);
    }

    /// <summary>calc_vm_prot_bits().</summary>
    internal static VmFlags FlagsOf(Prot prot) =>
        (prot.HasFlag(Prot.Read) ? VmFlags.Read : VmFlags.None) | (prot.HasFlag(Prot.Write) ? VmFlags.Write : VmFlags.None) | (prot.HasFlag(Prot.Exec) ? VmFlags.Exec : VmFlags.None);
}
