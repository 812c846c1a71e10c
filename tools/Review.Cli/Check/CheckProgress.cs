using System.Diagnostics;
using System.Globalization;

namespace Review.Cli.Check;

/// <summary>How far a check is, for people: one line on standard error that is written over again and again, if that is a terminal. Safe for several threads.</summary>
internal sealed class CheckProgress
{
    private const string ClearLine = "\r\u001b[K";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Lock gate = new();
    private readonly TextWriter? terminal = Console.IsErrorRedirected ? null : Console.Error;
    private readonly long start = Stopwatch.GetTimestamp();
    private readonly int total;
    private readonly int known;
    private int loaded;
    private int finished;
    private long shown;

    /// <param name="total">Files of the check.</param>
    /// <param name="known">Those of them whose results are known already.</param>
    public CheckProgress(int total, int known)
    {
        this.total = total;
        this.known = known;
    }

    /// <summary>Files whose results are known now.</summary>
    public int Known => known + finished;

    /// <summary>A file was parsed.</summary>
    public void Loaded(string path)
    {
        lock (gate)
        {
            loaded++;
            Show("parsed", path);
        }
    }

    /// <summary>A file's result is known.</summary>
    public void Finished(string path)
    {
        lock (gate)
        {
            finished++;
            Show("analysed", path);
        }
    }

    /// <summary>Takes the line away.</summary>
    public void Clear()
    {
        if (shown > 0)
        {
            terminal?.Write(ClearLine);
        }
    }

    /// <summary>About how long it will take from now on, in words; empty while nobody can know.</summary>
    internal static string Remaining(TimeSpan passed, double share) =>
        share is < 0.02 or >= 1 ? ""
        : passed * ((1 - share) / share) is var left && left < TimeSpan.FromSeconds(90)
            ? string.Create(CultureInfo.InvariantCulture, $", about {Math.Max(1, left.TotalSeconds):0} s left")
            : string.Create(CultureInfo.InvariantCulture, $", about {left.TotalMinutes:0} min left");

    private void Show(string done, string path)
    {
        if (terminal is null || (shown > 0 && Stopwatch.GetElapsedTime(shown) < Pause))
        {
            return;
        }

        shown = Stopwatch.GetTimestamp();
        var left = total - known;
        terminal.Write(string.Create(
            CultureInfo.InvariantCulture, $"{ClearLine}mmreview: {Known} of {total} files{Remaining(Stopwatch.GetElapsedTime(start), (loaded + finished) / (2.0 * left))}: {path} {done}"));
    }
}
