using Review.Core.Syntax;

namespace Review.Rules;

/// <summary>Variables that get a value in one place only: it says what they are wherever they are used.</summary>
internal static class OnlyValue
{
    /// <summary>The one value that a function gives a variable; null if it gives it none or several.</summary>
    public static Expression? Of(FunctionDefinition function, VariableSymbol variable)
    {
        ArgumentNullException.ThrowIfNull(function);
        return AllOf(function, variable).Take(2).ToList() is [var only] ? only : null;
    }

    /// <summary>All values that a function gives a variable by its name.</summary>
    public static IEnumerable<Expression> AllOf(FunctionDefinition function, VariableSymbol variable)
    {
        ArgumentNullException.ThrowIfNull(function);
        return function.Body.DescendantsAndSelf().Select(node => node switch
        {
            LocalDeclaration declaration when declaration.Symbol == variable => declaration.Initializer,
            AssignmentExpression { Target: NameExpression name } assignment when name.Symbol == variable => assignment.Value,
            _ => null,
        }).OfType<Expression>();
    }

    /// <summary>The call from which a variable has its only value.</summary>
    public static CallExpression? CallFor(FunctionDefinition function, VariableSymbol variable) => Of(function, variable)?.Unwrapped as CallExpression;
}
