using System.Globalization;
using System.Text;

namespace Review.Benchmarks;

/// <summary>Runs the measurements and writes their medians with the ratios to clang.</summary>
internal static class Table
{
    /// <summary>Runs inside this process before those that count: by then the hot code of the rules is compiled for good.</summary>
    private const int WarmUps = 6;

    private static readonly string[] Columns = ["file                ", "clang -fsyntax-only", "our parse", "our rules", "parse + rules", "ratio", "whole program", "ratio"];

    public static string Of(IReadOnlyList<Subject> subjects, int runs)
    {
        var text = new StringBuilder();
        Line(text, Columns);
        var sums = new double[4];
        var rules = new StringBuilder();
        foreach (var subject in subjects)
        {
            var medians = Measure(subject, runs);
            Row(text, subject.File, medians);
            _ = rules.Append('\n').Append(RuleTable.Of(subject, medians[1], runs));
            for (var i = 0; i < sums.Length; i++)
            {
                sums[i] += medians[i];
            }
        }

        if (subjects.Count > 1)
        {
            Row(text, "sum", sums);
        }

        return text.Append(rules).ToString();
    }

    /// <summary>What the rules cost beside the parse, and nothing else: for those who work on them.</summary>
    public static string OfRules(IReadOnlyList<Subject> subjects, int runs)
    {
        var text = new StringBuilder();
        foreach (var subject in subjects)
        {
            var parse = new List<double>();
            var work = new List<(double Parse, double Rules)>();
            for (var run = 0; run < WarmUps + runs; run++)
            {
                var start = Environment.CpuUsage.TotalTime;
                parse.Add(subject.Parse());
                var parsed = Environment.CpuUsage.TotalTime;
                _ = subject.RunRules();
                work.Add(((parsed - start).TotalMilliseconds, (Environment.CpuUsage.TotalTime - parsed).TotalMilliseconds));
            }

            // What else the machine does lengthens every time, but hardly the work.
            var (parseWork, rulesWork) = (work.Skip(WarmUps).Min(static run => run.Parse), work.Skip(WarmUps).Min(static run => run.Rules));
            _ = text.Append(RuleTable.Of(subject, parse.Skip(WarmUps).Min(), runs))
                .Append(CultureInfo.InvariantCulture, $"processor time: parse {parseWork:0.0} ms, rules {rulesWork:0.0} ms, {100 * rulesWork / parseWork:0.0}%\n\n");
        }

        return text.ToString();
    }

    /// <summary>The medians of clang, parse, rules, whole program.</summary>
    private static double[] Measure(Subject subject, int runs)
    {
        Func<double>[] ways = [subject.Clang, subject.Parse, subject.RunRules, subject.Program];
        var times = ways.Select(_ => new List<double>()).ToArray();
        for (var i = 0; i < WarmUps; i++)
        {
            _ = subject.Parse() + subject.RunRules();
        }

        for (var run = 0; run < runs; run++)
        {
            for (var i = 0; i < ways.Length; i++)
            {
                times[i].Add(ways[i]());
            }
        }

        return [.. times.Select(Median)];
    }

    internal static double Median(List<double> times)
    {
        times.Sort();
        return (times[(times.Count - 1) / 2] + times[times.Count / 2]) / 2;
    }

    private static void Row(StringBuilder text, string name, double[] medians)
    {
        var total = medians[1] + medians[2];
        Line(text, name, Number(medians[0]), Number(medians[1]), Number(medians[2]), Number(total), Ratio(total), Number(medians[3]), Ratio(medians[3]));

        string Ratio(double time) => (time / medians[0]).ToString("0.00", CultureInfo.InvariantCulture);
    }

    private static string Number(double time) => time.ToString("0.0", CultureInfo.InvariantCulture);

    private static void Line(StringBuilder text, params string[] cells)
    {
        text.Append(cells[0].PadRight(Columns[0].Length));
        for (var i = 1; i < cells.Length; i++)
        {
            text.Append("  ").Append(cells[i].PadLeft(Columns[i].Length));
        }

        text.Append('\n');
    }
}
