using System.Collections.Immutable;
using Review.Core.Diagnostics;

namespace Review.Core.Engine;

/// <summary>All rules that exist, those of the engine's own included, by number.</summary>
public sealed class RuleCatalog
{
    // The engine has no analyzer classes; its pages are named here.
    private static readonly ImmutableArray<RuleInfo> EngineOwn =
    [
        new(EngineRules.Failure, typeof(EngineRules).Assembly, "EngineFailure"),
        new(EngineRules.Suppression, typeof(EngineRules).Assembly, "Suppression"),
        new(EngineRules.UnusedSuppression, typeof(EngineRules).Assembly, "UnusedSuppression"),
    ];

    /// <summary>The rules of analyzers with those of the engine. Numbers and names must differ; <see cref="AnalyzerSet"/> sees to that.</summary>
    internal RuleCatalog(IEnumerable<RuleInfo> rules) =>
        Rules = [.. rules.Concat(EngineOwn).OrderBy(rule => rule.Number, StringComparer.Ordinal)];

    /// <summary>The catalog of a run for which no rule was loaded.</summary>
    public static RuleCatalog Empty { get; } = new([]);

    /// <summary>The rules by number.</summary>
    public ImmutableArray<RuleInfo> Rules { get; }

    /// <summary>The rule of a name or number, in any case; null if there is none.</summary>
    public RuleInfo? Find(string nameOrNumber) => Rules.FirstOrDefault(rule => rule.Descriptor.IsCalled(nameOrNumber));

    /// <summary>The sentence for a name that belongs to no rule, with the nearest one.</summary>
    public string Complain(string nameOrNumber) =>
        NearestName.Complain("rule", nameOrNumber, Rules.Select(rule => LooksLikeNumber(nameOrNumber) ? rule.Number : rule.Name));

    private static bool LooksLikeNumber(string text) =>
        text.StartsWith("KMM", StringComparison.OrdinalIgnoreCase) && text.Any(char.IsAsciiDigit);
}
