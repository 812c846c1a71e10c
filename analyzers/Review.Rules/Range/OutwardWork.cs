using Review.Core.Syntax;

namespace Review.Rules.Range;

/// <summary>Contents of memory or of a file are destroyed in a range that was rounded outwards: what lies beside what was asked for is lost, too.</summary>
internal static class OutwardWork
{
    private const long PageSize = 4096;

    /// <summary>The arguments of destroying calls that begin before, or reach behind, what the function was asked for.</summary>
    public static IEnumerable<(CallExpression Call, Expression Argument, string Bound)> In(FunctionDefinition function, TranslationUnit unit)
    {
        foreach (var call in function.Body.DescendantsAndSelf<CallExpression>().Where(static call => call.Function is not null))
        {
            for (var i = 0; i < call.Arguments.Length; i++)
            {
                if (OutwardBound(call.Arguments[i], function) is { } bound && (RangeFacts.Destroys(call.Function!.Name) || IsHandedOn(call.Function.Name, i, unit)))
                {
                    yield return (call, call.Arguments[i], bound);
                }
            }
        }
    }

    /// <summary>The name of what an argument is rounded outwards from; null if it is not.</summary>
    private static string? OutwardBound(Expression argument, FunctionDefinition function) =>
        Rounding.Of(argument) is { IsUp: true } up ? up.Subject.Name
        : argument.Unwrapped is NameExpression { Symbol: VariableSymbol { Kind: VariableKind.Parameter } bound } && !bound.Name.Contains("end", StringComparison.Ordinal)
            && function.Body.DescendantsAndSelf<AssignmentExpression>().Any(assignment => IsRoundedDown(assignment, bound)) ? bound.Name
        : null;

    /// <summary>True if a function of the file hands a parameter on to a destroying call as it is.</summary>
    private static bool IsHandedOn(string callee, int index, TranslationUnit unit) =>
        unit.Find(callee) is { Symbol.IsStatic: true } function && index < function.Parameters.Length
        && function.Body.DescendantsAndSelf<CallExpression>().Any(inner => inner.Function is { } target && RangeFacts.Destroys(target.Name) && inner.Arguments.Any(argument => IsName(argument, function.Parameters[index])))
        && !function.Body.DescendantsAndSelf<AssignmentExpression>().Any(assignment => IsName(assignment.Target, function.Parameters[index]));

    private static bool IsName(Expression expression, VariableSymbol symbol) => expression.Unwrapped is NameExpression name && name.Symbol == symbol;

    private static bool IsRoundedDown(AssignmentExpression assignment, VariableSymbol bound) => assignment.Target is NameExpression target && target.Symbol == bound && assignment switch
    {
        { Compound: BinaryOperator.BitwiseAnd, Value.Constant: < -PageSize and var mask } => long.IsPow2(-mask),
        { Compound: null } => Rounding.Of(assignment.Value) is { IsUp: false } rounding && rounding.Subject == bound,
        _ => false,
    };
}
