using System.Text.RegularExpressions;
using Review.Core.Source;
using Review.Kernel.Architectures;

namespace Review.Kernel.Kconfig;

/// <summary>Which configuration symbols a tree has at all, with whatever architecture.</summary>
/// <param name="tree">The tree.</param>
public sealed partial class KconfigSymbols(ISourceTree tree)
{
    /// <summary>Where most of what memory management depends on is declared: reading these files saves reading all 1,900.</summary>
    private static readonly string[] FirstFiles = ["mm/Kconfig", "init/Kconfig", "arch/Kconfig"];

    private HashSet<string>? near;
    private List<KconfigModel>? all;

    /// <summary>True if a Kconfig file declares a symbol. A tree without Kconfig files has none.</summary>
    /// <param name="symbol">Its name, without <c>CONFIG_</c>.</param>
    public bool Has(string symbol)
    {
        near ??= [.. FirstFiles.Concat(tree.List("arch").Select(static name => $"arch/{name}Kconfig")).SelectMany(DeclaredIn)];
        if (near.Contains(symbol))
        {
            return true;
        }

        all ??= tree.FileExists("Kconfig") ? [.. Architecture.All.Select(architecture => KconfigParser.Parse(tree, architecture, new ProblemList()))] : [];
        return all.Exists(model => model.Find(symbol) is { IsDefined: true });
    }

    private IEnumerable<string> DeclaredIn(string file) => tree.ReadText(file, null) is { } text ? Declaration().Matches(text).Select(static match => match.Groups["name"].Value) : [];

    [GeneratedRegex(@"^\s*(menu)?config\s+(?<name>\w+)\s*$", RegexOptions.ExplicitCapture | RegexOptions.Multiline)]
    private static partial Regex Declaration();
}
