using System.Collections.Immutable;

namespace Review.Witness;

/// <summary>Sets of kinds of violation.</summary>
public static class ViolationKinds
{
    /// <summary>What is a defect whoever asks. A lock that is dropped inside a batch is left out: where nothing in the batch needs it, that is legal.</summary>
    public static ImmutableHashSet<ViolationKind> Definite { get; } =
        [.. Enum.GetValues<ViolationKind>().Except([ViolationKind.None, ViolationKind.LockDroppedInBatch, ViolationKind.WrongResult])];
}
