namespace Review.Model.Scenarios;

/// <summary>What an operation answered, as the program that performs it sees it.</summary>
public abstract record Answer;

/// <summary>An operation that answers nothing, or whose answer nobody asks for.</summary>
public sealed record Done : Answer
{
    public static Done Instance { get; } = new();
}

/// <summary>
/// The operation could not be carried out at all, for instance because the kernel was built without it, or it did not end in
/// time. It fails its scenario.
/// </summary>
public sealed record NotPossible(string Reason) : Answer;

/// <summary>What a system call answered.</summary>
/// <param name="Errno">The error, or <see cref="Errno.None"/>.</param>
/// <param name="Result">The result of a call that succeeded; an address or bytes.</param>
public sealed record CallAnswer(Errno Errno, ulong Result) : Answer
{
    /// <summary>For mincore that succeeded: 0 or 1 per page.</summary>
    public string? Vector { get; init; }

    /// <summary>For a remote read that succeeded: the first byte.</summary>
    public byte? FirstByte { get; init; }

    public static CallAnswer Of(ulong result) => new(Errno.None, result);

    public static CallAnswer Failed(Errno errno) => new(errno, 0);
}

/// <summary>One access to the first byte of a page.</summary>
/// <param name="Outcome">Whether it was done.</param>
/// <param name="Byte">What was read; 0 for a write or an access that was not done.</param>
public readonly record struct PageAccess(AccessOutcome Outcome, byte Byte = 0);

/// <summary>What the accesses of read, write and write_pattern ended in, page by page. Every page is tried, also behind one that faults.</summary>
public sealed record AccessAnswer(EquatableList<PageAccess> Pages) : Answer;

/// <summary>The event that was read; <see cref="UffdEvent.None"/> if none came. The half-open range is that of REMOVE and UNMAP, else 0.</summary>
public sealed record EventAnswer(UffdEvent Event, ulong Start, ulong End) : Answer;

/// <summary>What the threads that were begun since the last join answered, in the order they were begun.</summary>
/// <param name="Calls">One answer for each thread.</param>
/// <param name="Events">The events that were read meanwhile, if a userfaultfd was monitored.</param>
public sealed record ThreadAnswers(EquatableList<CallAnswer> Calls, EquatableList<EventAnswer> Events) : Answer;

/// <summary>One VMA as /proc/PID/smaps shows it.</summary>
/// <param name="Start">First address.</param>
/// <param name="End">Address behind the last.</param>
/// <param name="Permissions">"rw-p".</param>
/// <param name="Flags">VmFlags: two-letter words in the kernel's order, joined by spaces.</param>
public sealed record SeenVma(ulong Start, ulong End, string Permissions, string Flags)
{
    public bool Has(string flag) => Flags.Split(' ').Contains(flag, StringComparer.Ordinal);
}
