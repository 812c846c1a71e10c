using Review.Core.Diagnostics;

namespace Review.Cli.Output;

/// <summary>A result in one line.</summary>
internal static class Summary
{
    /// <summary>E.g. <c>2 files, 141 functions, 0 not analysed, 3 findings (2 confirmed), 1 suppressed</c>.</summary>
    public static string Of(AnalysisResult result)
    {
        var confirmed = result.Findings.Count(finding => finding.Witness.Status == WitnessStatus.Confirmed);
        var parts = new List<string>
        {
            Count(result.Files.Length, "file"),
            Count(result.FunctionCount, "function"),
            $"{result.NotAnalysed.Length} not analysed",
            Count(result.Findings.Length, "finding") + (confirmed > 0 ? $" ({confirmed} confirmed)" : ""),
        };
        if (!result.Suppressed.IsEmpty)
        {
            parts.Add($"{result.Suppressed.Length} suppressed");
        }

        return string.Join(", ", parts);
    }

    /// <summary>A number with its noun, e.g. <c>1 file</c>, <c>2 files</c>.</summary>
    public static string Count(int number, string noun) => number == 1 ? $"1 {noun}" : $"{number} {noun}s";
}
