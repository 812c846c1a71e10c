using System.Runtime.InteropServices;

namespace Review.LiveKernel;

/// <summary>
/// Keeps the calling thread, and the processes it starts, on one processor as long as it is not disposed, by the same thread. Pages wait in
/// lists of a processor before reclaim can see them, and those lists hold references (lru_add_drain() empties its own processor's only):
/// with the observer on another one, MADV_PAGEOUT would sometimes leave pages alone.
/// </summary>
internal sealed unsafe partial class OneProcessor : IDisposable
{
    private const int Bytes = 128;

    private readonly byte[] before = new byte[Bytes];

    public OneProcessor()
    {
        fixed (byte* mask = before)
        {
            if (sched_getaffinity(0, Bytes, mask) < 0)
            {
                return;
            }
        }

        // The lowest of those that are allowed.
        var first = before.AsSpan().IndexOfAnyExcept((byte)0);
        var one = new byte[Bytes];
        one[first] = (byte)(before[first] & -before[first]);
        Set(one);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (before.AsSpan().ContainsAnyExcept((byte)0))
        {
            Set(before);
        }
    }

    private static void Set(byte[] processors)
    {
        fixed (byte* mask = processors)
        {
            _ = sched_setaffinity(0, Bytes, mask);
        }
    }

    [LibraryImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int sched_getaffinity(int thread, nint size, byte* mask);

    [LibraryImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int sched_setaffinity(int thread, nint size, byte* mask);
}
