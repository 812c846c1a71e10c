namespace Review.Model.Memory;

/// <summary>What /proc/PID/pagemap and smaps tell of an address space.</summary>
public static class PageView
{
    /// <summary>
    /// The state of a page as one character: '.' nothing, 'a' anonymous and mapped once, 's' mapped more than once, 'z' zero page, 'f' file
    /// or shmem (the huge zero page shows as one), 'g' guard, 'w' another entry that is not present.
    /// </summary>
    public static char StateAt(Machine machine, int space, ulong address)
    {
        var mm = machine.Space(space);

        // The walk behind pagemap skips VM_PFNMAP.
        if (mm.Lookup(address) is not { } vma || vma.Has(VmFlags.PfnMap))
        {
            return '.';
        }

        var pte = mm.PteAt(address);
        return pte.Kind switch
        {
            PteKind.None => '.',
            PteKind.Zero => 'z',
            PteKind.HugeZero => 'f',
            PteKind.Guard => 'g',
            PteKind.Page => OfFrame(machine, pte.Frame),
            _ => 'w',
        };
    }

    /// <summary>The states of pages from an address on, each <paramref name="stride"/> bytes behind the one before.</summary>
    public static string States(Machine machine, int space, ulong start, int count, ulong stride = Pages.Size) =>
        string.Create(count, (machine, space, start, stride), static (text, state) =>
        {
            for (var i = 0; i < text.Length; i++)
            {
                text[i] = StateAt(state.machine, state.space, state.start + ((ulong)i * state.stride));
            }
        });

    /// <summary>The byte that stands for a present page's content; null where get_user_pages() with all its force would get none.</summary>
    public static byte? ByteAt(Machine machine, int space, ulong address)
    {
        var mm = machine.Space(space);
        var pte = mm.PteAt(address);
        if (!pte.IsPresent || mm.Lookup(address) is not { } vma || vma.HasAny(VmFlags.Io | VmFlags.PfnMap) || vma.Backing == Backing.Secret)
        {
            return null;
        }

        return pte.Frame == 0 ? (byte)0 : machine.FrameAt(pte.Frame).Content;
    }

    private static char OfFrame(Machine machine, int number)
    {
        var frame = number == 0 ? default : machine.FrameAt(number);
        return number != 0 && !frame.Has(FrameFlags.Anon) ? 'f' : frame.MapCount == 1 ? 'a' : 's';
    }
}
