using System.Collections.Immutable;
using Review.Core.Diagnostics;

namespace Review.Dev.Corpus;

/// <summary>Code of the untouched kernel that looks wrong to a rule and is right.</summary>
/// <param name="Function">The function.</param>
/// <param name="Rule">The rule that must say nothing there.</param>
/// <param name="Why">Why it is right, in a few words.</param>
internal sealed record Trap(string Function, string Rule, string Why)
{
    /// <summary>The traps of a table: function, rule, reason.</summary>
    public static ImmutableArray<Trap> ReadAll(string file) =>
        [.. File.ReadLines(file).Select(static line => line.Split('\t')).Select(static fields => new Trap(fields[0], fields[1], fields[2]))];

    public bool IsSprungBy(Finding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return finding.Function == Function && finding.Rule == Rule;
    }
}
