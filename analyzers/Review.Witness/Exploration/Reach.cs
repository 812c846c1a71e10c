using Review.Witness.Bindings;
using Review.Witness.Interpretation;

namespace Review.Witness.Exploration;

/// <summary>How far the runs of a search get to what a claim is about: without that a search that finds nothing says nothing.</summary>
/// <param name="coverage">Its first point is the statement that the claim is about, the others what is said to come with it; none for a whole function.</param>
internal sealed class Reach(Coverage coverage)
{
    private const ulong Claimed = 1;

    private readonly HashSet<string> called = new(StringComparer.Ordinal);
    private readonly HashSet<string> dropping = new(StringComparer.Ordinal);

    /// <summary>What was executed.</summary>
    public Coverage Coverage { get; } = coverage;

    /// <summary>Runs to the end that passed all points.</summary>
    public int Runs { get; private set; }

    /// <summary>Those among them that dropped mmap_lock and took it again.</summary>
    public int Relocked { get; private set; }

    /// <summary>Those among them that met other mappings then.</summary>
    public int Disturbed { get; private set; }

    /// <summary>A defect of another kind that ended a run; null if none did.</summary>
    public string? Cut { get; private set; }

    /// <summary>A defect of the kind that is sought, in a run that did not pass the statement; null if there is none.</summary>
    public string? Elsewhere { get; private set; }

    /// <summary>A function that may drop mmap_lock, and in no run did; null if there is none.</summary>
    public string? NeverDropping => called.Except(dropping, StringComparer.Ordinal).Order(StringComparer.Ordinal).FirstOrDefault();

    /// <summary>True if a run has passed the statement that the claim is about.</summary>
    public bool Concerns(Execution run) => (run.Passed & Claimed & Coverage.All) == (Claimed & Coverage.All);

    /// <summary>A run called a function of the kernel where others can come in.</summary>
    public void Called(string function, bool isDropped)
    {
        if (KernelTable.MayDrop.Contains(function))
        {
            _ = called.Add(function);
            _ = isDropped && dropping.Add(function);
        }
    }

    /// <summary>Why runs without a defect say nothing; null if they do.</summary>
    public string? Doubt { get; private set; }

    /// <summary>A run came to its end without a defect.</summary>
    public void Ended(Execution run, KernelState state)
    {
        Doubt ??= state.Doubt;
        if (run.Passed == Coverage.All)
        {
            Runs++;
            Relocked += state.Relock >= Relock.Undisturbed ? 1 : 0;
            Disturbed += state.Relock == Relock.Disturbed ? 1 : 0;
        }
    }

    /// <summary>A run was ended by a defect that nobody asked for.</summary>
    public void WasCut(string message) => Cut ??= message;

    /// <summary>A run that goes round for ever; null if none does.</summary>
    public string? Round { get; private set; }

    /// <summary>A run came back to a state of its own.</summary>
    public void WentRound(string message) => Round ??= message;

    /// <summary>A run has a defect that is sought, and did not come along.</summary>
    public void FoundElsewhere(string message) => Elsewhere ??= message;
}
