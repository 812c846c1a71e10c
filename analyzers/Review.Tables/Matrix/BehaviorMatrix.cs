using System.Collections.Immutable;
using Review.Tables.Decisions;
using Review.Tables.Specification;

namespace Review.Tables.Matrix;

/// <summary>Every advice, and what every decision point of a file makes of it.</summary>
/// <param name="Columns">The decision points: those with a known part to play first, then the switch that sends advice to work, then the others in the
/// order of the file, and last those that turn results into error codes.</param>
/// <param name="Rows">The advice, by value.</param>
public sealed record BehaviorMatrix(ImmutableArray<MatrixColumn> Columns, ImmutableArray<MatrixRow> Rows);

/// <summary>A decision point.</summary>
/// <param name="Title">A short name: the part it plays, or the function.</param>
/// <param name="Place">The function, or the member of what a lookup gives.</param>
/// <param name="Kind">What kind of decision it is.</param>
public sealed record MatrixColumn(string Title, string Place, MatrixColumnKind Kind)
{
    /// <summary>The file of the place, where it is not the file of the matrix; else empty.</summary>
    public string File { get; init; } = "";

    /// <summary>What an <see cref="MatrixColumnKind.Errno"/> column makes of what.</summary>
    public ImmutableArray<ErrnoAnswer> Answers { get; init; } = [];

    // An array is equal to itself only.
    public bool Equals(MatrixColumn? other) => other is not null && Title == other.Title && Place == other.Place && Kind == other.Kind;

    public override int GetHashCode() => HashCode.Combine(Title, Place, Kind);
}

/// <summary>What kind of decision a column is about.</summary>
public enum MatrixColumnKind
{
    /// <summary>A constant answer for every number.</summary>
    Answer,

    /// <summary>A switch that sends advice to different work.</summary>
    Dispatch,

    /// <summary>Some advice is told from the rest in the middle of other code.</summary>
    Comparison,

    /// <summary>The results of the work become the error codes that user space sees.</summary>
    Errno,
}

/// <summary>What the decision points make of one advice.</summary>
/// <param name="Name">The advice.</param>
/// <param name="Value">Its value on the architecture that was asked for.</param>
/// <param name="Cells">One for each column.</param>
/// <param name="Since">The first kernel that has it; empty if that is not known.</param>
public sealed record MatrixRow(string Name, long Value, ImmutableArray<MatrixCell> Cells, string Since);

/// <summary>What one decision point makes of one advice.</summary>
/// <param name="How">By name, by default, or not at all.</param>
/// <param name="Outcome">The answer, or the function that does the work.</param>
/// <param name="When">The kernels in which it is so; in others the default counts, because the preprocessor leaves the name out.</param>
public sealed record MatrixCell(DecidedHow How, string Outcome, Guard When)
{
    public bool Equals(MatrixCell? other) => other is not null && How == other.How && Outcome == other.Outcome && When.Equals(other.When);

    public override int GetHashCode() => HashCode.Combine(How, When);
}

/// <summary>How an advice is decided.</summary>
public enum DecidedHow
{
    /// <summary>It is named.</summary>
    ByName,

    /// <summary>It is one of all the others.</summary>
    ByDefault,

    /// <summary>It does not come that far.</summary>
    Unreachable,
}
