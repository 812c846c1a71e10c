using System.Collections.Immutable;
using Review.Clang;
using Review.Core.Diagnostics;
using Review.Kernel;
using Review.Kernel.Makefiles;

namespace Review.Cli.Check;

/// <summary>The files that a command is about, and the kernel prepared for each architecture asked for.</summary>
/// <param name="Files">Paths inside the tree, in ordinal order.</param>
/// <param name="Kernels">One for each architecture.</param>
/// <param name="Configuration">The configuration that was asked for.</param>
internal sealed record SelectedFiles(ImmutableArray<string> Files, ImmutableArray<PreparedKernel> Kernels, ConfigurationSource Configuration)
{
    /// <summary>Complaints about a tree's configuration that are shown; the first ones say what is wrong.</summary>
    private const int MaximumNotes = 5;

    /// <summary>The name of all configurations that make a difference to a file; they begin with the default.</summary>
    public const string AllConfigurations = "all";

    /// <summary>Prepares what the options name.</summary>
    /// <param name="options">What was asked for.</param>
    /// <param name="source">The tree.</param>
    /// <param name="preparation">Makes configurations and headers.</param>
    /// <param name="parser">Compiles what headers need.</param>
    /// <param name="places">Files and directories that will be compiled; by default those that the options name.</param>
    /// <exception cref="UserError">A file does not exist, a pattern matches nothing, or the configuration cannot be read.</exception>
    public static SelectedFiles Prepare(CheckOptions options, KernelSource source, BuildPreparation preparation, ClangParser parser, IEnumerable<string>? places = null)
    {
        // What a configured build or a compile database in the tree says is about that one build, not about all configurations.
        var text = options.Configuration == ConfigurationSource.Default.Name ? null : options.Configuration == AllConfigurations ? "" : ReadText(options.Configuration);
        var configuration = text is null ? ConfigurationSource.Default : ConfigurationSource.FromText(Path.GetFileName(options.Configuration), text);

        // Patterns are expanded over what is compiled, so the kernels are prepared first; a commit's snapshot needs the directories only.
        var directories = places ?? (options.All ? Kbuild.TopDirectoriesOf(options.Architectures).Select(static directory => directory + "/") : options.Files.Select(static file => file.Split('*', '?')[0]).Where(static file => !Path.IsPathRooted(file)));
        ImmutableArray<PreparedKernel> kernels =
        [
            .. options.Architectures.Select(architecture => preparation.Prepare(architecture, configuration, text, parser, directories)),
        ];
        foreach (var note in kernels.SelectMany(static kernel => kernel.Notes).Distinct(StringComparer.Ordinal).Take(MaximumNotes))
        {
            Console.Error.WriteLine($"mmreview: {VisibleText.Of(note)}");
        }

        var files = options.All ? [.. kernels.SelectMany(static kernel => kernel.Build.Kbuild.SelectedEverywhere).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)] : FileSelection.Expand(
            options.Files, source.Tree, source.WorkTreeRoot, Environment.CurrentDirectory, () => [.. kernels.Select(static kernel => kernel.Build.Kbuild)]);
        return new SelectedFiles(files, kernels, configuration);
    }

    /// <summary>What a prepared build depends on besides the tree: the builds of our own code, and libclang.</summary>
    public static string Makers(ToolVersions versions) =>
        string.Join('\n', typeof(KernelBuild).Module.ModuleVersionId, typeof(ClangParser).Module.ModuleVersionId, typeof(CheckRun).Module.ModuleVersionId, versions.Clang);

    private static string ReadText(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"--config {file} cannot be read: {trouble.Message.TrimEnd('.')}", "name a file that exists");
        }
    }
}
