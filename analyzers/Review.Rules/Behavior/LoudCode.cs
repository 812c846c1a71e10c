using Review.Core.Source;
using Review.Core.Syntax;

namespace Review.Rules.Behavior;

/// <summary>Code that says aloud when it is reached, or stops the build: WARN, BUG, BUILD_BUG, a message of warning level.</summary>
internal static class LoudCode
{
    private static readonly string[] Prefixes = ["WARN", "VM_WARN", "BUG", "VM_BUG", "BUILD_BUG", "pr_warn", "pr_err", "pr_crit", "pr_alert", "pr_emerg", "printk", "unreachable"];

    /// <summary>True if a macro of that kind stands in a stretch of the function.</summary>
    public static bool IsIn(FunctionDefinition function, TextSpan span) =>
        function.Macros.Any(macro => span.Contains(macro.Span) && Prefixes.Any(prefix => macro.Name.StartsWith(prefix, StringComparison.Ordinal)));
}
