using Microsoft.CodeAnalysis;

namespace Review.Core.Diagnostics;

/// <summary>
/// Rules are described by Roslyn's <see cref="DiagnosticDescriptor"/>. This class adds the one thing Roslyn has
/// no field for: the name people type, kept as the descriptor's first custom tag.
/// </summary>
public static class RuleDescriptor
{
    /// <summary>Makes the descriptor of a rule.</summary>
    /// <param name="number">Four digits behind <c>KMM</c>, e.g. <c>KMM1001</c>; never given to another rule later.</param>
    /// <param name="name">The name people type and read, e.g. <c>stale-prev</c>: lower case, words joined by hyphens.</param>
    /// <param name="title">What the rule is about, in a few words.</param>
    /// <param name="message">The message's format with <c>{0}</c> placeholders: lower case, no full stop, functions rather than lines.</param>
    /// <param name="category">One of <see cref="RuleCategory"/>, or a category of a rule assembly's own.</param>
    /// <param name="severity">The severity without configuration.</param>
    public static DiagnosticDescriptor Create(string number, string name, string title, string message, string category, DiagnosticSeverity severity) =>
        new(number, title, message, category, severity, isEnabledByDefault: true, customTags: [name]);

    /// <summary>The name people type; a descriptor that was not made by <see cref="Create"/> is known by its number.</summary>
    public static string RuleName(this DiagnosticDescriptor descriptor)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        return descriptor.CustomTags.FirstOrDefault() ?? descriptor.Id;
    }

    /// <summary>True if a person means this rule: its name or its number, in any case.</summary>
    public static bool IsCalled(this DiagnosticDescriptor descriptor, string nameOrNumber)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        return string.Equals(descriptor.RuleName(), nameOrNumber, StringComparison.OrdinalIgnoreCase)
            || string.Equals(descriptor.Id, nameOrNumber, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The word for a severity in every output: <c>error</c>, <c>warning</c> or <c>info</c>.</summary>
    public static string Word(this DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Error => "error",
        DiagnosticSeverity.Warning => "warning",
        _ => "info",
    };
}
