using Review.Core.Syntax;
using Review.Flow.Facts;

namespace Review.Rules.Range;

/// <summary>What functions of other files do with ranges of addresses.</summary>
internal static class RangeFacts
{
    /// <summary>The result says whether a range is one.</summary>
    public const string Checks = "checks a range";

    /// <summary>A macro rounds its first argument up to a multiple of the second one.</summary>
    public const string RoundsUp = "rounds up";

    /// <summary>A macro rounds its first argument down to a multiple of the second one.</summary>
    public const string RoundsDown = "rounds down";

    private static readonly FactTable Table = FactResource.Read("Kernel", "Range");

    /// <summary>True if a call answers whether its arguments are a range.</summary>
    public static bool IsCheck(CallExpression call) => call.Function is { } function && Table.OutcomesOf(function.Name).Any(static outcome => outcome.Has(Checks));

    /// <summary>True if a macro rounds up, false if it rounds down, null if it does neither.</summary>
    public static bool? RoundingOf(string macro)
    {
        var outcomes = Table.OutcomesOf(macro);
        return outcomes.Any(static outcome => outcome.Has(RoundsUp)) ? true : outcomes.Any(static outcome => outcome.Has(RoundsDown)) ? false : null;
    }

    /// <summary>True if a function destroys what lies in a range that it is told.</summary>
    public static bool Destroys(string function) => Table.OutcomesOf(function).Any(static outcome => outcome.Has("destroys a range"));

    /// <summary>True if a function may move the bounds whose addresses it gets apart.</summary>
    public static bool Grows(string function) => Table.OutcomesOf(function).Any(static outcome => outcome.Has("lets a range grow"));

    /// <summary>True if a function changes what lies between two neighbouring arguments.</summary>
    public static bool WorksOnRange(string function) => Table.OutcomesOf(function).Any(static outcome => outcome.Has("works on a range"));
}
