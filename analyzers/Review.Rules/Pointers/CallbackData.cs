using Review.Core.Engine;
using Review.Core.Syntax;

namespace Review.Rules.Pointers;

/// <summary>
/// What the functions of a file take a <c>void *</c> for: a parameter of their own, or the member of a record that they get, as the callbacks of
/// walk_page_range() read <c>walk-&gt;private</c>.
/// </summary>
internal sealed class CallbackData(TranslationUnit unit)
{
    private readonly Dictionary<Symbol, Expression> tables = unit.Globals.Where(static global => global.Initializer is not null).DistinctBy(static global => global.Symbol).ToDictionary(static global => (Symbol)global.Symbol, static global => global.Initializer!);

    /// <summary>The facts of the file that is being analysed.</summary>
    public static CallbackData Of(AnalysisContext context) => context.Facts.Get(static unit => new CallbackData(unit));

    /// <summary>The file's functions that an expression names: a function, or a table of operations.</summary>
    public IEnumerable<FunctionDefinition> CallbacksIn(Expression expression)
    {
        var value = expression.Unwrapped;
        value = value is UnaryExpression { Operator: UnaryOperator.AddressOf } address ? address.Operand.Unwrapped : value;
        if (value is not NameExpression { Symbol: var symbol })
        {
            return [];
        }

        var named = symbol is FunctionSymbol ? [value] : tables.GetValueOrDefault(symbol) is InitializerList list ? list.Elements.Select(static element => element.Value.Unwrapped) : [];
        return named.Select(static name => ((name is UnaryExpression { Operator: UnaryOperator.AddressOf } address ? address.Operand.Unwrapped : name) as NameExpression)?.Symbol)
            .OfType<FunctionSymbol>().Select(function => unit.Find(function.Name)).OfType<FunctionDefinition>();
    }

    /// <summary>The body of a function that is called by name.</summary>
    public FunctionDefinition? Body(FunctionSymbol function) => unit.Find(function.Name);

    /// <summary>The type that a function takes its data for; null if it does not say, or says several things.</summary>
    /// <param name="function">The function.</param>
    /// <param name="parameter">The parameter that is the data; null for any <c>void *</c> that it gets, directly or as a member.</param>
    public static CType? TypeOfData(FunctionDefinition function, int? parameter)
    {
        CType? found = null;
        foreach (var cast in function.Body.DescendantsAndSelf<CastExpression>())
        {
            if (cast.Type.Pointee is RecordType or PointerType or IntegerType { Size: 1, IsBool: false } && IsData(cast.Operand.Unwrapped, parameter))
            {
                if (found is not null && found != cast.Type.Pointee)
                {
                    return null;
                }

                found = cast.Type.Pointee;
            }
        }

        return found;
    }

    /// <summary>The types of record to which a function makes a pointer of a parameter that is a number.</summary>
    public static IEnumerable<CType> PointersMadeOf(FunctionDefinition function, int parameter) =>
        parameter < 0 || parameter >= function.Parameters.Length || function.Parameters[parameter].Type.Canonical is not IntegerType ? []
        : function.Body.DescendantsAndSelf<CastExpression>()
            .Where(cast => cast.Type.Pointee is RecordType && cast.Operand.Unwrapped is NameExpression name && name.Symbol == function.Parameters[parameter]).Select(static cast => cast.Type.Pointee!);

    private static bool IsData(Expression expression, int? parameter) => expression.Type.Pointee is VoidType && expression switch
    {
        NameExpression { Symbol: VariableSymbol { Kind: VariableKind.Parameter } variable } => parameter is null || parameter == variable.Ordinal,
        MemberExpression { IsArrow: true, Target.Unwrapped: NameExpression { Symbol: VariableSymbol { Kind: VariableKind.Parameter } } } => parameter is null,
        _ => false,
    };
}
