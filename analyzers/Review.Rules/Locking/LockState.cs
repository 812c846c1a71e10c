using Review.Core.Syntax;
using Review.Flow.Paths;

namespace Review.Rules.Locking;

/// <summary>How a path holds mmap_lock.</summary>
internal enum Hold
{
    /// <summary>As the caller left it; nothing on the path says how that is.</summary>
    AsEntered,

    /// <summary>Not at all.</summary>
    Not,

    /// <summary>In a mode that is not known.</summary>
    Somehow,

    Reading,

    Writing,
}

/// <summary>Where a path stands with mmap_lock.</summary>
/// <param name="Entry">How the lock must have been held when the function was entered, for what the path did first to be right.</param>
/// <param name="Now">How it is held now.</param>
/// <param name="Since">The call that made it so; null at the start.</param>
/// <param name="First">The call that said how it must have been held at entry; null as long as that is not known.</param>
/// <param name="IsSpoilt">True once something was reported on the path: what follows from that is not said again.</param>
internal sealed record LockState(Hold Entry, Hold Now, CallExpression? Since, CallExpression? First = null, bool IsSpoilt = false)
{
    /// <summary>The address space whose lock <see cref="First"/> has taken or released; null if that is not known.</summary>
    public Value? FirstOwner { get; init; }

    public static readonly LockState Initial = new(Hold.AsEntered, Hold.AsEntered, null);

    /// <summary>What was done last, by name.</summary>
    public string SinceName => NameOf(Since);

    public static bool IsHeld(Hold hold) => hold is Hold.Somehow or Hold.Reading or Hold.Writing;

    public static string NameOf(CallExpression? call) => call?.Name ?? call?.Operation?.Name ?? "a call";

    /// <summary>Which call it was is for people, and for telling findings apart at the end: paths that differ in nothing else are one.</summary>
    public bool Equals(LockState? other) => other is not null && Entry == other.Entry && Now == other.Now && IsSpoilt == other.IsSpoilt && ReferenceEquals(Since, other.Since);

    public override int GetHashCode() => HashCode.Combine(Entry, Now, IsSpoilt);
}
