namespace Review.LiveKernel;

/// <summary>What an entry of /proc/PID/pagemap says of a page (Documentation/admin-guide/mm/pagemap.rst of the kernel), as one character.</summary>
internal static class PageStateReader
{
    private const ulong FrameMask = (1UL << 55) - 1;

    /// <summary>The page frame number; 0 if it is not shown to this user.</summary>
    public static ulong FrameOf(ulong entry) => entry & FrameMask;

    /// <summary>The state's character; <paramref name="zeroFrame"/> is the frame of the zero page, or 0 if it is not known.</summary>
    public static char StateOf(ulong entry, ulong zeroFrame)
    {
        if ((entry >> 58 & 1) != 0)
        {
            return 'g';
        }

        if ((entry >> 63 & 1) != 0)
        {
            return zeroFrame != 0 && FrameOf(entry) == zeroFrame ? 'z'
                : (entry >> 61 & 1) != 0 ? 'f'
                : (entry >> 56 & 1) != 0 ? 'a' : 's';
        }

        return (entry >> 62 & 1) != 0 ? 'w' : '.';
    }
}
