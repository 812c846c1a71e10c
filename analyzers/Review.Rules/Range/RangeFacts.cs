using Review.Core.Syntax;
using Review.Flow.Facts;

namespace Review.Rules.Range;

/// <summary>What functions of other files do with ranges of addresses.</summary>
internal static class RangeFacts
{
    /// <summary>The result says whether a range is one.</summary>
    public const string Checks = "checks a range";

    private static readonly FactTable Table = FactResource.Read("Kernel", "Range");

    /// <summary>True if a call answers whether its arguments are a range.</summary>
    public static bool IsCheck(CallExpression call) => call.Function is { } function && Table.OutcomesOf(function.Name).Any(static outcome => outcome.Has(Checks));
}
