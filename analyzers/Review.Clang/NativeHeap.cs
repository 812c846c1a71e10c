using System.Runtime.InteropServices;

namespace Review.Clang;

/// <summary>The heap of the C library, malloc(3), in which clang's trees are.</summary>
public static partial class NativeHeap
{
    // mallopt(3)
    private const int MmapThreshold = -3;
    private const int ArenaMaximum = -8;

    /// <summary>
    /// Settles how the heap grows, before anybody uses it. glibc gives each new thread an arena of its own, up to eight for each processor, and what is free in one does not help another
    /// one; we parse on a new thread each time, and as many as there are processors at once. Blocks of a MB and more, of which clang makes few, go back to the system as soon as they are free.
    /// </summary>
    internal static void Settle()
    {
        try
        {
            _ = SetOption(ArenaMaximum, Environment.ProcessorCount);
            _ = SetOption(MmapThreshold, 1 << 20);
        }
        catch (EntryPointNotFoundException)
        {
            // mallopt(3) is glibc's; other C libraries have no arenas.
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

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int Trim(nuint pad);
}
