using System.Collections.Immutable;
using Review.Clang;
using Review.Cli.Cache;
using Review.Cli.Commands;
using Review.Cli.Trees;
using Review.Core.Diagnostics;
using Review.Core.Engine;
using Review.Core.Syntax;
using Review.Flow.Facts;
using Review.Kernel;

namespace Review.Cli.Check;

/// <summary>What is known of a function in one file.</summary>
/// <param name="File">The file that has the body, or from which the function is called.</param>
/// <param name="Subjects">What is known, by subject.</param>
internal sealed record FunctionInFile(string File, ImmutableArray<(string Subject, KnownFunction Known)> Subjects);

/// <summary>One run of <c>mmreview facts</c>: the trees of some files, and what is known of their functions.</summary>
internal sealed class FactsRun : IDisposable
{
    private readonly CacheDirectory cache;
    private readonly KernelSource source;
    private readonly ImmutableArray<TranslationUnit> units;
    private readonly IReadOnlyList<Type> domains;

    public FactsRun(CheckOptions options, CancellationToken cancellation)
    {
        domains = RuleAssemblies.LoadDomains(options.Analyzers);
        var found = options.Facts is { } known ? FactFile.Read(known) : FoundFacts.None;
        cache = CacheDirectory.Open();
        try
        {
            var location = new KernelLocator(cache, Environment.CurrentDirectory, Environment.GetEnvironmentVariable).Locate(options.Kernel, Progress.ToTerminal, cancellation);
            source = KernelSource.Open(cache, location.Folder, options.Revision);
            using var parser = new ClangParser();
            var selected = SelectedFiles.Prepare(options, source, new BuildPreparation(cache, source, options.UseCache, SelectedFiles.Makers(ToolVersions.Read())), parser);
            units = Load(selected, options, cancellation);
        }
        catch (KernelTreeException trouble)
        {
            Dispose();
            throw new UserError(trouble.Message, "name another tree with --kernel, or another configuration with --config");
        }
        catch
        {
            Dispose();
            throw;
        }

        FileFacts.Join(units, found);
    }

    /// <summary>What the functions that the files make known to others do, as text.</summary>
    public string Export() => FoundFacts.Write(FileFacts.Export(units, units.Take(1).SelectMany(unit => domains.Select(domain => FactDomain.Create(domain, unit)))));

    /// <summary>What is known of the functions of a name: in the files that define it, else in a header of theirs, else in a table.</summary>
    public ImmutableArray<FunctionInFile> Explain(string function)
    {
        function = units.SelectMany(static unit => unit.Functions).FirstOrDefault(definition => SystemCallName.IsOf(function, definition.Name))?.Name ?? function;
        var places = units.Where(unit => unit.Functions.Any(definition => definition.Name == function)).ToList();
        if (places.Count == 0)
        {
            places = [.. units.Where(unit => unit.HeaderFunctions.Any(definition => definition.Name == function)).Take(1)];
        }

        return [.. (places.Count == 0 ? units.Take(1) : places).Select(unit => Explain(unit, function, domains)).Where(static place => place.Subjects.Length > 0)];
    }

    /// <summary>What is known of a function where one file calls or defines it.</summary>
    /// <param name="unit">The file.</param>
    /// <param name="function">The function.</param>
    /// <param name="domains">The subjects.</param>
    public static FunctionInFile Explain(TranslationUnit unit, string function, IEnumerable<Type> domains) => new(
        unit.Path,
        [
            .. domains.Select(domain => FactDomain.Create(domain, unit))
                .Select(domain => (domain.Name, Known: domain.Functions.Explain(function)))
                .Where(static subject => subject.Known.Source is not null),
        ]);

    public void Dispose()
    {
        source?.Dispose();
        cache.Dispose();
    }

    private ImmutableArray<TranslationUnit> Load(SelectedFiles selected, CheckOptions options, CancellationToken cancellation)
    {
        using var loader = new UnitLoader(source.Tree, CheckRun.Commands(source, selected.Configuration), withWarnings: false);
        var loaded = new LoadedUnit[selected.Files.Length];
        _ = Parallel.For(0, loaded.Length, new ParallelOptions { MaxDegreeOfParallelism = options.Parallelism, CancellationToken = cancellation }, i =>
            loaded[i] = loader.Load(selected.Files[i], selected.Kernels[0], cancellation));
        for (var i = 0; i < loaded.Length; i++)
        {
            if (loaded[i].Unit is null)
            {
                Console.Error.WriteLine($"mmreview: {VisibleText.Of(selected.Files[i])} is left out: {VisibleText.Of(loaded[i].Reason)}");
            }
        }

        return [.. loaded.Select(static file => file.Unit).OfType<TranslationUnit>()];
    }
}
