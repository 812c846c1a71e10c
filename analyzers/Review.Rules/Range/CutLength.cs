using System.Collections.Immutable;
using Review.Core.Syntax;

namespace Review.Rules.Range;

/// <summary>A length of 64 bits that is cut to 32 before it is used: <c>unsigned int len = length; end = start + len;</c>.</summary>
internal static class CutLength
{
    /// <summary>The lengths from user space that go into a narrower variable, which is then added to where the range begins.</summary>
    public static IEnumerable<(AssignmentExpression At, VariableSymbol Length, VariableSymbol Narrow)> In(FunctionDefinition function, ImmutableHashSet<VariableSymbol> controlled)
    {
        foreach (var assignment in function.Body.DescendantsAndSelf<AssignmentExpression>())
        {
            if (assignment is { Compound: null, Target: NameExpression { Symbol: VariableSymbol { Kind: VariableKind.Local, Type.Canonical: IntegerType { Size: 4 } } narrow }, Value.Unwrapped.Type.Canonical: IntegerType { Size: 8 } }
                && assignment.Value.DescendantsAndSelf<NameExpression>().Select(static name => name.Symbol).OfType<VariableSymbol>().FirstOrDefault(controlled.Contains) is { } length
                && function.Body.DescendantsAndSelf<BinaryExpression>().Any(sum => sum.Operator == BinaryOperator.Add && Names(sum.Left, controlled) && sum.Right.Unwrapped is NameExpression added && added.Symbol == narrow))
            {
                yield return (assignment, length, narrow);
            }
        }

        static bool Names(Expression expression, ImmutableHashSet<VariableSymbol> variables) => expression.Unwrapped is NameExpression { Symbol: VariableSymbol variable } && variables.Contains(variable);
    }
}
