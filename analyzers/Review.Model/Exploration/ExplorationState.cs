using Review.Model.Calls;
using Review.Model.Collections;

namespace Review.Model.Exploration;

/// <summary>How far a thread has come.</summary>
/// <param name="Next">Index of the call that is under way or begins next.</param>
/// <param name="UnderWay">The call where it was interrupted; null between calls.</param>
public readonly record struct ThreadPoint(int Next, Call? UnderWay);

/// <summary>The machine, every thread's place, and what the properties remember. Equal states have the same future.</summary>
public sealed class ExplorationState : IEquatable<ExplorationState>
{
    private readonly int hash;

    public ExplorationState(Machine machine, Seq<ThreadPoint> threads, Seq<Property> properties)
    {
        Machine = machine;
        Threads = threads;
        Properties = properties;
        hash = HashCode.Combine(machine.GetHashCode(), threads.GetHashCode(), properties.GetHashCode());
    }

    /// <summary>The machine.</summary>
    public Machine Machine { get; }

    /// <summary>The threads, in the program's order.</summary>
    public Seq<ThreadPoint> Threads { get; }

    /// <summary>The properties with what they have seen.</summary>
    public Seq<Property> Properties { get; }

    /// <inheritdoc/>
    public bool Equals(ExplorationState? other) =>
        ReferenceEquals(this, other)
        || (other is not null && hash == other.hash && Threads.Equals(other.Threads) && Machine.Equals(other.Machine) && Properties.Equals(other.Properties));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ExplorationState);

    /// <inheritdoc/>
    public override int GetHashCode() => hash;
}
