using Review.Core.Syntax;
using Review.Flow.Facts;

namespace Review.Rules.Walk;

/// <summary>A loop over a range asks a function to do a part and does not look at how much of it was done.</summary>
internal static class LostCount
{
    /// <summary>The calls whose count no round uses for anything but tests for an error, and where the round steps on instead.</summary>
    public static IEnumerable<(CallExpression Call, Expression Step)> In(LoopRound round, FunctionFacts facts)
    {
        foreach (var call in round.Nodes.OfType<CallExpression>().Where(call => call.Function is { } function && facts.ListedOutcomesOf(function.Name).Any(static outcome => outcome.Has(WalkProgressFacts.ReturnsHowFar))))
        {
            if (ResultOf(call) is { } result
                && !round.Nodes.OfType<NameExpression>().Any(name => name is { IsRead: true, Symbol: VariableSymbol symbol } && symbol == result && !IsTest(name) && !IsUnderError(name)))
            {
                yield return (call, StepAfter(round, call) ?? call);
            }
        }
    }

    /// <summary>The assignment with which a round sets a bound anew that the call got.</summary>
    private static Expression? StepAfter(LoopRound round, CallExpression call) => round.Nodes.OfType<AssignmentExpression>().FirstOrDefault(step => step.Span.Start > call.Span.End
        && call.Arguments.Any(argument => argument.Unwrapped is NameExpression { Symbol: VariableSymbol { Type.Canonical: IntegerType } bound } && LoopRound.IsVariable(bound)(step.Target)));

    private static VariableSymbol? ResultOf(CallExpression call) => call.Ancestors().SkipWhile(static node => node is CastExpression).FirstOrDefault() switch
    {
        AssignmentExpression { Compound: null, Target.Unwrapped: NameExpression { Symbol: VariableSymbol { IsAutomatic: true } variable } } => variable,
        LocalDeclaration declaration => declaration.Symbol,
        _ => null,
    };

    /// <summary>True where the result is known to be an error code: it says nothing of how much was done.</summary>
    private static bool IsUnderError(NameExpression name)
    {
        var around = name.Ancestors().ToList();
        return around.OfType<IfStatement>().Any(test => test.Condition.Unwrapped is BinaryExpression { Operator: BinaryOperator.Less, Right.Unwrapped.Constant: 0 } isNegative
            && isNegative.Left.Unwrapped is NameExpression tested && tested.Symbol == name.Symbol && around.Contains(test.Then));
    }

    private static bool IsTest(NameExpression name)
    {
        var parent = name.Parent;
        while (parent is CastExpression)
        {
            parent = parent.Parent;
        }

        return parent is BinaryExpression { Operator: >= BinaryOperator.Less and <= BinaryOperator.NotEqual } or UnaryExpression { Operator: UnaryOperator.LogicalNot } or IfStatement or SwitchStatement;
    }
}
