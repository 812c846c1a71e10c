using System.Collections.Immutable;
using Review.Model.Calls;
using Review.Witness.Bindings;
using Review.Witness.Interpretation;

namespace Review.Witness.Exploration;

/// <summary>A state of the search: the interpreted thread at a call where others may come in, the machine, and how far the others are.</summary>
/// <param name="Code">The interpreted thread. It is never run in place: whoever goes on takes a copy.</param>
/// <param name="State">The kernel.</param>
/// <param name="Others">For each other thread the call in progress, then those to come.</param>
/// <param name="Parent">The state before, if the interpreted thread alone came from there; else null.</param>
internal sealed record Node(Execution Code, KernelState State, ImmutableArray<ImmutableArray<Call>> Others, Node? Parent)
{
    private byte[]? code;

    /// <summary>The interpreted thread's own state as bytes.</summary>
    private byte[] CodeBytes => code ??= Code.ToBytes();

    /// <summary>Equal if everything that can follow is equal.</summary>
    public bool Equals(Node? other) =>
        other is not null && Others.Length == other.Others.Length && Others.Zip(other.Others).All(static pair => pair.First.SequenceEqual(pair.Second)) && State.Equals(other.State) && CodeBytes.AsSpan().SequenceEqual(other.CodeBytes);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(CodeBytes);
        hash.Add(State);
        foreach (var thread in Others)
        {
            hash.Add(thread.Length);
        }

        return hash.ToHashCode();
    }
}
