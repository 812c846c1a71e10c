using Review.Core.Syntax;

namespace Review.Rules.Locking;

/// <summary>What is wrong with a step.</summary>
internal enum LockDefectKind
{
    /// <summary>The lock is released although it is not held.</summary>
    ReleasedTwice,

    /// <summary>It was taken for reading and is released for writing, or the other way round.</summary>
    WrongMode,

    /// <summary>It is taken although it is held.</summary>
    TakenTwice,

    /// <summary>A function that needs it is called without it.</summary>
    CalledWithout,

    /// <summary>A VMA is changed although the lock is held for reading only.</summary>
    ChangedUnderReadLock,
}

/// <summary>A step that the state of mmap_lock forbids.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="At">The step.</param>
/// <param name="State">Where the path stood before it.</param>
internal sealed record LockDefect(LockDefectKind Kind, Expression At, LockState State);
