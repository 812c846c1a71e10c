using System.IO.Enumeration;
using Review.Core.Source;

namespace Review.Kernel.Kconfig;

/// <summary>
/// Finds and opens the files that <c>source</c> statements name. How deep, how often and how much may be sourced is bounded:
/// a kernel tree has about 1,900 Kconfig files, at most eight deep.
/// </summary>
internal sealed class KconfigFiles(ISourceTree tree, ProblemList problems)
{
    private const int MaximumDepth = 32;
    private const int MaximumFiles = 20_000;
    private const long MaximumText = 128L * 1024 * 1024;

    private readonly List<string> open = [];
    private int files;
    private long characters;

    /// <summary>
    /// The paths a <c>source</c> statement names, in ordinal order where the name is a pattern. Names that leave the tree are
    /// refused.
    /// </summary>
    /// <param name="from">The file with the statement.</param>
    /// <param name="line">Its line.</param>
    /// <param name="keyword"><c>source</c>, <c>rsource</c> (relative to the file), <c>osource</c> or <c>orsource</c> (may be missing).</param>
    /// <param name="name">The name, with macros expanded.</param>
    public IReadOnlyList<string> Find(string from, int line, string keyword, string name)
    {
        var isOptional = keyword.StartsWith('o');
        var directory = keyword.EndsWith("rsource", StringComparison.Ordinal) ? SourceTreeReading.DirectoryOf(from) : "";
        if (SourceTreeReading.Resolve(directory, name) is not { Length: > 0 } path)
        {
            problems.Add(from, line, $"source \"{name}\" does not name a file inside the tree; it is ignored");
            return [];
        }

        IReadOnlyList<string> found = path.AsSpan().ContainsAny('*', '?') ? Glob(path) : tree.FileExists(path) ? [path] : [];
        if (found.Count == 0 && !isOptional)
        {
            problems.Add(from, line, $"source \"{name}\": no such file; its symbols are missing");
        }

        return found;
    }

    /// <summary>Opens a file; null if it cannot be read or one of the bounds is reached. Every file opened must be closed.</summary>
    public KconfigLines? Open(string path, string from, int line)
    {
        if (open.Contains(path))
        {
            problems.Add(from, line, $"{path} sources itself ({string.Join(" -> ", open.SkipWhile(p => p != path))} -> {path}); the inner one is ignored");
            return null;
        }

        if (open.Count >= MaximumDepth)
        {
            problems.Add(from, line, $"source statements are nested more than {MaximumDepth} deep; {path} is ignored");
            return null;
        }

        if (++files > MaximumFiles || characters > MaximumText)
        {
            problems.Add("Kconfig", 0, "the Kconfig files source each other more than 20,000 times or hold more than 128 MiB; the rest is ignored");
            return null;
        }

        if (tree.ReadText(path, problems) is not { } text)
        {
            return null;
        }

        characters += text.Length;
        open.Add(path);
        return new KconfigLines(path, text);
    }

    /// <summary>Closes the file opened last.</summary>
    public void Close() => open.RemoveAt(open.Count - 1);

    private List<string> Glob(string pattern)
    {
        List<string> directories = [""];
        var parts = pattern.Split('/');
        foreach (var part in parts.AsSpan(0, parts.Length - 1))
        {
            directories = part.AsSpan().ContainsAny('*', '?')
                ? [.. directories.SelectMany(d => Matches(d, part + "/").Select(name => SourceTreeReading.Join(d, name[..^1])))]
                : [.. directories.Select(d => SourceTreeReading.Join(d, part))];
        }

        return [.. directories.SelectMany(d => Matches(d, parts[^1]).Select(name => SourceTreeReading.Join(d, name)))];
    }

    private IEnumerable<string> Matches(string directory, string pattern) =>
        tree.Entries(directory, problems).Where(name => name.EndsWith('/') == pattern.EndsWith('/') && FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false));
}
