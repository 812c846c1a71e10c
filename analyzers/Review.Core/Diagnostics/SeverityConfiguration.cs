using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;

namespace Review.Core.Diagnostics;

/// <summary>The text of one <c>.editorconfig</c>.</summary>
/// <param name="Path">Its path inside the tree, e.g. <c>mm/.editorconfig</c>: it counts for its folder and below.</param>
/// <param name="Text">Its content.</param>
public sealed record EditorConfigText(string Path, string Text);

/// <summary>
/// Severities from <c>.editorconfig</c>, read by Roslyn's own <see cref="AnalyzerConfigSet"/>. For one file the most special line wins:
/// <c>dotnet_diagnostic.KMM1001.severity</c>, <c>dotnet_diagnostic.stale-prev.severity</c>,
/// <c>dotnet_analyzer_diagnostic.category-Locking.severity</c>, <c>dotnet_analyzer_diagnostic.severity</c>, the rule's default.
/// </summary>
public sealed class SeverityConfiguration
{
    // AnalyzerConfigSet wants rooted paths. A root of our own keeps results free of the machine's folders.
    private const string Root = "/";

    private readonly AnalyzerConfigSet set;

    private SeverityConfiguration(AnalyzerConfigSet set) => this.set = set;

    /// <summary>No configuration: every rule has its default severity.</summary>
    public static SeverityConfiguration Default { get; } = Create([]);

    /// <summary>Reads any number of <c>.editorconfig</c> files. Lines that nobody understands are skipped, as every editor does.</summary>
    public static SeverityConfiguration Create(IEnumerable<EditorConfigText> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var configs = texts.OrderBy(text => text.Path, StringComparer.Ordinal).Select(text => AnalyzerConfig.Parse(text.Text, Root + text.Path)).ToList();
        return new SeverityConfiguration(AnalyzerConfigSet.Create(configs));
    }

    /// <summary>The severities for one file of the tree.</summary>
    public FileSeverities ForFile(string path) => new(set.GetOptionsForSourcePath(Root + path), set.GlobalConfigOptions);
}

/// <summary>The severities for one file.</summary>
public sealed class FileSeverities
{
    private const string AllKey = "dotnet_analyzer_diagnostic.severity";
    private const string CategoryPrefix = "dotnet_analyzer_diagnostic.category-";
    private const string SeveritySuffix = ".severity";

    private readonly AnalyzerConfigOptionsResult file;
    private readonly AnalyzerConfigOptionsResult global;

    internal FileSeverities(AnalyzerConfigOptionsResult file, AnalyzerConfigOptionsResult global)
    {
        this.file = file;
        this.global = global;
    }

    /// <summary>The severity at which a rule reports here; null if the configuration silences it.</summary>
    public DiagnosticSeverity? Effective(DiagnosticDescriptor rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var configured = Tree(rule.Id) ?? Tree(rule.RuleName()) ?? Option(CategoryPrefix + rule.Category + SeveritySuffix) ?? Option(AllKey);
        return configured switch
        {
            ReportDiagnostic.Error => DiagnosticSeverity.Error,
            ReportDiagnostic.Warn => DiagnosticSeverity.Warning,
            ReportDiagnostic.Info => DiagnosticSeverity.Info,
            ReportDiagnostic.Hidden or ReportDiagnostic.Suppress => null,
            _ => rule.IsEnabledByDefault && rule.DefaultSeverity != DiagnosticSeverity.Hidden ? rule.DefaultSeverity : null,
        };
    }

    /// <summary>
    /// What is wrong with the lines that count for this file: severities that do not exist, and names that look
    /// like ours but belong to no rule. Sentences in ordinal order; rules of other tools are none of our business.
    /// </summary>
    public ImmutableArray<string> Problems(IEnumerable<DiagnosticDescriptor> rules)
    {
        var known = rules.ToList();
        var names = known.Select(rule => rule.RuleName()).ToList();
        var unknown = file.TreeOptions.Keys
            .Where(key => LooksLikeOurs(key) && !known.Exists(rule => rule.IsCalled(key)))
            .Select(key => NearestName.Complain("rule", key, names));
        var badSeverities = file.AnalyzerOptions
            .Where(option => option.Key == AllKey || option.Key.StartsWith(CategoryPrefix, StringComparison.OrdinalIgnoreCase))
            .Where(option => !TryParse(option.Value, out _))
            .Select(option => $"'{option.Value}' is not a severity ({option.Key}): use error, warning, suggestion, silent, none or default");
        return
        [
            .. unknown
                .Concat(badSeverities)
                .Concat(file.Diagnostics.Select(diagnostic => diagnostic.GetMessage(CultureInfo.InvariantCulture)))
                .Order(StringComparer.Ordinal),
        ];
    }

    private static bool LooksLikeOurs(string key) =>
        key.StartsWith("kmm", StringComparison.OrdinalIgnoreCase) || key.Contains('-', StringComparison.Ordinal);

    private ReportDiagnostic? Tree(string key) =>
        file.TreeOptions.TryGetValue(key, out var severity) || global.TreeOptions.TryGetValue(key, out severity) ? severity : null;

    private ReportDiagnostic? Option(string key) =>
        (file.AnalyzerOptions.TryGetValue(key, out var word) || global.AnalyzerOptions.TryGetValue(key, out word)) && TryParse(word, out var severity)
            ? severity
            : null;

    // Roslyn keeps its own reader of these words internal.
    private static bool TryParse(string word, out ReportDiagnostic severity)
    {
        (var isKnown, severity) = word.ToLowerInvariant() switch
        {
            "error" => (true, ReportDiagnostic.Error),
            "warning" => (true, ReportDiagnostic.Warn),
            "suggestion" or "info" => (true, ReportDiagnostic.Info),
            "silent" or "refactoring" => (true, ReportDiagnostic.Hidden),
            "none" => (true, ReportDiagnostic.Suppress),
            "default" => (true, ReportDiagnostic.Default),
            _ => (false, ReportDiagnostic.Default),
        };
        return isKnown;
    }
}
