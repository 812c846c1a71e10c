using System.Collections.Immutable;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Review.Core.Diagnostics;

namespace Review.Core.Engine;

/// <summary>A rule with its page.</summary>
/// <param name="Descriptor">What Roslyn knows of it.</param>
/// <param name="Assembly">The assembly that holds the rule and, as a resource, its page.</param>
/// <param name="PageStem">Name of the page without <c>.md</c>: the rule's class.</param>
public sealed partial record RuleInfo(DiagnosticDescriptor Descriptor, Assembly Assembly, string PageStem)
{
    /// <summary>The name people type.</summary>
    public string Name => Descriptor.RuleName();

    /// <summary>The number, e.g. <c>KMM1001</c>.</summary>
    public string Number => Descriptor.Id;

    /// <summary>What it is about.</summary>
    public string Title => Descriptor.Title.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The rule's page in Markdown, from the assembly's resources; null if it has none.</summary>
    public string? ReadPage()
    {
        using var stream = Assembly.GetManifestResourceStream(PageStem + ".md");
        if (stream is null)
        {
            return null;
        }

        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>
    /// How people and other programs speak of what the rule finds: phrases out of the section "Heard as" of its page, each of words that may stand in any order. A rule without that section is known by its name.
    /// </summary>
    public ImmutableArray<string> HeardAs() =>
        ReadPage() is { } page && HeardSection().Match(page) is { Success: true } section && CodeSpan().Matches(section.Value) is { Count: > 0 } spans
            ? [.. spans.Select(static span => span.Groups["phrase"].Value)]
            : [Name.Replace('-', ' ')];

    [GeneratedRegex(@"^## Heard as\n(?s:.*?)(?=^## |\z)", RegexOptions.Multiline)]
    private static partial Regex HeardSection();

    [GeneratedRegex("`(?<phrase>[^`\n]+)`")]
    private static partial Regex CodeSpan();
}
