using Review.Core.Syntax;

namespace Review.Rules.Range;

/// <summary>Contents of memory or of a file are destroyed in a range that was rounded outwards: what lies beside what was asked for is lost, too.</summary>
internal static class OutwardWork
{
    private const long PageSize = 4096;

    /// <summary>The arguments of destroying calls that begin before, or reach behind, what the function was asked for.</summary>
    public static IEnumerable<(CallExpression Call, Expression Argument, string Bound)> In(FunctionDefinition function)
    {
        foreach (var call in function.Body.DescendantsAndSelf<CallExpression>().Where(static call => call.Function is { } callee && RangeFacts.Destroys(callee.Name)))
        {
            foreach (var argument in call.Arguments)
            {
                if (Rounding.Of(argument) is { IsUp: true } up)
                {
                    yield return (call, argument, up.Subject.Name);
                }
                else if (argument.Unwrapped is NameExpression { Symbol: VariableSymbol { Kind: VariableKind.Parameter } bound } && !bound.Name.Contains("end", StringComparison.Ordinal)
                    && function.Body.DescendantsAndSelf<AssignmentExpression>().Any(assignment => IsRoundedDown(assignment, bound)))
                {
                    yield return (call, argument, bound.Name);
                }
            }
        }
    }

    private static bool IsRoundedDown(AssignmentExpression assignment, VariableSymbol bound) => assignment.Target is NameExpression target && target.Symbol == bound && assignment switch
    {
        { Compound: BinaryOperator.BitwiseAnd, Value.Constant: < -PageSize and var mask } => long.IsPow2(-mask),
        { Compound: null } => Rounding.Of(assignment.Value) is { IsUp: false } rounding && rounding.Subject == bound,
        _ => false,
    };
}
