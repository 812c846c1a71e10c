using Review.Model.Calls;
using Review.Witness.Exploration;

namespace Review.Witness.Bindings;

/// <summary>What the interpreted thread is asked to do: one advice on one range. What its run is judged by.</summary>
/// <param name="Process">The calling process.</param>
/// <param name="Space">Number of the address space that is worked on.</param>
/// <param name="Thread">Number of the calling thread.</param>
/// <param name="Start">First byte.</param>
/// <param name="Length">Length in bytes, as the caller gives it.</param>
/// <param name="Advice">The MADV_ value.</param>
/// <param name="Sought">The kinds of violation that end the search; the others are passed over where the run can go on.</param>
internal sealed record Mission(int Process, int Space, int Thread, ulong Start, ulong Length, int Advice, IReadOnlySet<ViolationKind> Sought)
{
    /// <summary>First byte behind the range, rounded up to whole pages as madvise() does.</summary>
    public ulong End => Start + ((Length + PageSize - 1) & ~(PageSize - 1));

    /// <summary>The call of process_madvise() that it belongs to; null for madvise().</summary>
    public ProcessMadviseCall? Remote { get; init; }

    /// <summary>The call of another function of the kernel that it is; null for a system call of madvise's.</summary>
    public DirectCall? Direct { get; init; }

    /// <summary>What a walk's entries hold, if its callbacks are interpreted; null if they are effects of the model.</summary>
    public WalkedEntries? Entries { get; init; }

    /// <summary>True if a rule names the statement: that it does what the rule says is to be shown, and not whether anybody minds.</summary>
    public bool IsOfStatement { get; init; }

    private const ulong PageSize = 4096;
}
