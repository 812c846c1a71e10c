using Review.Core.Engine;
using Review.Core.Syntax;

namespace Review.Rules.Walk;

/// <summary>
/// Functions that look a VMA up for their callers, or again, and get with it what is to be asked of it: whether a certain kind is expected, or a counter that others raise while mappings change.
/// Where such a parameter is never read, the question has been lost.
/// </summary>
internal sealed class UnaskedParameter
{
    private readonly Dictionary<string, VariableSymbol> unasked = new(StringComparer.Ordinal);

    private UnaskedParameter(TranslationUnit unit)
    {
        foreach (var function in unit.Functions.Where(static function => function.Symbol.IsStatic))
        {
            foreach (var parameter in function.Parameters.Where(static parameter => parameter.Type.Canonical is IntegerType { IsBool: true } || parameter.Type.IsPointerTo("atomic_t") || parameter.Type.Pointee is TypedefType { Spelling: "atomic_t" }))
            {
                if (!function.Body.DescendantsAndSelf<NameExpression>().Any(name => name.Symbol == parameter) && (parameter.Type.Canonical is PointerType || DependsOnCaller(unit, function, parameter)))
                {
                    _ = unasked.TryAdd(function.Name, parameter);
                }
            }
        }
    }

    /// <summary>The parameter of a function that nobody asks; null if there is none.</summary>
    public static VariableSymbol? In(FunctionAnalysisContext context) => context.Facts.Get(static unit => new UnaskedParameter(unit)).unasked.GetValueOrDefault(context.Function.Name);

    /// <summary>True if callers give different answers: the parameter is there for a reason.</summary>
    private static bool DependsOnCaller(TranslationUnit unit, FunctionDefinition function, VariableSymbol parameter) => unit.Functions
        .SelectMany(static caller => caller.Body.DescendantsAndSelf<CallExpression>())
        .Where(call => call.Function == function.Symbol && parameter.Ordinal < call.Arguments.Length)
        .Select(call => call.Arguments[parameter.Ordinal].Constant).Distinct().Count() > 1;
}
