using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Review.Core.Source;
using Review.Kernel.Architectures;

namespace Review.Kernel.Headers;

/// <summary>The state while the generated headers of one tree, architecture and configuration are being made.</summary>
internal sealed class HeaderGeneration
{
    private readonly ImmutableSortedDictionary<string, string>.Builder files =
        ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);

    private readonly HeaderLists lists;

    public HeaderGeneration(ISourceTree tree, Architecture architecture, KernelConfiguration configuration, ProblemList problems)
    {
        Tree = tree;
        Architecture = architecture;
        Configuration = configuration;
        Problems = problems;
        lists = Lists($"{architecture.Directory}/include/asm");
    }

    public ISourceTree Tree { get; }

    public Architecture Architecture { get; }

    public KernelConfiguration Configuration { get; }

    public ProblemList Problems { get; }

    /// <summary>Adds a header; the path is relative to the overlay.</summary>
    public void Add(string path, string text) => files[path] = text;

    /// <summary>The text of a file of the tree; empty, with a problem, if it is missing.</summary>
    public string Read(string path)
    {
        if (Tree.ReadText(path, Problems) is { } text)
        {
            return text;
        }

        Problems.Add(path, 0, "missing: headers that are generated from it stay empty");
        return "";
    }

    /// <summary>True if the architecture's include/asm/Kbuild lists a header in <c>generated-y</c>.</summary>
    public bool IsGenerated(string header) => lists.Generated.Contains(header);

    /// <summary>The header lists of the Kbuild file in a directory; empty without one.</summary>
    public HeaderLists Lists(string directory) => HeaderLists.Parse(Tree.ReadText($"{directory}/Kbuild", Problems) ?? "");

    public ImmutableSortedDictionary<string, string> ToImmutable() => files.ToImmutable();
}

/// <summary>The header lists of one Kbuild file below include/ (scripts/Makefile.asm-headers).</summary>
internal sealed partial record HeaderLists(
    ImmutableArray<string> Generic,
    ImmutableArray<string> Generated,
    ImmutableArray<string> Mandatory,
    ImmutableArray<string> Syscall)
{
    public static HeaderLists Parse(string text)
    {
        var lists = new Dictionary<string, List<string>>(StringComparer.Ordinal)
        {
            ["generic"] = [],
            ["generated"] = [],
            ["mandatory"] = [],
            ["syscall"] = [],
        };
        foreach (Match match in Assignment().Matches(text.Replace("\\\n", " ", StringComparison.Ordinal)))
        {
            var words = match.Groups[2].Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            lists[match.Groups[1].Value].AddRange(words.Where(word => HeaderName().IsMatch(word)));
        }

        return new HeaderLists([.. lists["generic"]], [.. lists["generated"]], [.. lists["mandatory"]], [.. lists["syscall"]]);
    }

    [GeneratedRegex(@"^[ \t]*(generic|generated|mandatory|syscall)-y[ \t]*[+:]?=([^#\n]*)", RegexOptions.Multiline)]
    private static partial Regex Assignment();

    // One plain file name, possibly in a folder: nothing that could leave the overlay.
    [GeneratedRegex(@"^[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*(\.[A-Za-z0-9_]+)+$")]
    private static partial Regex HeaderName();
}
