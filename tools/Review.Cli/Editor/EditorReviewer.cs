using Review.Cli.Cache;
using Review.Cli.Commands;
using Review.Cli.Trees;
using Review.Core.Diagnostics;
using Review.Core.Engine;
using Review.Core.Source;
using Review.Core.Syntax;
using Review.Lsp.Reviewing;
using Review.Patches.Diffs;

namespace Review.Cli.Editor;

/// <summary>Reviews files as their editors show them. A file's tree is found from the file upwards, prepared once, and read only.</summary>
/// <param name="cache">Where prepared trees are kept; it belongs to the caller.</param>
internal sealed class EditorReviewer(CacheDirectory cache) : IFileReviewer, IDisposable
{
    private readonly Lock gate = new();
    private readonly AnalyzerSet rules = RuleAssemblies.Load([]);
    private readonly Dictionary<(string Root, string Architecture, string Configuration), EditorTree> trees = [];
    private readonly Dictionary<string, EditedFile> files = new(StringComparer.Ordinal);

    public FileReview Review(ReviewRequest request, ReviewPass pass, Action<string> progress, CancellationToken cancellation)
    {
        if (Path.GetExtension(request.File) != ".c")
        {
            return Refused(request, "", "only C sources are; headers are looked at through the files that include them");
        }

        var root = "";
        try
        {
            if (Find(request, progress, ref root) is not { } file)
            {
                return Refused(request, "", "it is in no kernel tree");
            }

            return file.Review(request, pass, cancellation);
        }
        catch (Exception trouble) when (trouble is UserError or SourceTreeException)
        {
            var cure = trouble is UserError user ? user.Cure : "look at the file";
            return Refused(request, root, $"{trouble.Message}; {cure}") with { Gaps = [new ReviewGap(new NotAnalysed(request.File, null, trouble.Message, cure), default)] };
        }
    }

    public string? Explain(string rule) => rules.Catalog.Find(rule)?.ReadPage();

    public string? Facts(ReviewRequest request, string function, CancellationToken cancellation) =>
        WithUnit(request, (_, _, unit) => FunctionHover.Of(unit, function, RuleAssemblies.LoadDomains([])), cancellation);

    public string? Advice(ReviewRequest request, string constant, CancellationToken cancellation) =>
        WithUnit(request, (tree, shown, unit) => AdviceHover.Of(tree, shown, unit, constant, cancellation), cancellation);

    public WitnessPicture? Witness(ReviewRequest request, string fingerprint, CancellationToken cancellation) =>
        WithUnit(request, (tree, shown, unit) =>
        {
            var result = tree.Analyse(shown, unit.Path, LoadedUnit.Parsed(unit), request.Settings, null, null, cancellation);
            return result.Findings.FirstOrDefault(finding => finding.Fingerprint == fingerprint) is not { } finding ? null
                : WitnessPage.Of(result, finding, unit, tree.Version, rules.Catalog);
        }, cancellation);

    public IReadOnlyList<LockNote> LockNotes(ReviewRequest request, CancellationToken cancellation) =>
        WithUnit<IReadOnlyList<LockNote>>(request, static (_, _, unit) => CallLocks.In(unit, RuleAssemblies.LoadDomains([])), cancellation) ?? [];

    // What the last review has left is cleared away while the keyboard rests, so that the next one does not have to wait for it.
    public void Rest() => GC.Collect(1, GCCollectionMode.Forced, blocking: true);

    public void FilesChanged()
    {
        lock (gate)
        {
            files.Clear();
            foreach (var tree in trees.Values)
            {
                tree.Dispose();
            }

            trees.Clear();
        }
    }

    public void Close(string file)
    {
        lock (gate)
        {
            _ = files.Remove(RealPath(file));
        }
    }

    public void Dispose() => FilesChanged();

    /// <summary>Asks something of a file that was parsed; null if it cannot be.</summary>
    private T? WithUnit<T>(ReviewRequest request, Func<EditorTree, PatchedTree, TranslationUnit, T?> ask, CancellationToken cancellation)
        where T : class
    {
        try
        {
            var root = "";
            return Find(request, static _ => { }, ref root) is { } file && file.Parse(request, cancellation) is { Loaded.Unit: { } unit } version ? ask(file.Tree, version.Shown, unit) : null;
        }
        catch (Exception trouble) when (trouble is UserError or SourceTreeException or NotAnalysedException)
        {
            return null;
        }
    }

    /// <summary>The file in its tree, which is prepared if it is not yet; null if there is none.</summary>
    private EditedFile? Find(ReviewRequest request, Action<string> progress, ref string root)
    {
        var real = RealPath(request.File);
        if (KernelTree.Around(Path.GetDirectoryName(real)) is not { } around)
        {
            return null;
        }

        root = around;
        lock (gate)
        {
            var key = (root, request.Settings.Architecture, request.Settings.Configuration);
            if (!trees.TryGetValue(key, out var tree))
            {
                progress($"preparing {root}");
                trees.Add(key, tree = new EditorTree(cache, root, request.Settings, rules));
            }

            if (!files.TryGetValue(real, out var file) || file.Tree != tree)
            {
                files[real] = file = new EditedFile(tree, real[(tree.Root.Length + 1)..]);
            }

            return file;
        }
    }

    private static FileReview Refused(ReviewRequest request, string root, string reason) =>
        new(root, new SourceText(request.File, request.Text), [], []) { Refusal = reason };

    /// <summary>The path without links; one that does not exist yet is in its folder's.</summary>
    private static string RealPath(string path)
    {
        var folder = Path.GetDirectoryName(path);
        return File.Exists(path) ? PosixFile.RealPath(path) : Directory.Exists(folder) ? $"{PosixFile.RealPath(folder)}/{Path.GetFileName(path)}" : path;
    }
}
