using System.Text;
using System.Text.RegularExpressions;
using Review.Core.Source;
using Review.Kernel.Makefiles;

namespace Review.Kernel.Compilation;

/// <summary>The headers that are worth being compiled once for many sources.</summary>
public static partial class CommonHeaders
{
    /// <summary>One in so many sources of mm/ includes them. Fewer, and the rest pays for what it does not need.</summary>
    private const int Share = 12;

    private const string Folder = "mm";

    /// <summary>
    /// A header that includes what many sources of mm/ include; empty if there is nothing. Headers of the architecture come behind the others and those of mm/ last, for they lean on what
    /// sources include before. Trace headers are left out, because a source decides by a macro what they become.
    /// </summary>
    /// <param name="tree">The tree.</param>
    /// <param name="kbuild">What it compiles.</param>
    /// <param name="root">Absolute path of the tree: clang is to know a header of mm/ by the name that it has when a source beside it includes it.</param>
    public static string Text(ISourceTree tree, Kbuild kbuild, string root)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(kbuild);
        var sources = kbuild.Selected(Folder);
        return string.Concat(sources
            .SelectMany(source => IncludesOf(tree.ReadBytes(source) ?? []))
            .CountBy(static name => name)
            .Where(count => count.Value * Share >= sources.Length && !count.Key.Name.StartsWith("trace/", StringComparison.Ordinal) && (!count.Key.IsQuoted || tree.FileExists($"{Folder}/{count.Key.Name}")))
            .OrderBy(static count => (count.Key.IsQuoted, count.Key.Name.StartsWith("asm/", StringComparison.Ordinal)))
            .ThenBy(static count => count.Key.Name, StringComparer.Ordinal)
            .Select(count => count.Key.IsQuoted ? $"#include \"{root}/{Folder}/{count.Key.Name}\"\n" : $"#include <{count.Key.Name}>\n"));
    }

    private static IEnumerable<(string Name, bool IsQuoted)> IncludesOf(byte[] source) =>
        Include().Matches(Encoding.Latin1.GetString(source)).Select(static match => (match.Groups[2].Value, match.Groups[1].Value == "\"")).Distinct();

    [GeneratedRegex("""^[ \t]*#[ \t]*include[ \t]+([<"])([A-Za-z0-9_./-]+)[>"]""", RegexOptions.Multiline)]
    private static partial Regex Include();
}
