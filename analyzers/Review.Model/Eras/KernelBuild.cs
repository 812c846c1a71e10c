namespace Review.Model.Eras;

/// <summary>What a kernel was built with, as far as memory management shows it.</summary>
public sealed record KernelBuild
{
    /// <summary>A swap device is active. The model has none: what depends on it is not compared there.</summary>
    public bool HasSwap { get; init; }

    /// <summary>CONFIG_TRANSPARENT_HUGEPAGE, in mode "madvise".</summary>
    public bool HasThp { get; init; } = true;

    /// <summary>Huge pages of 2 MiB are free in the pool of hugetlbfs, as many as anybody asks for; else none is.</summary>
    public bool HasHugePages { get; init; } = true;

    /// <summary>CONFIG_KSM.</summary>
    public bool HasKsm { get; init; } = true;

    /// <summary>CONFIG_NUMA_BALANCING.</summary>
    public bool HasNumaBalancing { get; init; } = true;

    /// <summary>CONFIG_MEMORY_FAILURE: MADV_HWPOISON and MADV_SOFT_OFFLINE exist.</summary>
    public bool HasMemoryFailure { get; init; }

    /// <summary>The kernel the facts were recorded on: no memory failure handling.</summary>
    public static KernelBuild Recorded { get; } = new();

    /// <summary>The recorded kernel, with what a scenario requires to be otherwise.</summary>
    public static KernelBuild For(Scenarios.Scenario scenario) =>
        Recorded with { HasHugePages = !scenario.Requires.Contains(Scenarios.Requirement.NoHugePages) };
}
