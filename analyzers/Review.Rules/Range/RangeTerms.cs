using Review.Core.Syntax;
using Review.Flow.Paths;

namespace Review.Rules.Range;

/// <summary>How a value came from a parameter.</summary>
internal enum TermKind
{
    /// <summary>It is the parameter, or less than it: untagged, rounded down.</summary>
    Plain,

    /// <summary>Something was added to it, as rounding up does.</summary>
    Raised,

    /// <summary>The parameter was subtracted from something: what is left above it.</summary>
    RoomAbove,
}

/// <summary>A value that user space decides.</summary>
/// <param name="Parameter">The parameter that it came from.</param>
/// <param name="Kind">How it came from there.</param>
internal sealed record RangeTerm(VariableSymbol Parameter, TermKind Kind);

/// <summary>The sum of two values that user space decides.</summary>
/// <param name="Left">What the length is added to.</param>
/// <param name="Right">The length.</param>
/// <param name="At">The addition.</param>
internal sealed record RangeSum(RangeTerm Left, RangeTerm Right, Expression At)
{
    /// <summary>True if one of its operands came from a parameter.</summary>
    public bool IsOf(RangeTerm term) => Left.Parameter == term.Parameter || Right.Parameter == term.Parameter;

    /// <summary>True if something was added to one of its operands before.</summary>
    public bool IsRaised => Left.Kind == TermKind.Raised || Right.Kind == TermKind.Raised;
}

/// <summary>What a path knows of sums of user-controlled values.</summary>
/// <param name="Terms">Values that came from one parameter.</param>
/// <param name="Sums">Sums of two, and what was made of them.</param>
/// <param name="Safe">Pairs of parameters whose sum cannot wrap on this path; true if that holds for lengths that were rounded up, too.</param>
/// <param name="Bounded">Parameters that were compared with a limit.</param>
/// <param name="Lengths">Parameters that are known not to be zero (false), or of which rounding up did not make zero (true).</param>
internal sealed record RangeState(
    EquatableMap<UnknownValue, RangeTerm> Terms,
    EquatableMap<UnknownValue, RangeSum> Sums,
    EquatableMap<(VariableSymbol First, VariableSymbol Second), bool> Safe,
    EquatableMap<VariableSymbol, bool> Bounded,
    EquatableMap<VariableSymbol, bool> Lengths)
{
    public static readonly RangeState Empty = new(
        EquatableMap<UnknownValue, RangeTerm>.Empty,
        EquatableMap<UnknownValue, RangeSum>.Empty,
        EquatableMap<(VariableSymbol, VariableSymbol), bool>.Empty,
        EquatableMap<VariableSymbol, bool>.Empty,
        EquatableMap<VariableSymbol, bool>.Empty);

    /// <summary>True if a sum cannot wrap, as far as the path has looked.</summary>
    public bool IsSafe(RangeSum sum) =>
        Bounded.Contains(sum.Right.Parameter)
        || (Safe.TryGetValue((sum.Left.Parameter, sum.Right.Parameter), out var isForRaised) && (isForRaised || !sum.IsRaised))
        || (Safe.TryGetValue((sum.Right.Parameter, sum.Left.Parameter), out isForRaised) && (isForRaised || !sum.IsRaised));

    /// <summary>The sum of two parameters was looked at.</summary>
    public RangeState WithSafe(VariableSymbol first, VariableSymbol second, bool isForRaised) =>
        this with { Safe = Safe.With((first, second), isForRaised || Safe[(first, second)]) };

    /// <summary>Rounding up a length did not make it zero, or the path has looked whether it did.</summary>
    public RangeState WithLengthLookedAt(VariableSymbol parameter) => this with { Lengths = Lengths.With(parameter, true) };

    /// <summary>A value has grown older.</summary>
    public RangeState Rename(UnknownValue value, UnknownValue older) =>
        this with { Terms = Renamed(Terms, value, older), Sums = Renamed(Sums, value, older) };

    private static EquatableMap<UnknownValue, T> Renamed<T>(EquatableMap<UnknownValue, T> map, UnknownValue value, UnknownValue older)
        where T : class =>
        map[value] is { } known ? map.Without(value).With(older, known) : map.Without(older);
}
