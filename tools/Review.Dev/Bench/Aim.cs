namespace Review.Dev.Bench;

/// <summary>Something that mmreview promises about its speed, and what became of it.</summary>
/// <param name="What">What was measured.</param>
/// <param name="Measured">The number with its unit, as it is shown.</param>
/// <param name="Wanted">The limit, as it is shown.</param>
/// <param name="IsMet">True if the number keeps the limit.</param>
/// <param name="IsMetAtPace">True if it would on a machine as fast as those that the limit was set for.</param>
internal sealed record Aim(string What, string Measured, string Wanted, bool IsMet, bool IsMetAtPace = false)
{
    /// <summary>Whether the promise is kept, in a word.</summary>
    public string Kept => (IsMet, IsMetAtPace) switch
    {
        (true, _) => "yes",
        (false, true) => "only there",
        _ => "NO",
    };
}
