using System.Collections.Immutable;
using System.IO.Enumeration;
using Review.Core.Diagnostics;

namespace Review.Core.Engine;

/// <summary>A list of rules cannot be understood; the message names the nearest that can.</summary>
public sealed class RuleSelectionException(string message) : Exception(message);

/// <summary>Which rules run.</summary>
public sealed class RuleSelection
{
    private readonly ImmutableHashSet<string>? chosen;

    private RuleSelection(ImmutableHashSet<string>? chosen) => this.chosen = chosen;

    /// <summary>Every rule.</summary>
    public static RuleSelection All { get; } = new(null);

    /// <summary>
    /// Reads the value of <c>--rules</c>: names, numbers, categories, and globs of names or numbers, separated by
    /// commas, e.g. <c>stale-*,KMM2001,Locking</c>. Case does not count.
    /// </summary>
    /// <exception cref="RuleSelectionException">An item selects no rule, or the list is empty.</exception>
    public static RuleSelection Parse(string list, RuleCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(list);
        ArgumentNullException.ThrowIfNull(catalog);
        var items = list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (items.Length == 0)
        {
            throw new RuleSelectionException("the list of rules is empty: name rules, numbers, globs or categories, separated by commas");
        }

        var numbers = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        foreach (var item in items)
        {
            var selected = catalog.Rules.Where(rule => IsSelectedBy(rule, item)).Select(rule => rule.Number).ToList();
            if (selected.Count == 0)
            {
                throw new RuleSelectionException(Complaint(item, catalog));
            }

            numbers.UnionWith(selected);
        }

        return new RuleSelection(numbers.ToImmutable());
    }

    /// <summary>True if a rule runs. The engine's own failures are always reported.</summary>
    public bool Contains(RuleInfo rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return chosen is null || chosen.Contains(rule.Number) || rule.Number == EngineRules.Failure.Id;
    }

    private static bool IsSelectedBy(RuleInfo rule, string item) =>
        rule.Descriptor.IsCalled(item)
        || string.Equals(rule.Descriptor.Category, item, StringComparison.OrdinalIgnoreCase)
        || FileSystemName.MatchesSimpleExpression(item, rule.Name)
        || FileSystemName.MatchesSimpleExpression(item, rule.Number);

    private static string Complaint(string item, RuleCatalog catalog)
    {
        if (item.AsSpan().ContainsAny('*', '?'))
        {
            return $"no rule matches '{item}': see mmreview rules";
        }

        var categories = catalog.Rules.Select(rule => rule.Descriptor.Category).Distinct(StringComparer.Ordinal);
        return NearestName.Of(item, categories) is { } category && NearestName.Of(item, catalog.Rules.Select(rule => rule.Name)) is null
            ? $"there is no category '{item}': did you mean {category}?"
            : catalog.Complain(item);
    }
}
