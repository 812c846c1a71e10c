using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Review.Clang;
using Review.Cli.Cache;
using Review.Cli.Commands;
using Review.Cli.Output;
using Review.Cli.Trees;
using Review.Cli.Witness;
using Review.Core.Diagnostics;
using Review.Core.Engine;
using Review.Core.Source;
using Review.Flow.Facts;
using Review.Kernel;
using Review.Kernel.Compilation;

namespace Review.Cli.Check;

/// <summary>One run of <c>mmreview check</c>: finds the tree, prepares it, analyses the files.</summary>
internal sealed class CheckRun(CheckOptions options, CancellationToken cancellation)
{
    /// <summary>Runs, and hands the report on while the tree is still open.</summary>
    /// <param name="finish">Gets the report and a test whether a file of the tree no longer exists; gives the exit status.</param>
    public int Run(Func<Report, Func<string, bool>, int> finish)
    {
        ManagedHeap.Settle();
        var rules = RuleAssemblies.Load(options.Analyzers);
        var selection = options.Select(rules);
        using var cache = CacheDirectory.Open();
        var location = new KernelLocator(cache, Environment.CurrentDirectory, Environment.GetEnvironmentVariable)
            .Locate(options.Kernel, Progress.ToTerminal, cancellation);
        using var source = KernelSource.Open(cache, location.Folder, options.Revision);
        Progress.ToTerminal($"checking {location.Folder} ({location.Origin})");
        try
        {
            var result = Analyse(source, cache, rules, selection);
            var status = finish(new Report(result, rules.Catalog, path => Find(source.Tree, path)), path => !source.Tree.FileExists(path));

            // Nothing analysed must not look like nothing found.
            return result.FunctionCount == 0 && result.NotAnalysed is [var first, ..]
                ? throw new UserError($"nothing could be analysed: {(first.Reason.Contains(first.Path, StringComparison.Ordinal) ? "" : first.Path + ": ")}{first.Reason}", first.Cure)
                : status;
        }
        catch (KernelTreeException trouble)
        {
            throw new UserError(trouble.Message, "name another tree with --kernel, or another configuration with --config");
        }
    }

    private AnalysisResult Analyse(KernelSource source, CacheDirectory cache, AnalyzerSet rules, RuleSelection selection)
    {
        var versions = LibraryVersions.Of(cache);
        var facts = options.Facts is { } written ? FactFile.Read(written) : FoundFacts.None;
        using var parser = new ClangParser();
        var preparation = new BuildPreparation(cache, source, options.UseCache, SelectedFiles.Makers(versions));
        var selected = SelectedFiles.Prepare(options, source, preparation, parser);
        var severityTexts = EditorConfigs(source.Tree, selected.Files).ToList();
        var commands = Commands(source, selected.Configuration);
        var tool = new ToolInfo("mmreview", versions.Tool, versions.Clang, versions.ClangBinding);
        var kernel = KernelOf(selected, source);
        var groups = FileGroup.Of(selected.Files).SelectMany(static group => group.Files.Select(file => (file, group))).ToDictionary(static pair => pair.file, static pair => pair.group, StringComparer.Ordinal);
        var kept = new KeptResults(
            IsKept(commands) ? new ResultStore(cache, source.Contents) : null, new ResultKey(options, kernel, selected.Kernels, severityTexts, versions, source.Contents), groups, options.Architectures, source.WorkTreeRoot);
        var part = options.Shard.Of(selected.Files);
        var known = Known(part, file => kept.Find(file, tool, kernel));
        var wanted = part.Where((_, index) => known[index] is null).ToHashSet(StringComparer.Ordinal);
        var builds = Builds(selected.Kernels, wanted.Select(file => groups[file]).Distinct().SelectMany(static group => group.Files), wanted, preparation, source.Tree, parser)
            .ToDictionary(static build => build.File, build => new FileToAnalyse(build.File, build.Kernels, groups[build.File]), StringComparer.Ordinal);
        var profile = options.Profile ? new AnalysisProfile() : null;
        using var loader = new UnitLoader(source.Tree, commands, withWarnings: rules.Catalog.Rules.Any(rule => rule.Descriptor.Category == RuleCategory.Build && selection.Contains(rule)), profile: profile)
        {
            Headers = options.UseCache && profile is null ? new PrecompiledHeaders(cache, source, SelectedFiles.Makers(versions), cancellation) { Expected = kernel => builds.Values.Count(file => file.Kernels.Contains(kernel, ReferenceEqualityComparer.Instance)) } : null,
        };
        var witnesses = options.Witness ? new FindingWitnesses(path => loader.Load(path, selected.Kernels[0], cancellation).Unit, selected.Kernels[0].Build.Version, options.ForcedClaims, rules.Catalog) : null;
        var progress = new CheckProgress(part.Length, part.Length - wanted.Count);
        var analyses = new FileAnalyses(loader, builds, Rules(selection, Severities(severityTexts, selected.Files, rules), facts, profile), progress);
        IReadOnlyCollection<AnalysisResult> results;
        try
        {
            results = analyses.Run(rules, tool, kernel, wanted, Keep, cancellation);
        }
        catch (OperationCanceledException) when (kept.IsOpen && progress.Known > 0)
        {
            throw new InterruptedException(string.Create(CultureInfo.InvariantCulture, $"interrupted after {progress.Known} of {Summary.Count(part.Length, "file")}; the same command goes on from there"));
        }

        if (profile is not null)
        {
            Console.Error.Write(ProfileTable.Of(profile));
        }

        var empty = new AnalysisResult { Tool = tool, Kernel = kernel, Rules = [.. rules.Catalog.Rules.Where(selection.Contains).Select(static rule => rule.Name).Order(StringComparer.Ordinal)] };
        return options.Baseline.Apply(AnalysisResult.Join([empty, .. known.OfType<AnalysisResult>(), .. results]));

        AnalysisResult Keep(AnalysisResult result)
        {
            if (witnesses is not null)
            {
                lock (witnesses)
                {
                    result = witnesses.Apply(result);
                }
            }

            kept.Keep(result, loader.InputsOf);
            return result;
        }
    }

    private KernelInfo KernelOf(SelectedFiles selected, KernelSource source) => new(
        selected.Kernels[0].Build.Version.ToString(), source.Tree.Revision, string.Join(',', options.Architectures.Select(static architecture => architecture.Name)), selected.Kernels[0].Build.Configuration.Name);

    /// <summary>Nothing is kept of what depends on more than is looked at: a compile database, all of Kconfig, code of others; a profile is about the work itself, headers included.</summary>
    private bool IsKept(CompileCommands? commands) =>
        options.UseCache && commands is null && options.Configuration != SelectedFiles.AllConfigurations && options.Analyzers.IsEmpty && !options.Profile;

    /// <summary>The severities that the tree's .editorconfig files give, which are complained about where they are wrong.</summary>
    private static SeverityConfiguration Severities(IEnumerable<EditorConfigText> texts, ImmutableArray<string> files, AnalyzerSet rules)
    {
        var severities = SeverityConfiguration.Create(texts);
        foreach (var problem in files.SelectMany(file => severities.ForFile(file).Problems(rules.Catalog.Rules.Select(static rule => rule.Descriptor))).Distinct(StringComparer.Ordinal))
        {
            Console.Error.WriteLine($"mmreview: .editorconfig: {problem}");
        }

        return severities;
    }

    private AnalysisOptions Rules(RuleSelection selection, SeverityConfiguration severities, FoundFacts facts, AnalysisProfile? profile) => new()
    {
        Parallelism = options.Parallelism,
        Rules = selection,
        Severities = severities,
        Profile = profile,
        LookAtAll = units =>
        {
            // All trees are there, and nothing is parsed until they have been looked at.
            NativeHeap.GiveBack();
            if (profile is null)
            {
                FileFacts.Join(units, facts);
                return;
            }

            _ = profile.Measure("facts: who calls whom", () =>
            {
                FileFacts.Join(units, facts);
                return 0;
            });
        },
    };

    /// <summary>What is known of some files, looked up on all processors.</summary>
    private AnalysisResult?[] Known(ImmutableArray<string> files, Func<string, AnalysisResult?> find)
    {
        var known = new AnalysisResult?[files.Length];
        _ = Parallel.For(0, files.Length, new ParallelOptions { MaxDegreeOfParallelism = options.Parallelism, CancellationToken = cancellation }, index => known[index] = find(files[index]));
        return known;
    }

    /// <summary>Which file is looked at under which kernels. An architecture that does not compile a file has nothing to say of it if another one does.</summary>
    private List<(string File, ImmutableArray<PreparedKernel> Kernels)> Builds(
        ImmutableArray<PreparedKernel> kernels, IEnumerable<string> files, HashSet<string> wanted, BuildPreparation preparation, ISourceTree tree, ClangParser parser)
    {
        var variants = options.Configuration == SelectedFiles.AllConfigurations ? new ConfigurationVariants(preparation, tree, parser) : null;
        var builds = new List<(string, ImmutableArray<PreparedKernel>)>();
        foreach (var file in files)
        {
            cancellation.ThrowIfCancellationRequested();
            var compiling = kernels.Where(kernel => kernel.Build.Kbuild.IsSelected(file)).ToList();
            builds.Add((file, compiling.Count == 0 ? kernels
                : variants is null || !wanted.Contains(file) ? [.. compiling]
                : [.. compiling.SelectMany(kernel => variants.Of(file, kernel).Prepend(kernel))]));
        }

        foreach (var note in variants?.Notes ?? [])
        {
            Console.Error.WriteLine($"mmreview: {VisibleText.Of(note)}");
        }

        return builds;
    }

    /// <summary>A compile database is used for the configuration it was made with: the default, in a work tree.</summary>
    internal static CompileCommands? Commands(KernelSource source, ConfigurationSource configuration) =>
        source.WorkTreeRoot is not null && configuration == ConfigurationSource.Default && source.Tree.ReadBytes("compile_commands.json") is { } bytes
            ? CompileCommands.Parse(Encoding.UTF8.GetString(bytes))
            : null;

    /// <summary>The directories of the files and all above them, with a slash at the end.</summary>
    internal static SortedSet<string> DirectoriesOf(IEnumerable<string> files)
    {
        var directories = new SortedSet<string>(StringComparer.Ordinal) { "" };
        foreach (var file in files)
        {
            for (var slash = file.LastIndexOf('/'); slash > 0; slash = file.LastIndexOf('/', slash - 1))
            {
                _ = directories.Add(file[..(slash + 1)]);
            }
        }

        return directories;
    }

    /// <summary>The .editorconfig files that count for the files: those of their directories and of all above them.</summary>
    internal static IEnumerable<EditorConfigText> EditorConfigs(ISourceTree tree, IEnumerable<string> files)
    {
        foreach (var path in DirectoriesOf(files).Select(static directory => directory + ".editorconfig"))
        {
            if (tree.ReadBytes(path) is { } bytes)
            {
                yield return new EditorConfigText(path, Encoding.UTF8.GetString(bytes));
            }
        }
    }

    private static SourceText? Find(ISourceTree tree, string path)
    {
        try
        {
            return tree.ReadBytes(path) is { } bytes ? new SourceText(path, bytes) : null;
        }
        catch (SourceTreeException)
        {
            return null;
        }
    }
}
