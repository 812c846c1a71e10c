namespace Review.Model.Exploration;

/// <summary>Where an exploration gives up. One that gave up has proved nothing.</summary>
/// <param name="States">Most states to visit.</param>
/// <param name="Steps">Most steps of one interleaving.</param>
public sealed record ExplorationBounds(int States = 2_000_000, int Steps = 2_000)
{
    /// <summary>False to follow every interleaving, also those that differ only in the order of steps that cannot see each other.</summary>
    public bool UsesReduction { get; init; } = true;
}
