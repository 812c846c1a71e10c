namespace Review.Core.Diagnostics;

/// <summary>The categories of rules, as <c>dotnet_analyzer_diagnostic.category-NAME.severity</c> and <c>--rules</c> spell them.</summary>
public static class RuleCategory
{
    public const string Vma = "Vma";
    public const string Locking = "Locking";
    public const string Notifier = "Notifier";
    public const string Tlb = "Tlb";
    public const string PageTable = "PageTable";
    public const string Gup = "Gup";
    public const string Behavior = "Behavior";
    public const string Range = "Range";
    public const string Build = "Build";

    /// <summary>What the engine itself reports: rules that failed, suppressions that do nothing.</summary>
    public const string Engine = "Engine";
}
