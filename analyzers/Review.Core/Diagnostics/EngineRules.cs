using Microsoft.CodeAnalysis;

namespace Review.Core.Diagnostics;

/// <summary>The rules of the engine's own. They speak about the review, not about the kernel, and cannot be suppressed by comments.</summary>
public static class EngineRules
{
    /// <summary>A rule threw: what it would have found is not known. Always on.</summary>
    public static DiagnosticDescriptor Failure { get; } = RuleDescriptor.Create(
        "KMM0001", "engine", "A rule failed", "rule {0} failed with {1} in {2}", RuleCategory.Engine, DiagnosticSeverity.Error);

    /// <summary>A suppression comment that cannot be obeyed.</summary>
    public static DiagnosticDescriptor Suppression { get; } = RuleDescriptor.Create(
        "KMM0002", "suppression", "A suppression comment that cannot be obeyed", "{0}", RuleCategory.Engine, DiagnosticSeverity.Warning);

    /// <summary>A suppression comment that suppresses nothing.</summary>
    public static DiagnosticDescriptor UnusedSuppression { get; } = RuleDescriptor.Create(
        "KMM0003", "unused-suppression", "A suppression comment that suppresses nothing", "{0} reports nothing here: the suppression can go", RuleCategory.Engine, DiagnosticSeverity.Info);
}
