using System.Text.RegularExpressions;

namespace Review.Tests.Clang;

/// <summary>
/// Counts the words of clang's print of a function: outside strings, and outside what C does not evaluate, which is no part of our
/// trees either.
/// </summary>
internal static partial class KeywordCounter
{
    public static Dictionary<string, int> Count(string print)
    {
        var text = Unevaluated().Replace(Text().Replace(DiagnosticAttribute().Replace(print, ""), "0"), "0");
        return Word().Matches(text).GroupBy(static match => match.Value, StringComparer.Ordinal).ToDictionary(static group => group.Key, static group => group.Count(), StringComparer.Ordinal);
    }

    // Printed raw, with quotes in its text; it ends with the line.
    [GeneratedRegex(@"__attribute__\(\((error|warning)\("".*$", RegexOptions.Multiline)]
    private static partial Regex DiagnosticAttribute();

    [GeneratedRegex("""
        "(\\.|[^"\\])*"|'(\\.|[^'\\])*'
        """)]
    private static partial Regex Text();

    // With everything up to the parenthesis that closes it.
    [GeneratedRegex(@"\b(typeof|sizeof|_Alignof|__alignof|__builtin_types_compatible_p|__builtin_offsetof|__builtin_constant_p) ?\((?>[^()]|(?<open>\()|(?<-open>\)))*(?(open)(?!))\)")]
    private static partial Regex Unevaluated();

    [GeneratedRegex("[A-Za-z_][A-Za-z0-9_]*")]
    private static partial Regex Word();
}
