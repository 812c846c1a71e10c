using System.Collections.Immutable;
using Review.Model;

namespace Review.Witness.Bindings;

/// <summary>A failure of a kernel function that the model's own madvise() does not know, and with it the result that the interpreted call has to come to.</summary>
/// <param name="Function">The function that failed.</param>
/// <param name="Error">Its error.</param>
internal sealed record Owed(string Function, Errno Error)
{
    /// <summary>What madvise(2) knows of bringing pages in that fails: a call may not end with anything else.</summary>
    public static ImmutableHashSet<Errno> OfPopulate { get; } = [Errno.EINTR, Errno.EINVAL, Errno.EFAULT, Errno.EHWPOISON, Errno.ENOMEM];

    /// <summary>True if nobody foresees the error: the call may make any of <see cref="OfPopulate"/> of it. Else it has to hand it on.</summary>
    public bool IsUnforeseen { get; init; }

    /// <summary>True if the call may end with this result.</summary>
    public bool Allows(long result) => IsUnforeseen ? result < 0 && OfPopulate.Contains((Errno)(-result)) : result == -(long)Error;

    /// <summary>What it may end with, in words.</summary>
    public string Expected => IsUnforeseen ? string.Join(" or ", OfPopulate.Order().Select(static error => $"-{error}")) : $"-{Error}";
}
