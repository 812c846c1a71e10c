using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Review.Core.Source;

namespace Review.Kernel;

/// <summary>The version that the top Makefile of a kernel tree states.</summary>
/// <param name="Major">VERSION.</param>
/// <param name="Patchlevel">PATCHLEVEL.</param>
/// <param name="Sublevel">SUBLEVEL.</param>
/// <param name="Extra">EXTRAVERSION, for example <c>-rc3</c>; often empty.</param>
public sealed partial record KernelVersion(int Major, int Patchlevel, int Sublevel, string Extra)
{
    /// <summary>LINUX_VERSION_CODE as the top Makefile computes it: a sublevel above 255 counts as 255.</summary>
    public int Code => (Major * 65536) + (Patchlevel * 256) + Math.Min(Sublevel, 255);

    /// <summary>Reads the version of a tree. Throws <see cref="KernelTreeException"/> if it is no kernel tree.</summary>
    public static KernelVersion Read(ISourceTree tree) => Parse(TopMakefile(tree));

    /// <summary>The version as <c>make kernelrelease</c> prints it for a tree without local version.</summary>
    public override string ToString() => $"{Major}.{Patchlevel}.{Sublevel}{Extra}";

    internal static string TopMakefile(ISourceTree tree)
    {
        try
        {
            return tree.ReadBytes("Makefile") is { } bytes ? Encoding.UTF8.GetString(bytes) : throw NotAKernelTree();
        }
        catch (SourceTreeException e)
        {
            throw new KernelTreeException("Makefile", e.Reason);
        }
    }

    internal static KernelVersion Parse(string makefile)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Match match in Assignment().Matches(makefile))
        {
            values.TryAdd(match.Groups[1].Value, match.Groups[2].Value);
        }

        return Number("VERSION") is { } major && Number("PATCHLEVEL") is { } patchlevel
            ? new KernelVersion(major, patchlevel, Number("SUBLEVEL") ?? 0, values.GetValueOrDefault("EXTRAVERSION", ""))
            : throw NotAKernelTree();

        int? Number(string name) =>
            int.TryParse(values.GetValueOrDefault(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= 9999
                ? number
                : null;
    }

    private static KernelTreeException NotAKernelTree() =>
        new("Makefile", "not a kernel tree: there is no top Makefile with VERSION and PATCHLEVEL; name the top directory of a Linux source tree");

    // The value ends at the line end: EXTRAVERSION is usually empty.
    [GeneratedRegex(@"^(VERSION|PATCHLEVEL|SUBLEVEL|EXTRAVERSION)[ \t]*=[ \t]*([A-Za-z0-9._+-]*)[ \t\r]*$", RegexOptions.Multiline)]
    private static partial Regex Assignment();
}
