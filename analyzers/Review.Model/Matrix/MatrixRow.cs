namespace Review.Model.Matrix;

/// <summary>
/// One recorded fact: an advice on a kind of memory over a shape of range. VMAs are written "startpage-endpage perm VmFlags"; page states and
/// contents are one character for every page, or huge page of hugetlbfs.
/// </summary>
public sealed record MatrixRow
{
    /// <summary>The kind of memory.</summary>
    public required string Kind { get; init; }

    /// <summary>The advice.</summary>
    public required int Advice { get; init; }

    /// <summary>The shape of the range.</summary>
    public required string Shape { get; init; }

    /// <summary>The error, "0" for success.</summary>
    public required string Errno { get; init; }

    /// <summary>VMAs before the call, where they were recorded.</summary>
    public IReadOnlyList<string>? VmasBefore { get; init; }

    /// <summary>VMAs after the call, if they changed.</summary>
    public IReadOnlyList<string>? VmasAfter { get; init; }

    /// <summary>How many VMAs there were before.</summary>
    public required int CountBefore { get; init; }

    /// <summary>How many VMAs there were after.</summary>
    public required int CountAfter { get; init; }

    /// <summary>Page states before the call.</summary>
    public required string PagesBefore { get; init; }

    /// <summary>Page states after the call.</summary>
    public required string PagesAfter { get; init; }

    /// <summary>What reading every page gave afterwards, if it was recorded.</summary>
    public string? Content { get; init; }
}

/// <summary>What the model makes of a row.</summary>
/// <param name="Errno">The error, "0" for success.</param>
/// <param name="VmasBefore">VMAs before the call.</param>
/// <param name="VmasAfter">VMAs after it.</param>
/// <param name="PagesBefore">Page states before the call.</param>
/// <param name="PagesAfter">Page states after it.</param>
/// <param name="Content">What reading every page gives.</param>
public sealed record MatrixOutcome(string Errno, IReadOnlyList<string> VmasBefore, IReadOnlyList<string> VmasAfter, string PagesBefore, string PagesAfter, string Content)
{
    /// <summary>Whether the error is as recorded.</summary>
    public bool HasErrnoOf(MatrixRow row) => Errno == row.Errno;

    /// <summary>Whether the VMAs, before and after, are as recorded.</summary>
    public bool HasVmasOf(MatrixRow row) =>
        VmasBefore.Count == row.CountBefore && VmasAfter.Count == row.CountAfter
        && (row.VmasBefore is not { } before || before.SequenceEqual(VmasBefore, StringComparer.Ordinal))
        && (row.VmasAfter ?? VmasBefore).SequenceEqual(VmasAfter, StringComparer.Ordinal);

    /// <summary>Whether the page states, before and after, are as recorded.</summary>
    public bool HasPagesOf(MatrixRow row) => PagesBefore == row.PagesBefore && PagesAfter == row.PagesAfter;

    /// <summary>Whether the contents are as recorded, if they were.</summary>
    public bool HasContentOf(MatrixRow row) => row.Content is null || Content == row.Content;
}
