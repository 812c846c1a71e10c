using System.Collections.Immutable;

namespace Review.Model.Scenarios;

/// <summary>What a system call has to answer. With neither part it has to succeed, with any result.</summary>
/// <param name="Errno">The error it has to fail with.</param>
/// <param name="Result">The result it has to succeed with.</param>
public sealed record CallExpectation(Errno? Errno = null, AddressExpression? Result = null)
{
    /// <summary>The call succeeds.</summary>
    public static CallExpectation Success { get; } = new();

    /// <summary>The call fails with this error.</summary>
    public static CallExpectation Fails(Errno errno) => new(errno);
}

/// <summary>What an access to a page ends in.</summary>
public enum AccessOutcome
{
    /// <summary>It is done.</summary>
    Done,

    /// <summary>SIGSEGV.</summary>
    SegmentationFault,

    /// <summary>SIGBUS.</summary>
    BusError,
}

/// <summary>What the first byte of a page is expected to be.</summary>
public enum PageContent
{
    /// <summary>Anything.</summary>
    Any,

    /// <summary>Zero.</summary>
    Zero,

    /// <summary>What write_pattern wrote: 0x61 + page number.</summary>
    Pattern,

    /// <summary>What the file was filled with: 0x21 + page number.</summary>
    File,

    /// <summary>A given byte.</summary>
    Byte,
}

/// <summary>What reading the first byte of every page has to give.</summary>
/// <param name="Outcome">Whether the access succeeds.</param>
/// <param name="Content">What is read, if it does.</param>
/// <param name="Byte">The byte, for <see cref="PageContent.Byte"/>.</param>
public sealed record ReadExpectation(AccessOutcome Outcome, PageContent Content = PageContent.Any, byte Byte = 0);

/// <summary>One VMA of an exact list; pages are counted from the address of the operation and clipped to its range, half-open.</summary>
/// <param name="StartPage">The first page.</param>
/// <param name="EndPage">The page behind the last.</param>
/// <param name="Permissions">As in /proc/PID/maps ("rw-p"), or null if any.</param>
/// <param name="Has">Two-letter VmFlags of /proc/PID/smaps that are set.</param>
/// <param name="Lacks">VmFlags that are not set.</param>
public sealed record ExpectedVma(long StartPage, long EndPage, string? Permissions, EquatableList<string> Has, EquatableList<string> Lacks);

/// <summary>An event of a userfaultfd (userfaultfd(2)).</summary>
public enum UffdEvent
{
    /// <summary>No event is pending.</summary>
    None,
    PageFault,
    Fork,
    Remap,
    Remove,
    Unmap,
}

/// <summary>Which event is read from a userfaultfd, and its half-open range of addresses where it matters.</summary>
public sealed record EventExpectation(UffdEvent? Event, AddressExpression? Start = null, AddressExpression? End = null);

/// <summary>Wildcards of expect_pages.</summary>
public static class PageStatePattern
{
    /// <summary>
    /// Characters of a pattern. States: <c>.</c> none, <c>a</c> anonymous and exclusive, <c>s</c> anonymous and shared, <c>z</c> zero page,
    /// <c>f</c> file or shmem, <c>g</c> guard, <c>w</c> other swap-type entry; wildcards: <c>?</c> any, <c>P</c> any present, <c>A</c> anonymous.
    /// </summary>
    public const string Characters = ".aszfgw?PA";

    /// <summary>Whether every page's state fits its character.</summary>
    public static bool Matches(string pattern, string states) =>
        pattern.Length == states.Length && pattern.Zip(states).All(static pair => Matches(pair.First, pair.Second));

    private static bool Matches(char pattern, char state) => pattern switch
    {
        '?' => true,
        'P' => state is 'a' or 's' or 'z' or 'f',
        'A' => state is 'a' or 's',
        _ => pattern == state,
    };
}
