namespace Review.Dev.Bench;

/// <summary>One line of the comparison.</summary>
/// <param name="Name">The tool.</param>
/// <param name="Run">Medians over all files together; null if the tool is not installed.</param>
/// <param name="Findings">How many findings it has; null where findings are not the point.</param>
/// <param name="True">How many of them are true.</param>
/// <param name="Unread">How many nobody has read.</param>
internal sealed record BenchRow(string Name, MeasuredRun? Run, int? Findings = null, int True = 0, int Unread = 0)
{
    /// <summary>True for our own program.</summary>
    public bool IsOurs => Name.StartsWith("mmreview", StringComparison.Ordinal);
}
