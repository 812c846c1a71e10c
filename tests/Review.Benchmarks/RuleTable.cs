using System.Globalization;
using System.Text;

namespace Review.Benchmarks;

/// <summary>What each rule costs in the end, with its code compiled, beside the parse of the same file: the least of the runs, which a busy machine lengthens the least.</summary>
internal static class RuleTable
{
    /// <summary>Below this share of the parse a rule has no line of its own.</summary>
    private const double Smallest = 0.001;

    /// <param name="subject">The file, after its runs.</param>
    /// <param name="parse">What its parse takes, in ms.</param>
    /// <param name="runs">How many of the last runs count.</param>
    public static string Of(Subject subject, double parse, int runs)
    {
        var profiles = subject.Profiles.TakeLast(runs).ToList();
        var least = profiles.SelectMany(static profile => profile.Keys).Distinct(StringComparer.Ordinal)
            .Select(work => (Work: work, Time: profiles.Min(profile => profile.GetValueOrDefault(work))))
            .OrderByDescending(static one => one.Time)
            .ThenBy(static one => one.Work, StringComparer.Ordinal)
            .ToList();
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{subject.File}: ms, share of our parse\n");
        foreach (var (work, time) in least.Where(one => one.Time >= Smallest * parse))
        {
            Line(work, time);
        }

        Line("all rules and what they share", profiles.Min(static profile => profile.Values.Sum()));
        return text.ToString();

        void Line(string work, double time) => text.Append(CultureInfo.InvariantCulture, $"{time,8:0.0} {100 * time / parse,7:0.0}%  {work}\n");
    }
}
