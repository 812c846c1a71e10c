using System.Collections.Immutable;
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

    private AnalysisResult Analyse(
        KernelSource source, CacheDirectory cache, AnalyzerSet rules, RuleSelection selection)
    {
        var versions = ToolVersions.Read();
        var found = options.Facts is { } known ? FactFile.Read(known) : FoundFacts.None;
        using var parser = new ClangParser();
        var preparation = new BuildPreparation(cache, source, options.UseCache, SelectedFiles.Makers(versions));
        var (files, kernels, configuration) = SelectedFiles.Prepare(options, source, preparation, parser);
        var severityTexts = EditorConfigs(source.Tree, files).ToList();
        var severities = SeverityConfiguration.Create(severityTexts);
        foreach (var problem in files.SelectMany(file => severities.ForFile(file).Problems(rules.Catalog.Rules.Select(static rule => rule.Descriptor))).Distinct(StringComparer.Ordinal))
        {
            Console.Error.WriteLine($"mmreview: .editorconfig: {problem}");
        }

        var commands = Commands(source, configuration);
        var kernelInfo = new KernelInfo(
            kernels[0].Build.Version.ToString(), source.Tree.Revision, string.Join(',', options.Architectures.Select(static architecture => architecture.Name)), kernels[0].Build.Configuration.Name);

        // Nothing is kept of what depends on more than is looked at: a compile database, all of Kconfig, code of others; a profile is about the work itself.
        var isKept = options.UseCache && commands is null && options.Configuration != SelectedFiles.AllConfigurations && options.Analyzers.IsEmpty && !options.Profile;
        var results = isKept ? new ResultStore(cache) : null;
        var key = results is null ? "" : ResultKey.Of(options, kernelInfo, source.Identity, kernels, files, severityTexts, versions);
        if (results?.Find(key, source.WorkTreeRoot) is { } stored)
        {
            return stored;
        }

        var profile = options.Profile ? new AnalysisProfile() : null;
        var builds = Builds(kernels, files, preparation, source.Tree, parser);
        using var loader = new UnitLoader(source.Tree, commands, withWarnings: rules.Catalog.Rules.Any(rule => rule.Descriptor.Category == RuleCategory.Build && selection.Contains(rule)), profile: profile)
        {
            Headers = options.UseCache ? new PrecompiledHeaders(cache, source.Tree, SelectedFiles.Makers(versions), cancellation) { Expected = kernel => builds.Count(build => ReferenceEquals(build.Kernel, kernel)) } : null,
        };
        var inputs = builds
            .Select(pair => new AnalysisInput(pair.File, token => loader.Load(pair.File, pair.Kernel, token)) { Build = new AnalysedBuild(pair.Kernel.Build.Architecture.Name, pair.Kernel.Change) })
            .ToList();
        var done = 0;
        var driver = new AnalysisDriver(rules, new AnalysisOptions
        {
            Parallelism = options.Parallelism,
            Rules = selection,
            Severities = severities,
            Baseline = options.Baseline,
            Profile = profile,
            LookAtAll = files.Length > 1 || options.Facts is not null ? units => FileFacts.Join(units, found) : null,
            Progress = path => Progress.ToTerminal($"{Interlocked.Increment(ref done)} of {inputs.Count}: {path}"),
        });
        var result = driver.Run(new ToolInfo("mmreview", versions.Tool, versions.Clang, versions.ClangBinding), kernelInfo, inputs, cancellation);
        if (profile is not null)
        {
            Console.Error.Write(ProfileTable.Of(profile));
        }

        if (options.Witness)
        {
            result = new FindingWitnesses(path => loader.Load(path, kernels[0], cancellation).Unit, kernels[0].Build.Version, options.ForcedClaims).Apply(result);
        }

        // What could not be read may be readable the next time.
        if (results is not null && result.NotAnalysed.All(static gap => gap.Function is not null))
        {
            results.Store(key, source.WorkTreeRoot, loader.Opened.Concat(Makefiles(files)), result);
        }

        return result;
    }

    /// <summary>Which file is looked at under which kernels. An architecture that does not compile a file has nothing to say of it if another one does.</summary>
    private List<(string File, PreparedKernel Kernel)> Builds(
        ImmutableArray<PreparedKernel> kernels, ImmutableArray<string> files, BuildPreparation preparation, ISourceTree tree, ClangParser parser)
    {
        var variants = options.Configuration == SelectedFiles.AllConfigurations ? new ConfigurationVariants(preparation, tree, parser) : null;
        var builds = new List<(string, PreparedKernel)>();
        foreach (var file in files)
        {
            cancellation.ThrowIfCancellationRequested();
            var compiling = kernels.Where(kernel => kernel.Build.Kbuild.IsSelected(file)).ToList();
            foreach (var kernel in compiling.Count > 0 ? compiling : [.. kernels])
            {
                builds.Add((file, kernel));
                builds.AddRange(compiling.Count > 0 && variants is not null ? variants.Of(file, kernel).Select(variant => (file, variant)) : []);
            }
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

    /// <summary>The makefiles that say how the files are compiled.</summary>
    private static IEnumerable<string> Makefiles(IEnumerable<string> files) =>
        DirectoriesOf(files).SelectMany(static directory => (string[])[directory + "Makefile", directory + "Kbuild"]).Append("scripts/Makefile.extrawarn");

    /// <summary>The directories of the files and all above them, with a slash at the end.</summary>
    private static SortedSet<string> DirectoriesOf(IEnumerable<string> files)
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
