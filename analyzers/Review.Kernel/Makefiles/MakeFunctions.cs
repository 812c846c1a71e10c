using System.Collections.Immutable;
using System.Globalization;

namespace Review.Kernel.Makefiles;

/// <summary>
/// The make functions that decide about objects and flags. Functions that run programs give an empty text, and so do questions about options of
/// code generation. Questions about warnings are answered: the compiler is clang 19, and does not mind a warning that it does not know.
/// </summary>
internal static class MakeFunctions
{
    private const int ClangVersion = 190107;

    private static readonly ImmutableHashSet<string> Names = ImmutableHashSet.Create(
        StringComparer.Ordinal,
        "subst", "patsubst", "strip", "filter", "filter-out", "sort", "addprefix", "addsuffix", "if", "or", "and", "findstring",
        "firstword", "lastword", "dir", "notdir", "basename", "call", "shell", "wildcard", "foreach", "eval", "error", "warning",
        "info", "value", "origin", "word", "words", "wordlist", "join", "abspath", "realpath", "file", "flavor", "suffix");

    public static bool IsFunction(string name) => Names.Contains(name);

    public static ImmutableArray<string> Words(string text) => [.. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>Calls a function with its arguments as written; they are expanded here, the branches of conditions only if taken.</summary>
    public static string Call(MakeVariables variables, string name, string text)
    {
        switch (name)
        {
            case "if":
                var parts = MakeVariables.SplitArguments(text, 3);
                return Argument(variables, parts, 0).Trim().Length > 0 ? Argument(variables, parts, 1) : Argument(variables, parts, 2);
            case "or":
                return MakeVariables.SplitArguments(text).Select(part => variables.Expand(part).Trim()).FirstOrDefault(value => value.Length > 0) ?? "";
            case "and":
                var values = MakeVariables.SplitArguments(text).ConvertAll(part => variables.Expand(part).Trim());
                return values.Contains("") ? "" : values[^1];
            case "call":
                return CallOfKbuild(variables, MakeVariables.SplitArguments(text));
            default:
                return Simple(variables, name, text);
        }
    }

    /// <summary>The functions of scripts/Makefile.compiler that are about warnings; any other gives an empty text.</summary>
    private static string CallOfKbuild(MakeVariables variables, List<string> arguments)
    {
        var subject = Argument(variables, arguments, 1).Trim();
        return Argument(variables, arguments, 0).Trim() switch
        {
            "cc-disable-warning" when subject.Length > 0 => "-Wno-" + subject,
            "cc-option" when subject.StartsWith("-W", StringComparison.Ordinal) => subject,
            "clang-min-version" => int.TryParse(subject, NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version <= ClangVersion ? "y" : "",
            _ => "",
        };
    }

    /// <summary>Make's patsubst: words that match a pattern with one <c>%</c> are replaced.</summary>
    public static string Substitute(string pattern, string replacement, string text) =>
        Map(text, word => Match(pattern, word) is { } stem ? ReplaceFirst(replacement, stem) : word);

    private static string Simple(MakeVariables variables, string name, string text)
    {
        var arguments = MakeVariables.SplitArguments(text, name is "subst" or "patsubst" ? 3 : name is "filter" or "filter-out" or "addprefix" or "addsuffix" or "findstring" ? 2 : 1);
        var first = Argument(variables, arguments, 0);
        var second = Argument(variables, arguments, 1);
        return name switch
        {
            "subst" when first.Length > 0 => Argument(variables, arguments, 2).Replace(first, second, StringComparison.Ordinal),
            "patsubst" => Substitute(first.Trim(), second.Trim(), Argument(variables, arguments, 2)),
            "strip" => string.Join(' ', Words(first)),
            "filter" => Filter(variables, first, second, keep: true),
            "filter-out" => Filter(variables, first, second, keep: false),
            "sort" => string.Join(' ', Words(first).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)),
            "addprefix" => Map(second, word => first.Trim() + word),
            "addsuffix" => Map(second, word => word + first.Trim()),
            "findstring" => second.Contains(first, StringComparison.Ordinal) ? first : "",
            "firstword" => Words(first).FirstOrDefault() ?? "",
            "lastword" => Words(first).LastOrDefault() ?? "",
            "dir" => Map(first, word => word.LastIndexOf('/') is >= 0 and var slash ? word[..(slash + 1)] : "./"),
            "notdir" => Map(first, word => word[(word.LastIndexOf('/') + 1)..]),
            "basename" => Map(first, word => word.LastIndexOf('.') is > 0 and var dot && dot > word.LastIndexOf('/') ? word[..dot] : word),
            _ => "",
        };
    }

    private static string Filter(MakeVariables variables, string patterns, string text, bool keep)
    {
        var (all, words) = (Words(patterns), Words(text));
        return variables.Spend((long)all.Length * words.Length)
            ? string.Join(' ', words.Where(word => all.Any(pattern => Match(pattern, word) is not null) == keep))
            : "";
    }

    /// <summary>What <c>%</c> stands for when the pattern matches a word; empty for an equal word without <c>%</c>; null if there is no match.</summary>
    private static string? Match(string pattern, string word)
    {
        var percent = pattern.IndexOf('%', StringComparison.Ordinal);
        if (percent < 0)
        {
            return string.Equals(pattern, word, StringComparison.Ordinal) ? "" : null;
        }

        var (prefix, suffix) = (pattern[..percent], pattern[(percent + 1)..]);
        return word.Length >= prefix.Length + suffix.Length && word.StartsWith(prefix, StringComparison.Ordinal) && word.EndsWith(suffix, StringComparison.Ordinal)
            ? word[prefix.Length..^suffix.Length]
            : null;
    }

    private static string ReplaceFirst(string replacement, string stem)
    {
        var percent = replacement.IndexOf('%', StringComparison.Ordinal);
        return percent < 0 ? replacement : string.Concat(replacement.AsSpan(0, percent), stem, replacement.AsSpan(percent + 1));
    }

    private static string Map(string text, Func<string, string> change) => string.Join(' ', Words(text).Select(change));

    private static string Argument(MakeVariables variables, List<string> arguments, int index) =>
        index < arguments.Count ? variables.Expand(arguments[index]) : "";
}
