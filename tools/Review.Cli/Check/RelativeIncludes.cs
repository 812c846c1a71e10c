using System.Text;
using System.Text.RegularExpressions;

namespace Review.Cli.Check;

/// <summary>Headers that a source names by a path that leads out of its own directory: <c>#include "../mm/internal.h"</c>.</summary>
internal static partial class RelativeIncludes
{
    /// <summary>The headers as paths from the top of the tree, in the order of the source; those that lead out of the tree are left out.</summary>
    public static IEnumerable<string> In(string file, byte[] text)
    {
        foreach (Match include in Include().Matches(Encoding.UTF8.GetString(text)))
        {
            var parts = new List<string>((Path.GetDirectoryName(file) ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries));
            var isInside = true;
            foreach (var part in include.Groups["path"].Value.Split('/'))
            {
                if (part != "..")
                {
                    parts.Add(part);
                }
                else if (parts.Count > 0)
                {
                    parts.RemoveAt(parts.Count - 1);
                }
                else
                {
                    isInside = false;
                }
            }

            if (isInside)
            {
                yield return string.Join('/', parts);
            }
        }
    }

    [GeneratedRegex(@"^[ \t]*#[ \t]*include[ \t]*""(?<path>[^""\n]*/[^""\n]*)""", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Include();
}
