namespace Review.Witness.Exploration;

/// <summary>The functions of the file that the runs of a search come to.</summary>
internal sealed class Trail
{
    /// <summary>Those that were entered.</summary>
    public HashSet<string> Entered { get; } = new(StringComparer.Ordinal);

    /// <summary>Callbacks of page walks that were effects of the model.</summary>
    public HashSet<string> Walked { get; } = new(StringComparer.Ordinal);

    /// <summary>This one, and what another one comes to.</summary>
    public Trail With(Trail other)
    {
        Entered.UnionWith(other.Entered);
        Walked.UnionWith(other.Walked);
        return this;
    }
}
