using Review.Clang;
using Review.Cli.Cache;
using Review.Cli.Check;
using Review.Core.Diagnostics;
using Review.Core.Engine;
using Review.Core.Syntax;
using Review.Kernel;
using Review.Kernel.Architectures;
using Review.Kernel.Compilation;
using Review.Lsp.Reviewing;
using Review.Patches.Diffs;

namespace Review.Cli.Editor;

/// <summary>A kernel tree that files are edited in, prepared for one architecture and configuration. It is never written to.</summary>
internal sealed class EditorTree : IDisposable
{
    /// <summary>One processor is left to the editor, and to the next key.</summary>
    private static readonly int Threads = Math.Max(1, Environment.ProcessorCount - 1);

    private readonly AnalyzerSet rules;
    private readonly KernelSource source;
    private readonly PreparedKernel kernel;
    private readonly PrecompiledHeaders headers;
    private readonly CompileCommands? commands;
    private readonly ToolVersions versions = ToolVersions.Read();

    /// <summary>Prepares a tree.</summary>
    /// <exception cref="UserError">It cannot be prepared.</exception>
    public EditorTree(CacheDirectory cache, string root, ReviewSettings settings, AnalyzerSet rules)
    {
        this.rules = rules;
        source = KernelSource.Open(cache, root, null);
        try
        {
            var options = new CheckOptions
            {
                Kernel = root,
                Architectures = [Architecture.Find(settings.Architecture) ?? throw new UserError($"unknown architecture '{settings.Architecture}'", $"set mmreview.arch to {string.Join(" or ", Architecture.All)}")],
                Configuration = settings.Configuration,
                Files = [],
            };
            using var parser = new ClangParser();
            var makers = SelectedFiles.Makers(versions);
            var selected = SelectedFiles.Prepare(options, source, new BuildPreparation(cache, source, useCache: true, makers), parser);
            kernel = selected.Kernels[0];
            commands = CheckRun.Commands(source, selected.Configuration);
            headers = new PrecompiledHeaders(cache, source, makers, CancellationToken.None) { Expected = static _ => int.MaxValue };
            Base = BaseRevision.Open(Root);
        }
        catch (KernelTreeException trouble)
        {
            source.Dispose();
            throw new UserError(trouble.Message, "set mmreview.config to another configuration");
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <summary>The top folder, without links.</summary>
    public string Root => source.WorkTreeRoot!;

    /// <summary>What the files were like before; null if the tree is not under git.</summary>
    public BaseRevision? Base { get; }

    /// <summary>The architecture that files are compiled for.</summary>
    public Architecture Architecture => kernel.Build.Architecture;

    /// <summary>The kernel's version.</summary>
    public KernelVersion Version => kernel.Build.Version;

    /// <summary>The tree as the editors show it.</summary>
    /// <param name="open">The bytes of files that are open, by path inside the tree.</param>
    public PatchedTree With(IEnumerable<KeyValuePair<string, byte[]>> open) =>
        PatchedTree.Of(source.Tree).With(open.Select(static file => KeyValuePair.Create(file.Key, (byte[]?)file.Value)));

    /// <summary>Parses a file of the tree.</summary>
    /// <param name="tree">The tree as the editors show it.</param>
    /// <param name="path">The file.</param>
    /// <param name="withWarnings">True to ask clang for warnings.</param>
    /// <param name="cancellation">Stops before the work begins.</param>
    public LoadedUnit Load(PatchedTree tree, string path, bool withWarnings, CancellationToken cancellation) => Load(tree, path, withWarnings, null, believesErrors: false, out _, cancellation);

    /// <summary>Parses a file of the tree that has a history, and may be known to fit the compiled headers; tells whether it was parsed with them.</summary>
    public LoadedUnit Load(PatchedTree tree, string path, bool withWarnings, UnitHistory? history, bool believesErrors, out bool tookHeaders, CancellationToken cancellation)
    {
        using var loader = new UnitLoader(tree, commands, withWarnings) { Changed = tree.ChangedHeaders, Headers = headers, BelievesErrors = believesErrors };
        var loaded = loader.Load(path, kernel, history, cancellation);
        tookHeaders = loader.TookHeaders;
        return loaded;
    }

    /// <summary>Runs rules over a file that was parsed.</summary>
    /// <param name="tree">The tree as the editors show it.</param>
    /// <param name="path">The file.</param>
    /// <param name="loaded">What it was parsed into.</param>
    /// <param name="settings">Which rules run.</param>
    /// <param name="functions">The functions that rules look at; null for all.</param>
    /// <param name="history">What rules said of versions of the file before; null if nothing is known of any.</param>
    /// <param name="cancellation">Stops the analysis.</param>
    public AnalysisResult Analyse(
        PatchedTree tree, string path, LoadedUnit loaded, ReviewSettings settings, Func<FunctionDefinition, bool>? functions, RunHistory? history, CancellationToken cancellation)
    {
        var driver = new AnalysisDriver(rules, new AnalysisOptions { Parallelism = Threads, Rules = Select(settings), Severities = SeverityConfiguration.Create(CheckRun.EditorConfigs(tree, [path])) });
        return driver.Run(
            new ToolInfo("mmreview", versions.Tool, versions.Clang, versions.ClangBinding),
            new KernelInfo(kernel.Build.Version.ToString(), null, kernel.Build.Architecture.Name, kernel.Build.Configuration.Name),
            [new AnalysisInput(path, _ => loaded) { Functions = functions, History = history }],
            cancellation);
    }

    /// <summary>True if a rule that runs wants to know what clang says.</summary>
    public bool WantsWarnings(ReviewSettings settings) => Select(settings) is var selection && rules.Catalog.Rules.Any(rule => IsAboutMessages(rule) && selection.Contains(rule));

    public void Dispose()
    {
        Base?.Dispose();
        source.Dispose();
    }

    private RuleSelection Select(ReviewSettings settings)
    {
        try
        {
            return settings.Rules is { } chosen ? RuleSelection.Parse(chosen, rules.Catalog)
                : settings.CompilerWarnings ? RuleSelection.All
                : RuleSelection.Parse(string.Join(',', rules.Catalog.Rules.Where(static rule => !IsAboutMessages(rule)).Select(static rule => rule.Number)), rules.Catalog);
        }
        catch (RuleSelectionException trouble)
        {
            throw new UserError(trouble.Message, "set mmreview.rules to names or numbers of rules");
        }
    }

    private static bool IsAboutMessages(RuleInfo rule) => rule.Descriptor.Category == RuleCategory.Build;
}
