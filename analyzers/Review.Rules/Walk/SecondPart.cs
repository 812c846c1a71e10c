using Review.Core.Syntax;

namespace Review.Rules.Walk;

/// <summary>
/// A range is done in two parts: a first call says how much it has done, and a second one gets what is left, <c>n - done</c>. Where the second part begins has to move on as well: the address,
/// and the place in the array of pages.
/// </summary>
internal static class SecondPart
{
    /// <summary>The second calls that get an address or an array as the first one got it.</summary>
    public static IEnumerable<(CallExpression Second, CallExpression First, VariableSymbol Done, VariableSymbol Left)> In(FunctionDefinition function)
    {
        ArgumentNullException.ThrowIfNull(function);
        foreach (var rest in function.Body.DescendantsAndSelf<BinaryExpression>())
        {
            if (rest is { Operator: BinaryOperator.Subtract, Left.Unwrapped: NameExpression { Symbol: VariableSymbol { IsAutomatic: true } all }, Right.Unwrapped: NameExpression { Symbol: VariableSymbol { IsAutomatic: true } done } }
                && rest.Ancestors().FirstOrDefault(static outer => outer is not CastExpression) is CallExpression second && second.Arguments.Any(argument => argument.Unwrapped == rest)
                && second.Arguments.Count(argument => argument.DescendantsAndSelf<NameExpression>().Any(name => name.Symbol == done)) == 1
                && OnlyValue.CallFor(function, done) is { } first && first.Span.End <= second.Span.Start && LoopOf(first) == LoopOf(second) && ArrayIn(first) is { } array && ArrayIn(second) == array)
            {
                foreach (var left in VariablesOf(first).Where(variable => variable != all && (variable == array || TableCursor.IsAddress(variable))).Intersect(VariablesOf(second)))
                {
                    if (!function.Body.DescendantsAndSelf().Any(node => node.Span.Start >= first.Span.End && node.Span.End <= second.Span.Start && LoopRound.IsWrite(node, LoopRound.IsVariable(left))))
                    {
                        yield return (second, first, done, left);
                    }
                }
            }
        }
    }

    private static IEnumerable<VariableSymbol> VariablesOf(CallExpression call) => call.Arguments.Select(static argument => (argument.Unwrapped as NameExpression)?.Symbol).OfType<VariableSymbol>();

    private static VariableSymbol? ArrayIn(CallExpression call) => VariablesOf(call).FirstOrDefault(static variable => variable.Type.IsPointerToPointerTo("page"));

    private static Node? LoopOf(Node node) => node.Ancestors().FirstOrDefault(static outer => outer is WhileStatement or ForStatement or DoStatement);
}
