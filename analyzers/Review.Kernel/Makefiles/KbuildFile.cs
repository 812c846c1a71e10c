using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Review.Core.Source;

namespace Review.Kernel.Makefiles;

/// <summary>
/// One directory's Kbuild or Makefile under one configuration: the sources it compiles, the directories it enters, the flags
/// it sets (Documentation/kbuild/makefiles.rst).
/// </summary>
internal sealed partial class KbuildFile
{
    private readonly MakeVariables variables;
    private readonly string directory;

    private KbuildFile(string path, MakeVariables variables)
    {
        Path = path;
        directory = SourceTreeReading.DirectoryOf(path);
        this.variables = variables;
    }

    /// <summary>The makefile's path.</summary>
    public string Path { get; }

    /// <summary>The .c files compiled because this makefile names their objects.</summary>
    public ImmutableHashSet<string> Sources { get; private set; } = [];

    /// <summary>The directories this makefile has make enter, in its order.</summary>
    public ImmutableArray<string> Directories { get; private set; } = [];

    /// <summary>The makefile of a directory (kbuild prefers Kbuild over Makefile), or null.</summary>
    public static string? Find(ISourceTree tree, string directory)
    {
        foreach (var name in (ReadOnlySpan<string>)["Kbuild", "Makefile"])
        {
            var path = SourceTreeReading.Join(directory, name);
            if (tree.FileExists(path))
            {
                return path;
            }
        }

        return null;
    }

    /// <summary>Reads a makefile.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="path">The makefile.</param>
    /// <param name="text">Its text.</param>
    /// <param name="environment">Variables that make exports to it, for example SRCARCH.</param>
    /// <param name="configuration">The value of a configuration symbol, or null if it is off.</param>
    /// <param name="problems">Receives what could not be used.</param>
    public static KbuildFile Read(
        ISourceTree tree,
        string path,
        string text,
        IEnumerable<KeyValuePair<string, string>> environment,
        Func<string, string?> configuration,
        ProblemList problems)
    {
        var file = new KbuildFile(path, new MakeVariables(configuration));
        foreach (var (name, value) in environment.Append(new("src", file.directory)).Append(new("obj", file.directory)))
        {
            file.variables.Set(name, value);
        }

        new MakefileReader(tree, file.variables, problems).Read(path, text);
        file.Collect(tree);
        if (file.variables.Problem is { } problem)
        {
            problems.Add(path, 0, $"{problem}; the rest is taken as empty");
        }

        return file;
    }

    /// <summary>The configuration symbols a makefile mentions, in ordinal order.</summary>
    public static IEnumerable<string> SymbolsIn(string text) =>
        SymbolName().Matches(text).Select(match => match.Groups[1].Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    /// <summary>The words of <c>ccflags-y</c> and of <c>CFLAGS_object.o</c> for a source, as one command line.</summary>
    public string FlagsOf(string source)
    {
        var name = directory.Length == 0 ? source : source[(directory.Length + 1)..];
        return string.Join(' ', variables.Value("EXTRA_CFLAGS"), variables.Value("ccflags-y"), variables.Value($"CFLAGS_{name[..^2]}.o"));
    }

    /// <summary><c>subdir-ccflags-y</c>: flags for this directory and all below.</summary>
    public string InheritedFlags() => variables.Value("subdir-ccflags-y");

    private void Collect(ISourceTree tree)
    {
        var objects = ((string[])["obj-y", "lib-y"]).SelectMany(list => variables.Words(list)).ToHashSet(StringComparer.Ordinal);
        var modules = ((string[])["obj-m", "lib-m"]).SelectMany(list => variables.Words(list)).ToHashSet(StringComparer.Ordinal);
        modules.ExceptWith(objects);

        var parts = objects.SelectMany(item => Parts(item, ["-objs", "-y"])).Concat(modules.SelectMany(item => Parts(item, ["-objs", "-y", "-m"])));
        Sources = [.. parts.Select(part => Source(tree, part)).OfType<string>()];

        var entered = objects.Concat(modules).Where(item => item.EndsWith('/')).Concat(variables.Words("subdir-y")).Concat(variables.Words("subdir-m"));
        Directories = [.. entered.Select(item => SourceTreeReading.Resolve(directory, item)).OfType<string>().Where(item => item.Length > 0).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>
    /// The objects that make up one: itself, unless a list of that name with one of the suffixes names others. A list is not
    /// followed further, so an object that lists itself is itself, as in scripts/Makefile.lib.
    /// </summary>
    private ImmutableArray<string> Parts(string item, ReadOnlySpan<string> suffixes)
    {
        if (!item.EndsWith(".o", StringComparison.Ordinal))
        {
            return [];
        }

        var parts = ImmutableArray.CreateBuilder<string>();
        foreach (var suffix in suffixes)
        {
            parts.AddRange(variables.Words(item[..^2] + suffix));
        }

        return parts.Count == 0 ? [item] : parts.ToImmutable();
    }

    private string? Source(ISourceTree tree, string item) =>
        item.EndsWith(".o", StringComparison.Ordinal)
        && SourceTreeReading.Resolve(directory, $"{item[..^2]}.c") is { } path
        && (tree.FileExists(path) || IsListed(tree, path))
            ? path
            : null;

    /// <summary>True for a name that stands in its directory but cannot be read: what kbuild would compile must not vanish from a list.</summary>
    private static bool IsListed(ISourceTree tree, string path) =>
        tree.Entries(SourceTreeReading.DirectoryOf(path), new ProblemList()).Contains(path[(path.LastIndexOf('/') + 1)..], StringComparer.Ordinal);

    [GeneratedRegex(@"\bCONFIG_([A-Za-z0-9_]+)")]
    private static partial Regex SymbolName();
}
