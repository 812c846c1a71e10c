using System.Collections.Immutable;
using Review.Core.Syntax;

namespace Review.Flow.Facts;

/// <summary>The parameters of a function that hold to its end what the caller handed over.</summary>
public static class UnchangedParameters
{
    /// <summary>Numbers and pointers that the function neither assigns to nor gives the address of, in order.</summary>
    public static ImmutableArray<VariableSymbol> Of(FunctionDefinition function)
    {
        ArgumentNullException.ThrowIfNull(function);
        var changed = function.Body.DescendantsAndSelf().Select(ChangedBy).OfType<VariableSymbol>().ToHashSet();
        return [.. function.Parameters.Where(parameter => parameter.Type.Canonical is IntegerType or EnumType or PointerType && !changed.Contains(parameter))];
    }

    /// <summary>Records that were handed over by value and that the function neither writes into nor gives the address of, or of a part.</summary>
    public static ImmutableArray<VariableSymbol> RecordsOf(FunctionDefinition function)
    {
        ArgumentNullException.ThrowIfNull(function);
        var changed = function.Body.DescendantsAndSelf().Select(static node => node switch
        {
            AssignmentExpression assignment => RootOf(assignment.Target),
            UnaryExpression { IsStep: true } or UnaryExpression { Operator: UnaryOperator.AddressOf } => RootOf(((UnaryExpression)node).Operand),
            _ => null,
        }).OfType<VariableSymbol>().ToHashSet();
        return [.. function.Parameters.Where(parameter => parameter.Type.Canonical is RecordType && !changed.Contains(parameter))];
    }

    private static VariableSymbol? RootOf(Expression expression)
    {
        while (expression.Unwrapped is MemberExpression { IsArrow: false } member)
        {
            expression = member.Target;
        }

        return (expression.Unwrapped as NameExpression)?.Symbol as VariableSymbol;
    }

    private static VariableSymbol? ChangedBy(Node node) => (node switch
    {
        AssignmentExpression { Target: NameExpression name } => name.Symbol,
        UnaryExpression { IsStep: true, Operand: NameExpression name } => name.Symbol,
        UnaryExpression { Operator: UnaryOperator.AddressOf, Operand: NameExpression name } => name.Symbol,
        _ => null,
    }) as VariableSymbol;
}
