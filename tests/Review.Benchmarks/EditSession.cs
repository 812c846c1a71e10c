using System.Diagnostics;
using System.Globalization;
using Review.Cli;

namespace Review.Benchmarks;

/// <summary>
/// Replays an edit session in a file and measures how long its author waits: from the last key before a pause to the diagnostics. In turn, in each of the file's
/// functions, a statement is typed behind a statement that is there, a few characters for each pause, and taken out again. Nothing is saved.
/// </summary>
internal static class EditSession
{
    private const string Statement = "if (unlikely(!current->mm)) return -EINVAL;";

    /// <summary>Characters for each pause.</summary>
    private const int Burst = 6;

    /// <summary>How long the pauses are: as long as it takes to read a line, so that the server has to cope with what it began before.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);

    /// <summary>Edits a file and tells how long it took, beside a check of the file by a new process with warm caches.</summary>
    /// <param name="kernel">The tree.</param>
    /// <param name="file">The file.</param>
    /// <param name="edits">How many pauses.</param>
    public static string Run(string kernel, string file, int edits)
    {
        var text = File.ReadAllText(Path.Combine(kernel, file));
        var lines = Places(text);
        if (lines.Count == 0)
        {
            throw new UserError($"{file} has no function with a statement of one line", "name another file");
        }

        var cold = Enumerable.Range(0, 3).Select(_ => Check(kernel, file)).Order().ElementAt(1);
        using var client = new EditorClient(Path.Combine(kernel, file), text);
        var pauses = new List<(double First, double Complete)>();
        long early = 0;
        for (var place = 0; pauses.Count < edits; place++)
        {
            var line = lines[place % lines.Count];
            pauses.AddRange(Type(client, line));
            early = pauses.Count < edits / 5 ? client.Memory : Math.Max(early, 1);
        }

        // The first edits are run by code that is not compiled well yet; they count like all others.
        var times = pauses.ConvertAll(static pause => pause.First);
        var complete = pauses.ConvertAll(static pause => pause.Complete);
        times.Sort();
        complete.Sort();
        return string.Create(CultureInfo.InvariantCulture, $"""
            {file}: {times.Count} pauses in an edit session, from the last key to diagnostics, in ms (of which 50 are waited for another key)
            first        p50 {At(times, 0.50):0}  p95 {At(times, 0.95):0}  p99 {At(times, 0.99):0}  longest {times[^1]:0}
            all of it    p50 {At(complete, 0.50):0}  p95 {At(complete, 0.95):0}  p99 {At(complete, 0.99):0}  longest {complete[^1]:0}
            a check of the file by a new process: {cold:0}; p95 is {At(times, 0.95) / cold:0.00} of that
            memory of the server: {early} MB after a fifth of the session, {client.Memory} MB at its end

            """);
    }

    private static IEnumerable<(double First, double Complete)> Type(EditorClient client, int line)
    {
        var typed = 0;
        while (typed < Statement.Length)
        {
            var part = Statement.Substring(typed, Math.Min(Burst, Statement.Length - typed));
            yield return Measure(part.Select((c, i) => client.Change(line, typed + i, typed + i, c.ToString())).Last());
            typed += part.Length;
        }

        yield return Measure(client.Change(line, 0, typed, ""));
    }

    private static (double First, double Complete) Measure((Task<TimeSpan> First, Task<TimeSpan> Complete) diagnostics)
    {
        var (first, complete) = (diagnostics.First.GetAwaiter().GetResult().TotalMilliseconds, diagnostics.Complete.GetAwaiter().GetResult().TotalMilliseconds);
        Thread.Sleep(Pause);
        return (first, complete);
    }

    private static double At(List<double> sorted, double share) => sorted[Math.Min(sorted.Count - 1, (int)Math.Ceiling(share * sorted.Count) - 1)];

    /// <summary>The line behind the first statement of one line in each function, from 0: kernel style puts a function's braces into the first column.</summary>
    private static List<int> Places(string text)
    {
        var lines = text.Split('\n');
        var (places, isInside) = (new List<int>(), false);
        for (var i = 0; i < lines.Length; i++)
        {
            isInside = lines[i] == "{" || (isInside && lines[i] != "}");
            if (isInside && lines[i].StartsWith('\t') && !lines[i].StartsWith("\t\t", StringComparison.Ordinal) && lines[i].EndsWith(");", StringComparison.Ordinal) && lines[i].Contains(" = ", StringComparison.Ordinal) is false)
            {
                places.Add(i + 1);
                isInside = false;
            }
        }

        return places;
    }

    private static double Check(string kernel, string file)
    {
        var watch = Stopwatch.StartNew();
        using var program = ExternalProgram.Start(
            BuiltProgram.File, [.. BuiltProgram.Start, "check", file, "--kernel", kernel, "--fail-on", "never", "--profile"], CancellationToken.None);
        program.Finish("mmreview check failed", "run it by hand to see why");
        return watch.Elapsed.TotalMilliseconds;
    }
}
