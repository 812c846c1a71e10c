using System.Text.RegularExpressions;

namespace Review.Tables.Drift;

/// <summary>
/// Parts of a C file that describe an interface for its users: kernel-doc comments (Documentation/doc-guide/kernel-doc.rst), those of them that are specifications of
/// a system call with tags such as <c>param-constraint:</c> and <c>error-code:</c>, and specifications written as macros (include/linux/kernel_api_spec.h).
/// </summary>
internal static partial class ApiSpecifications
{
    /// <summary>The specifications in a text, one after the other.</summary>
    public static string In(string text) => string.Join('\n', Documentation().Matches(text).Select(static match => match.Value).Where(static comment => Tag().IsMatch(comment)).Concat(Macros().Matches(text).Select(static match => match.Value)));

    /// <summary>The other kernel-doc comments.</summary>
    public static string KernelDocIn(string text) => string.Join('\n', Documentation().Matches(text).Select(static match => match.Value).Where(static comment => !Tag().IsMatch(comment)));

    [GeneratedRegex(@"/\*\*\s.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Documentation();

    [GeneratedRegex(@"^\s*\*\s*(api-type|long-desc|context-flags|param-(count|type|flags|range|mask|enum|constraint|constraint-type)|return-(type|check|check-type)|error-(count|code)|side-effect|state-trans|capability|constraint|since-version)\s*:|\bKAPI_\w+", RegexOptions.ExplicitCapture | RegexOptions.Multiline)]
    private static partial Regex Tag();

    [GeneratedRegex(@"\bDEFINE_(KERNEL|SYSCALL)_API_SPEC\s*\(.*?(\bKAPI_END_SPEC\b|\z)", RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    private static partial Regex Macros();
}
