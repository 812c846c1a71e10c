using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Review.Cli;

namespace Review.Dev.Bench;

/// <summary>One run of a program.</summary>
/// <param name="Wall">Seconds from start to end.</param>
/// <param name="Processor">Seconds of processor time, those of its own children included.</param>
/// <param name="Output">What it printed, errors behind the rest.</param>
/// <param name="Memory">The most memory it held, in bytes, read until shortly before its end: VmHWM of proc(5).</param>
internal sealed record MeasuredRun(double Wall, double Processor, string Output, long Memory = 0)
{
    private const int Children = -1;

    private static readonly TimeSpan BetweenReadings = TimeSpan.FromMilliseconds(20);

    /// <summary>Runs a program to its end, whatever its status.</summary>
    /// <exception cref="UserError">It is not installed.</exception>
    public static MeasuredRun Of(string program, IEnumerable<string> arguments, string folder, params ReadOnlySpan<(string Name, string Value)> environment)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var before = ProcessorTime();
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(start) ?? throw new UserError($"{program} cannot be started", "install it");
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        var memory = 0L;
        while (!process.WaitForExit(BetweenReadings))
        {
            memory = MemoryOf(process) ?? memory;
        }

        process.WaitForExit();
        return new MeasuredRun(watch.Elapsed.TotalSeconds, ProcessorTime() - before, output.GetAwaiter().GetResult() + errors.GetAwaiter().GetResult(), memory);
    }

    /// <summary>The times of runs that belong together.</summary>
    public static MeasuredRun Sum(IReadOnlyCollection<MeasuredRun> runs) => new(runs.Sum(static run => run.Wall), runs.Sum(static run => run.Processor), string.Concat(runs.Select(static run => run.Output)), runs.Max(static run => run.Memory));

    /// <summary>Medians of the times; the output of the last run; of memory, the most that a run held.</summary>
    public static MeasuredRun Median(IReadOnlyList<MeasuredRun> runs) =>
        new(Middle(runs.Select(static run => run.Wall)), Middle(runs.Select(static run => run.Processor)), runs[^1].Output, runs.Max(static run => run.Memory));

    /// <summary>The median of numbers.</summary>
    public static double Middle(IEnumerable<double> numbers)
    {
        var ordered = numbers.Order().ToList();
        return (ordered[(ordered.Count - 1) / 2] + ordered[ordered.Count / 2]) / 2;
    }

    /// <summary>VmHWM of <c>/proc/PID/status</c>, in bytes; null once the process has ended.</summary>
    private static long? MemoryOf(Process process)
    {
        const string Field = "VmHWM:";
        try
        {
            var line = File.ReadLines($"/proc/{process.Id}/status").FirstOrDefault(static line => line.StartsWith(Field, StringComparison.Ordinal));
            return line is null ? null : 1024 * long.Parse(line.AsSpan(Field.Length).Trim().TrimEnd(" kB"), CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Seconds that the ended children of this process took so far: getrusage(2).</summary>
    private static unsafe double ProcessorTime()
    {
        // struct rusage begins with two struct timeval and has 144 bytes.
        var usage = stackalloc long[18];
        return GetResourceUsage(Children, usage) == 0 ? usage[0] + usage[2] + ((usage[1] + usage[3]) / 1e6) : 0;
    }

    [DllImport("libc", EntryPoint = "getrusage")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern unsafe int GetResourceUsage(int who, long* usage);
}
