using System.Reflection;
using Microsoft.CodeAnalysis;
using Review.Core.Diagnostics;

namespace Review.Core.Engine;

/// <summary>A rule with its page.</summary>
/// <param name="Descriptor">What Roslyn knows of it.</param>
/// <param name="Assembly">The assembly that holds the rule and, as a resource, its page.</param>
/// <param name="PageStem">Name of the page without <c>.md</c>: the rule's class.</param>
public sealed record RuleInfo(DiagnosticDescriptor Descriptor, Assembly Assembly, string PageStem)
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
}
