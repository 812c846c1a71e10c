using System.Collections.Immutable;
using System.Globalization;
using Review.Patches.Diffs;
using Review.Patches.Mail;

namespace Review.Patches.Replies;

/// <summary>The lines of a patch that a remark stands under.</summary>
public static class PatchQuote
{
    /// <summary>Lines of the hunk above the one in question.</summary>
    private const int LinesAbove = 4;

    /// <summary>Characters of a line; longer ones are cut, because mail ends lines at 998 bytes.</summary>
    private const int LongestLine = 300;

    private const string Cut = "[ ... ]";

    /// <summary>The lines without quote marks, the one in question last.</summary>
    /// <param name="patch">What the patch does.</param>
    /// <param name="path">The file.</param>
    /// <param name="line">The line after the patch, from 1.</param>
    /// <param name="function">The function, to find a hunk if none has the line.</param>
    public static ImmutableArray<string> Of(IEnumerable<FilePatch> patch, string path, int line, string function)
    {
        var hunks = patch.Where(file => file.Path == path).SelectMany(static file => file.Hunks).ToList();
        foreach (var hunk in hunks)
        {
            var number = Math.Max(hunk.NewStart, 1);
            for (var i = 0; i < hunk.Lines.Length; i++)
            {
                if (hunk.Lines[i].Kind != DiffLineKind.Removed && number++ == line)
                {
                    return Excerpt(hunk, i);
                }
            }
        }

        var near = hunks.Find(hunk => function.Length > 0 && hunk.Section.Contains(function + "(", StringComparison.Ordinal)) ?? hunks.FirstOrDefault();
        return near is null ? [] : [Head(near), Cut];
    }

    private static ImmutableArray<string> Excerpt(Hunk hunk, int index)
    {
        var first = Math.Max(0, index - LinesAbove);
        return
        [
            Head(hunk),
            .. first > 0 ? (string[])[Cut] : [],
            .. Enumerable.Range(first, index - first + 1).Select(i => Show(hunk.Lines[i])),
        ];
    }

    private static string Head(Hunk hunk) => Shorten(string.Create(
        CultureInfo.InvariantCulture, $"@@ -{hunk.OldStart},{hunk.Before.Count()} +{hunk.NewStart},{hunk.After.Count()} @@ {hunk.Section}").TrimEnd());

    private static string Show(DiffLine line) => Shorten((line.Kind switch
    {
        DiffLineKind.Added => "+",
        DiffLineKind.Removed => "-",
        _ => " ",
    } + ByteText.ToUnicode(line.Bytes)).TrimEnd('\n', '\r', ' ', '\t'));

    private static string Shorten(string line) => line.Length <= LongestLine ? line : line[..LongestLine] + Cut;
}
