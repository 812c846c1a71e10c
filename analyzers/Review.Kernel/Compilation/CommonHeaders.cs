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

    /// <summary>
    /// A header that includes what many sources of mm/ include, in ordinal order; empty if there is nothing. Trace headers are left out, because a source
    /// decides by a macro what they become, and those of the architecture, which lean on what was included before.
    /// </summary>
    public static string Text(ISourceTree tree, Kbuild kbuild)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(kbuild);
        var sources = kbuild.Selected("mm");
        return string.Concat(sources
            .SelectMany(source => IncludesOf(tree.ReadBytes(source) ?? []))
            .CountBy(static name => name, StringComparer.Ordinal)
            .Where(count => count.Value * Share >= sources.Length && !count.Key.StartsWith("trace/", StringComparison.Ordinal) && !count.Key.StartsWith("asm/", StringComparison.Ordinal))
            .Select(static count => $"#include <{count.Key}>\n")
            .Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> IncludesOf(byte[] source) =>
        Include().Matches(Encoding.Latin1.GetString(source)).Select(static match => match.Groups[1].Value).Distinct(StringComparer.Ordinal);

    [GeneratedRegex(@"^[ \t]*#[ \t]*include[ \t]+<([A-Za-z0-9_./-]+)>", RegexOptions.Multiline)]
    private static partial Regex Include();
}
