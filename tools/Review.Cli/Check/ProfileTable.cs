using System.Globalization;
using System.Text;
using Review.Core.Engine;

namespace Review.Cli.Check;

/// <summary>The times of an analysis as a table: longest first, each with its share of the time that clang's parse took.</summary>
internal static class ProfileTable
{
    /// <summary>What the front end calls clang's own work, and the making of our tree.</summary>
    public const string Parse = "clang: parse";

    public const string Convert = "tree";

    /// <summary>The table with a line for all rules and their facts together.</summary>
    public static string Of(AnalysisProfile profile)
    {
        var times = profile.Times;
        var parse = times.FirstOrDefault(static one => one.Work == Parse).Time;
        var rules = TimeSpan.FromTicks(times.Where(static one => one.Work is not (Parse or Convert)).Sum(static one => one.Time.Ticks));
        var table = new StringBuilder(" seconds  of parse\n");
        foreach (var (work, time) in times.Append(("all rules and their facts", rules)))
        {
            var share = parse > TimeSpan.Zero ? string.Create(CultureInfo.InvariantCulture, $"{100 * time / parse,8:0.0}%") : "        -";
            table.Append(CultureInfo.InvariantCulture, $"{time.TotalSeconds,8:0.000} {share}  {work}\n");
        }

        return table.ToString();
    }
}
