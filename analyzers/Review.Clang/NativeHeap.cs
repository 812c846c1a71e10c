using System.Runtime.InteropServices;

namespace Review.Clang;

/// <summary>The heap of the C library, malloc(3), in which clang's trees are.</summary>
public static partial class NativeHeap
{
    // mallopt(3)
    private const int TrimThreshold = -1;
    private const int TopPad = -2;
    private const int MmapThreshold = -3;
    private const int ArenaMaximum = -8;

    // madvise(2)
    private const int HugePage = 14;

    /// <summary>Bytes of a huge page where anybody has them.</summary>
    private const nuint HugePageSize = 2 << 20;

    /// <summary>Bytes by which the heap grows at once; they cost address space only until somebody writes there.</summary>
    private const int Growth = 64 << 20;

    /// <summary>Up to so many processors all threads share one arena.</summary>
    private const int FewProcessors = 4;

    private static readonly Lock Access = new();

    /// <summary>Where the heap begins that lies in huge pages, and up to where they were asked for; zero if there is none.</summary>
    private static (nuint Start, nuint End) advised;

    /// <summary>
    /// Settles how the heap grows, before anybody uses it. glibc gives each new thread an arena of its own, up to eight for each processor, and what is free in one does not help another
    /// one; we parse on a new thread each time, and as many as there are processors at once. Where these are few, one arena is enough for all: it alone grows by brk(2), so far ahead that
    /// it can lie in huge pages, see <see cref="UseHugePages"/>; what is free at its end goes back when that is twice as much. The program of machine code says so before the runtime's own
    /// threads begin (Review.Cli/Native/one_arena.c). Blocks of a MB and more, of which clang makes few, go back to the system as soon as they are free.
    /// </summary>
    internal static void Settle()
    {
        try
        {
            _ = SetOption(MmapThreshold, 1 << 20);
            if (Environment.ProcessorCount > FewProcessors)
            {
                _ = SetOption(ArenaMaximum, Environment.ProcessorCount);
                return;
            }

            _ = SetOption(ArenaMaximum, 1);
            _ = SetOption(TopPad, Growth);
            _ = SetOption(TrimThreshold, 2 * Growth);
            advised.Start = (Break(0) + HugePageSize - 1) & ~(HugePageSize - 1);
            Release(Allocate((1 << 20) - 1024));
            UseHugePages();
        }
        catch (EntryPointNotFoundException)
        {
            // mallopt(3) is glibc's; other C libraries have no arenas.
        }
    }

    /// <summary>
    /// Asks for huge pages for what the heap has grown by: a parse writes to some 50 MB that it was never in before, and each page of 4 KB costs a fault. Does nothing if the heap has not
    /// grown, or the system has no such pages.
    /// </summary>
    internal static void UseHugePages()
    {
        lock (Access)
        {
            var end = Break(0);
            if (advised.Start > 0 && end > advised.Start && end != advised.End)
            {
                _ = Advise(advised.Start, end - advised.Start, HugePage);
                advised.End = end;
            }
        }
    }

    /// <summary>
    /// Gives the memory of trees of clang's that are gone back to the system: the C library keeps it for the next one, some hundred MB when several threads have parsed. It takes
    /// some ms, and the next parse has to ask for the memory again.
    /// </summary>
    public static void GiveBack()
    {
        try
        {
            _ = Trim(0);
        }
        catch (EntryPointNotFoundException)
        {
            // malloc_trim(3) is glibc's; another C library may not keep so much.
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetOption(int option, int value);

    [LibraryImport("libc", EntryPoint = "malloc")]
    private static partial nint Allocate(nuint size);

    [LibraryImport("libc", EntryPoint = "free")]
    private static partial void Release(nint block);

    [LibraryImport("libc", EntryPoint = "sbrk")]
    private static partial nuint Break(nint increment);

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nuint start, nuint length, int advice);

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int Trim(nuint pad);
}
