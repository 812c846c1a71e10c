using System.Collections.Immutable;
using Review.Cli.Check;
using Review.Core.Engine;
using Review.Core.Syntax;

namespace Review.Cli.Patch;

/// <summary>A version of a file that is loaded for each architecture while rules may still look at versions before it.</summary>
/// <param name="key">The version's content.</param>
/// <param name="loader">Loads it; disposed with this.</param>
/// <param name="kernels">The architectures.</param>
/// <param name="load">Loads it under one architecture.</param>
internal sealed class LoadingVersion(string key, UnitLoader loader, ImmutableArray<PreparedKernel> kernels, Func<UnitLoader, PreparedKernel, LoadedUnit> load) : IDisposable
{
    private readonly ImmutableArray<Task<LoadedUnit>> units = [.. kernels.Select(kernel => new Task<LoadedUnit>(() => load(loader, kernel)))];

    /// <summary>The version's content.</summary>
    public string Key => key;

    /// <summary>True if it is looked at under one architecture only.</summary>
    public bool IsForOne => kernels.Length == 1;

    /// <summary>What its rules have in common with those of a version of the same surroundings (<see cref="TranslationUnit.Surroundings"/>); null if nothing. Asked when it is loaded.</summary>
    public object? Surroundings => IsForOne && units[0] is { IsCompletedSuccessfully: true } unit ? unit.Result.Unit?.Surroundings : null;

    /// <summary>The version under each architecture, once it is loaded; what went wrong is thrown to those who ask.</summary>
    public IEnumerable<(PreparedKernel Kernel, Func<CancellationToken, LoadedUnit> Load)> Units =>
        kernels.Zip(units, static (kernel, unit) => (kernel, new Func<CancellationToken, LoadedUnit>(_ => unit.GetAwaiter().GetResult())));

    /// <summary>The files that its trees were made of.</summary>
    public IEnumerable<string> Inputs(string file) => loader.InputsOf(file);

    /// <summary>Loads it, if it is not loaded yet.</summary>
    /// <param name="parallelism">Threads.</param>
    public void Finish(int parallelism) =>
        Parallel.ForEach(units.Where(static unit => unit.Status == TaskStatus.Created), new ParallelOptions { MaxDegreeOfParallelism = parallelism }, static unit => unit.RunSynchronously());

    public void Dispose() => loader.Dispose();
}
