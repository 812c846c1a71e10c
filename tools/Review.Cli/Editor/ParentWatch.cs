using System.Diagnostics;

namespace Review.Cli.Editor;

/// <summary>Notices the end of the process that started the server's client, so that no server outlives its editor.</summary>
internal static class ParentWatch
{
    /// <summary>Calls back, on a thread of its own, when a process has ended; at once if there is none.</summary>
    public static void Start(int process, Action gone) => _ = WatchAsync(process, gone);

    private static async Task WatchAsync(int process, Action gone)
    {
        try
        {
            using var parent = Process.GetProcessById(process);
            await parent.WaitForExitAsync().ConfigureAwait(false);
        }
        catch (ArgumentException)
        {
            // It has ended already.
        }

        gone();
    }
}
