using System.Collections.Immutable;
using System.Text;
using Review.Patches.Diffs;

namespace Review.Cli.Patch;

/// <summary>The names that a changed header is about: those on the lines that are in one version of it and not in the other. Text alone is looked at, because a macro is nothing else.</summary>
internal static class HeaderNames
{
    /// <summary>Words of the language, and those that stand in front of nearly every declaration.</summary>
    private static readonly ImmutableHashSet<string> Common = ImmutableHashSet.Create(
        StringComparer.Ordinal,
        "bool", "break", "case", "char", "const", "continue", "default", "define", "defined", "else", "elif", "endif", "enum", "error", "extern", "false", "goto", "ifdef", "ifndef", "include", "inline", "int",
        "long", "return", "short", "signed", "sizeof", "static", "struct", "switch", "true", "typedef", "undef", "union", "unsigned", "void", "volatile", "while");

    /// <summary>The names on lines of headers that any patch of a series changes.</summary>
    public static ImmutableHashSet<string> Changed(ImmutableArray<PatchedTree> trees, IEnumerable<string> headers)
    {
        var names = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        foreach (var header in headers)
        {
            for (var i = 1; i < trees.Length; i++)
            {
                var (before, after) = (Lines(trees[i - 1], header), Lines(trees[i], header));
                names.UnionWith(before.Except(after).Concat(after.Except(before)).SelectMany(In).Where(static name => !Common.Contains(name)));
            }
        }

        return names.ToImmutable();
    }

    /// <summary>The words of a text of C that may be names, each once.</summary>
    public static ImmutableHashSet<string> In(ReadOnlySpan<byte> text)
    {
        var names = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        for (var i = 0; i < text.Length;)
        {
            var end = i;
            while (end < text.Length && (char.IsAsciiLetterOrDigit((char)text[end]) || text[end] == (byte)'_'))
            {
                end++;
            }

            // Shorter ones are local variables more often than not.
            if (end - i > 3 && !char.IsAsciiDigit((char)text[i]))
            {
                _ = names.Add(Encoding.ASCII.GetString(text[i..end]));
            }

            i = Math.Max(end, i + 1);
        }

        return names.ToImmutable();
    }

    private static ImmutableHashSet<string> In(string line) => In(Encoding.UTF8.GetBytes(line));

    private static HashSet<string> Lines(PatchedTree tree, string header) => tree.ReadBytes(header) is { } bytes ? [.. Encoding.Latin1.GetString(bytes).Split('\n')] : [];
}
