using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using Review.Clang;
using Review.Cli;
using Review.Cli.Cache;
using Review.Cli.Check;
using Review.Cli.Commands;
using Review.Core.Diagnostics;
using Review.Core.Engine;
using Review.Core.Source;
using Review.Core.Syntax;
using Review.Kernel;
using Review.Kernel.Architectures;

namespace Review.Dev.Corpus;

/// <summary>A kernel tree, prepared once, whose files are analysed as they are and as mutations leave them. The tree itself is never written to.</summary>
internal sealed class KernelUnderTest : IDisposable
{
    private readonly string folder;
    private readonly string scratch;
    private readonly CacheDirectory cache;
    private readonly KernelSource source;
    private readonly PreparedKernel prepared;
    private readonly PrecompiledHeaders headers;
    private readonly AnalyzerSet rules = RuleAssemblies.Load([]);
    private readonly ConcurrentDictionary<string, ImmutableHashSet<string>> untouched = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Versions> versions = new(StringComparer.Ordinal);

    /// <summary>Prepares a work tree.</summary>
    /// <param name="folder">The tree.</param>
    /// <param name="scratch">A folder for copies and headers; it belongs to the caller.</param>
    public KernelUnderTest(string folder, string scratch)
    {
        this.folder = folder;
        this.scratch = scratch;
        cache = CacheDirectory.Open(Path.Combine(scratch, "cache"));
        source = KernelSource.Open(cache, folder, null);
        using var parser = new ClangParser();
        prepared = new BuildPreparation(cache, source, useCache: false, "test").Prepare(Architecture.X86, ConfigurationSource.Default, null, parser, ["mm/"]);
        headers = new PrecompiledHeaders(cache, source, "test", CancellationToken.None) { Expected = static _ => int.MaxValue };
    }

    /// <summary>
    /// True if the texts of a file are reviewed as versions of it, each made out of the one before, as the patches of a series are; false if each is compiled and reviewed by itself, as
    /// <c>check</c> does it.
    /// </summary>
    public bool AsVersions { get; init; }

    /// <summary>The kernel's version.</summary>
    public string Version => prepared.Build.Version.ToString();

    /// <summary>Analyses the files that kbuild compiles and a pattern matches.</summary>
    public AnalysisResult Analyse(string pattern, int parallelism) => Run(source.Tree, FilesOf(pattern), parallelism);

    /// <summary>The files that kbuild compiles and a pattern matches.</summary>
    public IReadOnlyList<string> FilesOf(string pattern) => FileSelection.Expand([pattern], source.Tree, source.WorkTreeRoot, Environment.CurrentDirectory, () => [prepared.Build.Kbuild]);

    /// <summary>The findings in the files that a mutation changes which are not there before it.</summary>
    public IReadOnlyList<Finding> Added(Mutation mutation)
    {
        var edited = Edit(mutation);
        var tree = new EditedTree(source.Tree, edited);
        var files = edited.Keys.Where(static file => file.EndsWith(".c", StringComparison.Ordinal));
        return [.. files.SelectMany(file => Added(tree, file, isAlone: edited.Count == 1))];
    }

    /// <summary>A file's tree, as it is or as a mutation leaves it.</summary>
    public TranslationUnit Load(string file, Mutation? mutation = null) => Load(file, mutation is null ? source.Tree : new EditedTree(source.Tree, Edit(mutation)), asVersion: mutation is null or { Files: [_] });

    /// <summary>The text of a file after several mutations of it.</summary>
    public byte[] TextAfter(string file, IEnumerable<Mutation> mutations)
    {
        ArgumentNullException.ThrowIfNull(mutations);
        var text = File.ReadAllBytes(Path.Combine(folder, file));
        return mutations.Aggregate(text, (current, mutation) => Edit(mutation, new Dictionary<string, byte[]>(StringComparer.Ordinal) { [file] = current })[file]);
    }

    /// <summary>The tree of a file with a text of its own.</summary>
    public TranslationUnit Load(string file, byte[] text) => Load(file, new EditedTree(source.Tree, new Dictionary<string, byte[]>(StringComparer.Ordinal) { [file] = text }), asVersion: true);

    /// <summary>The findings in a file with a text of its own.</summary>
    public IReadOnlyList<Finding> FindingsIn(string file, byte[] text) =>
        Complete(Run(new EditedTree(source.Tree, new Dictionary<string, byte[]>(StringComparer.Ordinal) { [file] = text }), [file], 1)).Findings;

    /// <summary>What a mutation adds once the cure of one of its findings is applied.</summary>
    public IReadOnlyList<Finding> AddedAfter(Mutation mutation, Finding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        var edited = Edit(mutation);
        var text = edited[finding.Path].ToList();
        foreach (var edit in finding.Fix!.Edits.OrderByDescending(static edit => edit.Span.Start))
        {
            text.RemoveRange(edit.Span.Start, edit.Span.Length);
            text.InsertRange(edit.Span.Start, Encoding.UTF8.GetBytes(edit.Text));
        }

        edited[finding.Path] = [.. text];
        return Added(new EditedTree(source.Tree, edited), finding.Path, isAlone: edited.Count == 1);
    }

    public void Dispose()
    {
        source.Dispose();
        cache.Dispose();
    }

    /// <summary>The findings in a file of an edited tree that the file does not have as it is.</summary>
    /// <param name="tree">The edited tree.</param>
    /// <param name="file">The file.</param>
    /// <param name="isAlone">True if no other file is edited.</param>
    private List<Finding> Added(EditedTree tree, string file, bool isAlone)
    {
        var before = untouched.GetOrAdd(file, path => [.. Complete(Run(source.Tree, path, asVersion: true)).Findings.Select(static finding => finding.Fingerprint)]);
        return [.. Complete(Run(tree, file, isAlone)).Findings.Where(finding => !before.Contains(finding.Fingerprint))];
    }

    private TranslationUnit Load(string file, ISourceTree tree, bool asVersion)
    {
        using var loader = new UnitLoader(tree, null) { Headers = headers };
        var loaded = Among(file, asVersion, versions => loader.Load(file, prepared, versions?.Loaded, CancellationToken.None));
        return loaded.Unit ?? throw new UserError($"{file}: {loaded.Reason}", loaded.Cure);
    }

    private AnalysisResult Run(ISourceTree tree, string file, bool asVersion) => Among(file, asVersion, versions => Run(tree, [file], 1, versions));

    /// <summary>Does something with the versions of a file, while nobody else has them; with none where a text is to stand by itself.</summary>
    private T Among<T>(string file, bool asVersion, Func<Versions?, T> work)
    {
        if (!AsVersions || !asVersion)
        {
            return work(null);
        }

        var known = versions.GetOrAdd(file, static _ => new Versions());
        lock (known)
        {
            return work(known);
        }
    }

    private static AnalysisResult Complete(AnalysisResult result) =>
        result.NotAnalysed is [var first, ..] ? throw new UserError($"{first.Path} {first.Function}: not analysed: {first.Reason}", "give up less") : result;

    /// <summary>The files that a mutation changes, as it leaves them; some may have been edited before.</summary>
    private Dictionary<string, byte[]> Edit(Mutation mutation, IReadOnlyDictionary<string, byte[]>? already = null)
    {
        var copy = Path.Combine(scratch, "edited-" + mutation.Name);
        foreach (var file in mutation.Files)
        {
            _ = Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(copy, file))!);
            File.WriteAllBytes(Path.Combine(copy, file), Before(file));
        }

        using (var script = ExternalProgram.Start("sh", [mutation.Script, copy], CancellationToken.None))
        {
            script.Finish($"{mutation.Name} does not apply", "look at the script: the tree is another one than it was made for");
        }

        var changed = mutation.Files
            .Select(file => (File: file, Text: File.ReadAllBytes(Path.Combine(copy, file))))
            .Where(edit => !edit.Text.AsSpan().SequenceEqual(Before(edit.File)))
            .ToDictionary(static edit => edit.File, static edit => edit.Text, StringComparer.Ordinal);
        Directory.Delete(copy, recursive: true);
        return changed;

        byte[] Before(string file) => already?.GetValueOrDefault(file) ?? File.ReadAllBytes(Path.Combine(folder, file));
    }

    private AnalysisResult Run(ISourceTree tree, IEnumerable<string> files, int parallelism, Versions? known = null)
    {
        using var loader = new UnitLoader(tree, null, withWarnings: true) { Headers = headers };
        return new AnalysisDriver(rules, new AnalysisOptions { Parallelism = parallelism }).Run(
            new ToolInfo("mmreview", "", "", ""),
            new KernelInfo(Version, null, prepared.Build.Architecture.Name, prepared.Build.Configuration.Name),
            [.. files.Select(file => new AnalysisInput(file, token => loader.Load(file, prepared, known?.Reviewed, token)) { History = known?.Runs })],
            CancellationToken.None);
    }

    /// <summary>What is known of the versions of one file that were loaded, and of those that were reviewed, whose messages are known as well.</summary>
    private sealed record Versions
    {
        public UnitHistory Loaded { get; } = new();

        public UnitHistory Reviewed { get; } = new();

        public RunHistory Runs { get; } = new();
    }

    /// <summary>A tree in which some files have another text.</summary>
    private sealed class EditedTree(ISourceTree tree, Dictionary<string, byte[]> edited) : ISourceTree
    {
        public string? Revision => tree.Revision;

        public bool FileExists(string path) => tree.FileExists(path);

        public byte[]? ReadBytes(string path) => edited.TryGetValue(path, out var text) ? text : tree.ReadBytes(path);

        public IReadOnlyList<string> List(string directory) => tree.List(directory);
    }
}
