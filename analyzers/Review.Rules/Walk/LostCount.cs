using Review.Core.Syntax;
using Review.Flow.Facts;

namespace Review.Rules.Walk;

/// <summary>A loop over a range asks a function to do a part and does not look at how much of it was done.</summary>
internal static class LostCount
{
    /// <summary>The calls whose count no round uses for anything but tests for an error.</summary>
    public static IEnumerable<CallExpression> In(LoopRound round, FunctionFacts facts)
    {
        foreach (var call in round.Nodes.OfType<CallExpression>().Where(call => call.Function is { } function && facts.ListedOutcomesOf(function.Name).Any(static outcome => outcome.Has(WalkProgressFacts.ReturnsHowFar))))
        {
            if (ResultOf(call) is { } result
                && !round.Nodes.OfType<NameExpression>().Any(name => name is { IsRead: true, Symbol: VariableSymbol symbol } && symbol == result && !IsTest(name)))
            {
                yield return call;
            }
        }
    }

    private static VariableSymbol? ResultOf(CallExpression call) => call.Ancestors().SkipWhile(static node => node is CastExpression).FirstOrDefault() switch
    {
        AssignmentExpression { Compound: null, Target.Unwrapped: NameExpression { Symbol: VariableSymbol { IsAutomatic: true } variable } } => variable,
        LocalDeclaration declaration => declaration.Symbol,
        _ => null,
    };

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
