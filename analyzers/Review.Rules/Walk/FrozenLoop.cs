using Review.Core.Syntax;

namespace Review.Rules.Walk;

/// <summary>A loop whose condition compares local variables that no round changes: once it is true it stays true.</summary>
internal static class FrozenLoop
{
    /// <summary>The variables of such a condition, if the loop is one.</summary>
    public static IReadOnlyList<VariableSymbol>? In(LoopRound round, FunctionDefinition function)
    {
        if (round.Condition is not { Constant: null } condition || Core(condition) is not { } test)
        {
            return null;
        }

        var variables = new List<VariableSymbol>();
        foreach (var node in test.DescendantsAndSelf())
        {
            switch (node)
            {
                case NameExpression { Symbol: VariableSymbol { IsAutomatic: true } variable }:
                    variables.Add(variable);
                    break;
                case LiteralExpression or CastExpression or BinaryExpression { Operator: not BinaryOperator.Comma } or NameExpression { Symbol: EnumeratorSymbol } or UnevaluatedExpression
                    or UnaryExpression { Operator: UnaryOperator.Minus or UnaryOperator.Plus or UnaryOperator.BitwiseNot or UnaryOperator.Extension }:
                    break;
                case Expression { Constant: not null }:
                    break;
                default:
                    return null;
            }
        }

        // An object whose address is known elsewhere may change at any call.
        var bound = test is BinaryExpression { Operator: BinaryOperator.Less or BinaryOperator.NotEqual } comparison && comparison.Left.Unwrapped is NameExpression ? (comparison.Right.Unwrapped as NameExpression)?.Symbol : null;
        return variables.Count > 0 && !variables.Exists(variable => round.Nodes.Any(node => LoopRound.IsWrite(node, LoopRound.IsVariable(variable)) && !(variable == bound && IsClamp(node, variable))) || IsShared(variable, function))
            ? variables
            : null;
    }

    /// <summary>An upper bound that is only brought down now and then, to where a VMA ends, brings nothing nearer to it: <c>end = min(end, vma->vm_end)</c>.</summary>
    private static bool IsClamp(Node node, VariableSymbol bound)
    {
        if (node is not AssignmentExpression { Compound: null } assignment)
        {
            return false;
        }

        var parts = assignment.Value.DescendantsAndSelf().ToList();
        return parts.OfType<NameExpression>().Any(name => name.Symbol == bound) && parts.OfType<MemberExpression>().Any(static member => member.Field is { Record: "vm_area_struct", Name: "vm_end" });
    }

    /// <summary>The comparison that decides, without what the condition does before it: <c>p++, a != b</c>.</summary>
    private static Expression? Core(Expression condition)
    {
        var core = condition.Unwrapped;
        while (core is BinaryExpression { Operator: BinaryOperator.Comma } comma)
        {
            core = comma.Right.Unwrapped;
        }

        return core is BinaryExpression { Operator: >= BinaryOperator.Less and <= BinaryOperator.NotEqual } or NameExpression { Type.Canonical: IntegerType { IsBool: false, Size: > 4 } } ? core : null;
    }

    private static bool IsShared(VariableSymbol variable, FunctionDefinition function) =>
        function.Body.DescendantsAndSelf().Any(node => node is UnaryExpression { Operator: UnaryOperator.AddressOf } address && LoopRound.IsVariable(variable)(address.Operand));
}
