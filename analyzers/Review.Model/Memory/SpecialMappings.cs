namespace Review.Model.Memory;

/// <summary>Mappings that only drivers and the kernel itself make, with all their pages in place where they have any.</summary>
public static class SpecialMappings
{
    private const VmFlags Ring = VmFlags.Read | VmFlags.Write | VmFlags.Shared | VmFlags.MayRead | VmFlags.MayWrite | VmFlags.MayShare;

    /// <summary>Maps one at an address; the length is in pages. Not for backings that mmap() can make.</summary>
    public static Machine MapSpecial(this Machine machine, int space, Backing backing, ulong start, ulong pages)
    {
        var (flags, file, hasPages) = backing switch
        {
            Backing.PerfRing => (Ring | VmFlags.PfnMap | VmFlags.Io | VmFlags.DontCopy | VmFlags.DontExpand | VmFlags.DontDump, true, false),
            Backing.IoUringRing => (Ring | VmFlags.DontExpand | VmFlags.MixedMap, true, true),
            Backing.PacketRing => (Ring | VmFlags.MixedMap, true, true),
            Backing.Vvar => (VmFlags.Read | VmFlags.MayRead | VmFlags.PfnMap | VmFlags.Io | VmFlags.DontExpand | VmFlags.DontDump, false, false),
            Backing.Vdso => (VmFlags.Read | VmFlags.Exec | VmFlags.MayRead | VmFlags.MayWrite | VmFlags.MayExec | VmFlags.DontExpand, false, false),
            _ => throw new ArgumentOutOfRangeException(nameof(backing), backing, "mmap() makes these"),
        };
        var number = 0;
        machine = file ? machine.AddFile(new FileObject(backing, pages), out number) : machine;
        var vma = new Vma { Start = start, End = start + (pages << Pages.Shift), Flags = flags, Backing = backing, File = number };
        machine = machine.InsertOrMerge(space, vma, out _);
        for (var page = 0UL; hasPages && page < pages; page++)
        {
            machine = machine.ReadPage(number, page, out var frame);
            machine = machine.MapPage(space, start + (page << Pages.Shift), new Pte(PteKind.Page, PteFlags.Write, frame));
        }

        return machine;
    }
}
