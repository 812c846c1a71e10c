using System.Collections.Concurrent;
using System.Collections.Immutable;
using Review.Core.Source;

namespace Review.Kernel.Makefiles;

/// <summary>The makefiles of a tree under one configuration, read on demand and once. Safe to use from several threads.</summary>
internal sealed class KbuildTree(
    ISourceTree tree,
    ImmutableArray<KeyValuePair<string, string>> environment,
    Func<string, string?> configuration,
    ConcurrentDictionary<string, (string Path, string Text)?> texts)
{
    private const int MaximumDirectories = 20_000;

    private readonly ConcurrentDictionary<string, (KbuildFile? File, ImmutableArray<KernelProblem> Problems)> files = new(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, ImmutableSortedSet<string>> sourcesBelow = new(StringComparer.Ordinal);

    /// <summary>The same makefiles under another configuration.</summary>
    public KbuildTree With(Func<string, string?> other) => new(tree, environment, other, texts);

    /// <summary>The makefile of a directory, or null. The root's is not read: it names the top directories, which count as entered.</summary>
    public KbuildFile? File(string directory) => Load(directory).File;

    /// <summary>What could not be used in a directory's makefile.</summary>
    public ImmutableArray<KernelProblem> Problems(string directory) => Load(directory).Problems;

    /// <summary>The path and text of a directory's makefile, or null.</summary>
    public (string Path, string Text)? Text(string directory) =>
        texts.GetOrAdd(directory, d => d.Length > 0 && KbuildFile.Find(tree, d) is { } path && tree.ReadText(path, null) is { } text ? (path, text) : null);

    /// <summary>
    /// The makefiles above a path that make reads, outermost first: a makefile is read if none is above it or if one of those
    /// above names its directory.
    /// </summary>
    public List<KbuildFile> Chain(string path)
    {
        var chain = new List<KbuildFile>();
        var isTop = true;
        for (var slash = path.IndexOf('/'); slash > 0; slash = path.IndexOf('/', slash + 1))
        {
            var directory = path[..slash];
            if (File(directory) is { } file)
            {
                if (isTop || chain.Exists(above => above.Directories.Contains(directory)))
                {
                    chain.Add(file);
                }

                isTop = false;
            }
        }

        return chain;
    }

    /// <summary>The makefile that has a source compiled, or null if none does.</summary>
    public KbuildFile? Owner(string source) => Chain(source).FindLast(file => file.Sources.Contains(source));

    /// <summary>
    /// True if a source is compiled. A makefile may name sources of a neighbour directory (<c>../x.o</c>), so where none above
    /// the source does, everything below the topmost one is looked through.
    /// </summary>
    public bool IsCompiled(string source)
    {
        if (Owner(source) is not null)
        {
            return true;
        }

        for (var slash = source.IndexOf('/'); slash > 0; slash = source.IndexOf('/', slash + 1))
        {
            if (Text(source[..slash]) is not null)
            {
                return Sources(source[..slash]).Contains(source);
            }
        }

        return false;
    }

    /// <summary>All sources below a directory that are compiled.</summary>
    public ImmutableSortedSet<string> Sources(string directory) => sourcesBelow.GetOrAdd(directory, Collect);

    private ImmutableSortedSet<string> Collect(string directory)
    {
        var sources = ImmutableSortedSet.CreateBuilder<string>(StringComparer.Ordinal);
        var chain = Chain($"{directory}/");
        foreach (var file in chain)
        {
            sources.UnionWith(file.Sources);
        }

        var visited = new HashSet<string>(StringComparer.Ordinal);
        var pending = new Queue<string>(chain.SelectMany(file => file.Directories).Where(IsBelow));
        while (pending.TryDequeue(out var next) && visited.Count < MaximumDirectories)
        {
            if (visited.Add(next) && File(next) is { } file)
            {
                sources.UnionWith(file.Sources);
                foreach (var below in file.Directories.Where(IsBelow))
                {
                    pending.Enqueue(below);
                }
            }
        }

        return sources.Where(IsBelow).ToImmutableSortedSet(StringComparer.Ordinal);

        bool IsBelow(string path) => path.StartsWith($"{directory}/", StringComparison.Ordinal);
    }

    private (KbuildFile? File, ImmutableArray<KernelProblem> Problems) Load(string directory) => files.GetOrAdd(directory, Read);

    private (KbuildFile? File, ImmutableArray<KernelProblem> Problems) Read(string directory)
    {
        if (Text(directory) is not { } makefile)
        {
            return (null, []);
        }

        var problems = new ProblemList();
        var file = KbuildFile.Read(tree, makefile.Path, makefile.Text, environment, configuration, problems);
        return (file, problems.ToImmutable());
    }
}
