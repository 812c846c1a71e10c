using Review.Core.Syntax;

namespace Review.Rules.Behavior;

/// <summary>What a switch decides on, told by the names of its labels.</summary>
internal static class Decision
{
    /// <summary>An madvise(2) behavior.</summary>
    public const string Behavior = "behavior";

    /// <summary>A result of khugepaged's scan.</summary>
    public const string ScanResult = "scan_result";

    /// <summary>The subject, or null if the switch is about something else. One label is no decision.</summary>
    public static string? Of(SwitchStatement @switch)
    {
        var names = @switch.Labels.OfType<CaseLabel>().Select(static label => label.Name).ToList();
        return names.Count < 2 ? null
            : names.TrueForAll(static name => name.StartsWith("MADV_", StringComparison.Ordinal) || name.StartsWith("__MADV_", StringComparison.Ordinal)) ? Behavior
            : names.TrueForAll(static name => name.StartsWith("SCAN_", StringComparison.Ordinal)) ? ScanResult
            : null;
    }
}
