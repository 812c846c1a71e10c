using Review.Core.Syntax;

namespace Review.Rules.Gup;

/// <summary>The functions of a file that give back the pages of an array as pinned ones, whatever the flags say.</summary>
internal sealed class PinnedArrays
{
    private readonly Dictionary<string, HashSet<int>> unpins = [];

    public PinnedArrays(TranslationUnit unit)
    {
        ArgumentNullException.ThrowIfNull(unit);
        for (var isChanged = true; isChanged;)
        {
            isChanged = false;
            foreach (var function in unit.Functions.Where(static function => function.Parameters.Any(static parameter => parameter.Type.IsPointerToPointerTo("page"))))
            {
                foreach (var call in function.Body.DescendantsAndSelf<CallExpression>().Where(static call => call.Function is not null && !IsConditional(call)))
                {
                    for (var i = 0; i < call.Arguments.Length; i++)
                    {
                        if (ArrayOf(call.Arguments[i]) is { Kind: VariableKind.Parameter } array && (IsUnpin(call.Function!.Name, i) || Unpins(call.Function.Name, i)))
                        {
                            isChanged |= (unpins.TryGetValue(function.Name, out var known) ? known : unpins[function.Name] = []).Add(array.Ordinal);
                        }
                    }
                }
            }
        }
    }

    /// <summary>True if the function gives back what the array, an argument, holds as pinned.</summary>
    public bool Unpins(string function, int parameter) => IsUnpin(function, parameter) || (unpins.TryGetValue(function, out var parameters) && parameters.Contains(parameter));

    /// <summary>The array of which an expression is an element, or which it is.</summary>
    public static VariableSymbol? ArrayOf(Expression expression) => expression.Unwrapped switch
    {
        NameExpression { Symbol: VariableSymbol variable } when variable.Type.IsPointerToPointerTo("page") => variable,
        IndexExpression { Target.Unwrapped: NameExpression { Symbol: VariableSymbol variable } } when variable.Type.IsPointerToPointerTo("page") => variable,
        _ => null,
    };

    private static bool IsUnpin(string function, int parameter) => parameter == 0 && function.StartsWith("unpin_user_page", StringComparison.Ordinal);

    private static bool IsConditional(CallExpression call) =>
        call.Ancestors().OfType<IfStatement>().Any(static branch => FlagWord.NamesIn(branch.Condition).Contains("FOLL_PIN", StringComparer.Ordinal));
}
