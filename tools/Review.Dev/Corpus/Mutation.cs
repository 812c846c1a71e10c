using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Review.Dev.Corpus;

/// <summary>A script that edits a kernel tree: puts a known bug in, or changes nothing that matters.</summary>
/// <param name="Name">The script's name without its ending.</param>
/// <param name="Rule">The rule that has to fire; null for an edit that must add no finding.</param>
/// <param name="Function">The function in which it has to.</param>
/// <param name="Script">The script; it gets the tree's folder.</param>
/// <param name="Limit">Why the rules get it wrong, if they are known to; else null.</param>
internal sealed partial record Mutation(string Name, string? Rule, string Function, string Script, string? Limit = null)
{
    /// <summary>The mutations of a folder, as its <c>index.tsv</c> lists them: name, rule or <c>-</c>, function, and the reason if it is known not to work.</summary>
    public static ImmutableArray<Mutation> ReadAll(string folder) =>
    [
        .. File.ReadLines(Path.Combine(folder, "index.tsv"))
            .Select(static line => line.Split('\t'))
            .Select(fields => new Mutation(fields[0], fields[1] == "-" ? null : fields[1], fields[2], Path.Combine(folder, fields[0] + ".sh"), fields.ElementAtOrDefault(3))),
    ];

    /// <summary>The files of the tree that the script speaks of.</summary>
    public ImmutableArray<string> Files => [.. SourceFile().Matches(File.ReadAllText(Script)).Select(static match => match.Value).Distinct(StringComparer.Ordinal)];

    [GeneratedRegex(@"\bmm/[\w/-]+\.[ch]\b")]
    private static partial Regex SourceFile();
}
