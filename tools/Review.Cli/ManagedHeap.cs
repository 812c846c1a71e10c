using System.Runtime.InteropServices;

namespace Review.Cli;

/// <summary>The heap of .NET in a run that ends soon.</summary>
internal static partial class ManagedHeap
{
    /// <summary>Bytes that may be allocated before the collector looks for garbage the first time, and how many of them in large objects.</summary>
    private const long Free = 128L << 20;
    private const long FreeLarge = 16L << 20;

    // madvise(2)
    private const int HugePage = 14;
    private const nuint HugePageSize = 2 << 20;

    /// <summary>
    /// Lets the collector rest until a run over a file or two has mostly ended, and asks for huge pages for what it takes meanwhile: each page of 4 KB that is written to for the first time
    /// costs a fault, and what is collected early is mostly the trees, which stay. Does nothing where there is not so much memory, or where the system has no such pages.
    /// </summary>
    public static void Settle()
    {
        try
        {
            if (GC.TryStartNoGCRegion(Free, FreeLarge))
            {
                UseHugePages();
            }
        }
        catch (Exception trouble) when (trouble is ArgumentOutOfRangeException or InvalidOperationException)
        {
            // There is not so much memory, or the collector rests already.
        }
    }

    /// <summary>Advises the addresses behind a new object, which the collector has reserved in one piece and goes on to use in turn; for what lies behind them the advice means nothing.</summary>
    private static unsafe void UseHugePages()
    {
        if (OperatingSystem.IsLinux())
        {
            fixed (byte* latest = new byte[1])
            {
                _ = Advise((nuint)latest & ~(HugePageSize - 1), 1 << 30, HugePage);
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nuint start, nuint length, int advice);
}
