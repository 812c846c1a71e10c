using Review.Clang;
using Review.Cli.Cache;
using Review.Cli.Check;
using Review.Cli.Trees;
using Review.Core.Syntax;
using Review.Kernel;

namespace Review.Cli.Witness;

/// <summary>Gets the file whose code is to run: out of a tree, patched if so wished.</summary>
internal static class WitnessSource
{
    /// <summary>The file's tree and the kernel's version.</summary>
    /// <exception cref="UserError">The tree, the file or a patch cannot be used.</exception>
    public static (TranslationUnit Unit, KernelVersion Version) Load(WitnessOptions options, CancellationToken cancellation)
    {
        var check = new CheckOptions { Kernel = options.Kernel, Revision = options.Revision, Architectures = [options.Architecture], Configuration = "default", Files = [options.File] };
        using var cache = CacheDirectory.Open();
        var location = new KernelLocator(cache, Environment.CurrentDirectory, Environment.GetEnvironmentVariable).Locate(options.Kernel, Progress.ToTerminal, cancellation);
        using var source = KernelSource.Open(cache, location.Folder, options.Revision);
        using var parser = new ClangParser();
        try
        {
            var selected = SelectedFiles.Prepare(check, source, new BuildPreparation(cache, source, check.UseCache, SelectedFiles.Makers(ToolVersions.Read())), parser);
            using var loader = options.Patches.IsEmpty
                ? new UnitLoader(source.Tree, CheckRun.Commands(source, selected.Configuration))
                : UnitLoader.Of(PatchedSource.Apply(source.Tree, options.Patches, options.UpTo));
            var loaded = loader.Load(selected.Files[0], selected.Kernels[0], cancellation);
            return loaded.Unit is { } unit ? (unit, selected.Kernels[0].Build.Version) : throw new UserError($"{options.File} cannot be run: {loaded.Reason}", loaded.Cure);
        }
        catch (KernelTreeException trouble)
        {
            throw new UserError(trouble.Message, "name another tree with --kernel");
        }
    }
}
