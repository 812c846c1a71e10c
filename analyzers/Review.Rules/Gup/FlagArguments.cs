using System.Collections.Immutable;
using Review.Core.Engine;
using Review.Core.Syntax;

namespace Review.Rules.Gup;

/// <summary>Which arguments of functions are FOLL_ or FAULT_FLAG_ bits somewhere in a file: what such a parameter holds is a word of flags, whatever it is called.</summary>
internal sealed class FlagArguments
{
    /// <summary>Words of flags are unsigned int, or unsigned long in old kernels; addresses are not that short.</summary>
    private const long WordSize = sizeof(uint);

    private readonly HashSet<(string Function, int Position)> given = [];

    private FlagArguments(TranslationUnit unit)
    {
        if (unit.Text.Bytes.IndexOf("FOLL_"u8) >= 0 || unit.Text.Bytes.IndexOf("FAULT_FLAG_"u8) >= 0)
        {
            foreach (var body in unit.Functions.Select(static function => function.Body))
            {
                given.UnionWith(body.DescendantsAndSelf<LiteralExpression>().Concat<Expression>(body.DescendantsAndSelf<NameExpression>()).Where(static bit => FlagWord.NameOf(bit) is not null).Select(TakerOf).OfType<(string, int)>());
            }
        }
    }

    /// <summary>The parameters of a function that are words since a caller in the file hands them bits, or the function hands them on where somebody else does.</summary>
    public static IEnumerable<FlagWord> WordsOf(FunctionAnalysisContext context)
    {
        var candidates = context.Function.Parameters.Where(static parameter => parameter.Type.Canonical is IntegerType { IsSigned: false, IsBool: false, Size: WordSize }).ToHashSet();
        if (candidates.Count == 0)
        {
            return [];
        }

        var own = PositionsOf(context, context.Function.Name);
        return candidates.Where(parameter => own.Contains(parameter.Ordinal)).Concat(context.Function.Body.DescendantsAndSelf<CallExpression>().SelectMany(call => HandedOn(context, call, candidates)))
            .Select(static parameter => new FlagWord(parameter, IsPointee: false));
    }

    private static IEnumerable<VariableSymbol> HandedOn(FunctionAnalysisContext context, CallExpression call, HashSet<VariableSymbol> candidates)
    {
        for (var i = 0; i < call.Arguments.Length; i++)
        {
            if (call is { Function: { } callee } && call.Arguments[i].Unwrapped is NameExpression { Symbol: VariableSymbol parameter } && candidates.Contains(parameter) && PositionsOf(context, callee.Name).Contains(i))
            {
                yield return parameter;
            }
        }
    }

    private static ImmutableArray<int> PositionsOf(FunctionAnalysisContext context, string function) =>
        context.Facts.Ask(static unit => new FlagArguments(unit), function, static (arguments, function) => arguments.given.Where(place => place.Function == function).Select(static place => place.Position).Order().ToImmutableArray());

    /// <summary>The call that gets a bit, alone or with others, and where; null if the bit is asked for, or taken for a truth value.</summary>
    private static (string Function, int Position)? TakerOf(Expression bit)
    {
        Expression child = bit;
        foreach (var parent in bit.Ancestors())
        {
            switch (parent)
            {
                case CastExpression { Type.Canonical: IntegerType { IsBool: false } } cast:
                    child = cast;
                    continue;
                case BinaryExpression { Operator: BinaryOperator.BitwiseOr } union:
                    child = union;
                    continue;
                case ConditionalExpression choice when choice.Condition != child:
                    child = choice;
                    continue;
                case CallExpression { Function: { } callee } call when call.Arguments.IndexOf(child) is >= 0 and var position:
                    return (callee.Name, position);
                default:
                    return null;
            }
        }

        return null;
    }
}
