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
        return [.. files.SelectMany(file => Complete(Run(tree, [file], 1)).Findings.Where(finding => !FingerprintsIn(file).Contains(finding.Fingerprint)))];
    }

    /// <summary>A file's tree, as it is or as a mutation leaves it.</summary>
    public TranslationUnit Load(string file, Mutation? mutation = null)
    {
        using var loader = new UnitLoader(mutation is null ? source.Tree : new EditedTree(source.Tree, Edit(mutation)), null) { Headers = headers };
        var loaded = loader.Load(file, prepared, CancellationToken.None);
        return loaded.Unit ?? throw new UserError($"{file}: {loaded.Reason}", loaded.Cure);
    }

    /// <summary>The text of a file after several mutations of it.</summary>
    public byte[] TextAfter(string file, IEnumerable<Mutation> mutations)
    {
        ArgumentNullException.ThrowIfNull(mutations);
        var text = File.ReadAllBytes(Path.Combine(folder, file));
        return mutations.Aggregate(text, (current, mutation) => Edit(mutation, new Dictionary<string, byte[]>(StringComparer.Ordinal) { [file] = current })[file]);
    }

    /// <summary>The tree of a file with a text of its own.</summary>
    public TranslationUnit Load(string file, byte[] text)
    {
        using var loader = new UnitLoader(new EditedTree(source.Tree, new Dictionary<string, byte[]>(StringComparer.Ordinal) { [file] = text }), null) { Headers = headers };
        var loaded = loader.Load(file, prepared, CancellationToken.None);
        return loaded.Unit ?? throw new UserError($"{file}: {loaded.Reason}", loaded.Cure);
    }

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
        return [.. Complete(Run(new EditedTree(source.Tree, edited), [finding.Path], 1)).Findings.Where(after => !FingerprintsIn(finding.Path).Contains(after.Fingerprint))];
    }

    public void Dispose()
    {
        source.Dispose();
        cache.Dispose();
    }

    private ImmutableHashSet<string> FingerprintsIn(string file) =>
        untouched.GetOrAdd(file, path => [.. Complete(Run(source.Tree, [path], 1)).Findings.Select(static finding => finding.Fingerprint)]);

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

    private AnalysisResult Run(ISourceTree tree, IEnumerable<string> files, int parallelism)
    {
        using var loader = new UnitLoader(tree, null, withWarnings: true) { Headers = headers };
        return new AnalysisDriver(rules, new AnalysisOptions { Parallelism = parallelism }).Run(
            new ToolInfo("mmreview", "", "", ""),
            new KernelInfo(Version, null, prepared.Build.Architecture.Name, prepared.Build.Configuration.Name),
            [.. files.Select(file => new AnalysisInput(file, token => loader.Load(file, prepared, token)))],
            CancellationToken.None);
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
