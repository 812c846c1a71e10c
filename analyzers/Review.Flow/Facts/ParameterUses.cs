using Review.Core.Syntax;

namespace Review.Flow.Facts;

/// <summary>
/// Where the parameters of a function go, whatever path is taken: to which parameters of the functions that it calls. Enough to ask what a function may use a
/// parameter for, and much cheaper than following its paths.
/// </summary>
internal static class ParameterUses
{
    /// <summary>The calls that get a parameter, or a local variable that was set to it, as an argument.</summary>
    public static IEnumerable<(CallExpression Call, int Argument)> Of(FunctionDefinition function, int parameter)
    {
        var names = new HashSet<VariableSymbol> { function.Parameters[parameter] };
        foreach (var node in function.Body.DescendantsAndSelf())
        {
            if (node is LocalDeclaration { Initializer: { } initializer } declaration && IsOne(initializer))
            {
                _ = names.Add(declaration.Symbol);
            }
            else if (node is AssignmentExpression { Compound: null, Target: NameExpression { Symbol: VariableSymbol { Kind: VariableKind.Local } local } } assignment && IsOne(assignment.Value))
            {
                _ = names.Add(local);
            }
        }

        foreach (var call in function.Body.DescendantsAndSelf<CallExpression>())
        {
            for (var i = 0; i < call.Arguments.Length; i++)
            {
                if (IsOne(call.Arguments[i]))
                {
                    yield return (call, i);
                }
            }
        }

        bool IsOne(Expression expression) => expression.Unwrapped is NameExpression { Symbol: VariableSymbol variable } && names.Contains(variable);
    }
}
