using Review.Core.Engine;
using Review.Core.Syntax;

namespace Review.Rules.Walk;

/// <summary>
/// Functions that deal with several things at once and say how many, as <c>folio = gup_folio_next(pages, npages, i, &amp;nr)</c>: the loops of a file that call one go on by that number, and one goes on by one.
/// </summary>
internal sealed class FilledStep
{
    /// <summary>Loops that go on by the number, before one that does not is the exception.</summary>
    private const int MinimumSiblings = 2;

    private readonly Dictionary<string, int> loops = new(StringComparer.Ordinal);

    private FilledStep(TranslationUnit unit)
    {
        foreach (var loop in unit.Functions.SelectMany(static function => function.Body.DescendantsAndSelf<ForStatement>()))
        {
            if (loop.Increment is AssignmentExpression { Compound: BinaryOperator.Add, Target: NameExpression { Symbol: VariableSymbol cursor }, Value.Unwrapped: NameExpression { Symbol: VariableSymbol count } })
            {
                foreach (var callee in Fillers(loop, cursor, count).Select(static call => call.Function!.Name).Distinct(StringComparer.Ordinal))
                {
                    loops[callee] = loops.GetValueOrDefault(callee) + 1;
                }
            }
        }
    }

    /// <summary>The facts of the file that is being analysed.</summary>
    public static FilledStep Of(AnalysisContext context) => context.Facts.Get(static unit => new FilledStep(unit));

    /// <summary>The steps by one of a function's loops in which a call says how many there were.</summary>
    public IEnumerable<(Expression Step, VariableSymbol Cursor, VariableSymbol Count, CallExpression Call)> In(FunctionDefinition function)
    {
        foreach (var loop in function.Body.DescendantsAndSelf<ForStatement>())
        {
            if (loop.Increment is UnaryExpression { IsStep: true, Operand: NameExpression { Symbol: VariableSymbol cursor } } step && !loop.Body.DescendantsAndSelf().Any(node => LoopRound.IsWrite(node, LoopRound.IsVariable(cursor))))
            {
                foreach (var count in CountsIn(loop))
                {
                    if (Fillers(loop, cursor, count).FirstOrDefault(call => loops.GetValueOrDefault(call.Function!.Name) >= MinimumSiblings) is { } call)
                    {
                        yield return (step, cursor, count, call);
                    }
                }
            }
        }
    }

    private static IEnumerable<VariableSymbol> CountsIn(ForStatement loop) => loop.Body.DescendantsAndSelf<CallExpression>().SelectMany(static call => call.Arguments).Select(Filled).OfType<VariableSymbol>().Distinct();

    private static IEnumerable<CallExpression> Fillers(ForStatement loop, VariableSymbol cursor, VariableSymbol count) => loop.Body.DescendantsAndSelf<CallExpression>()
        .Where(call => call.Function is not null && call.Arguments.Any(argument => argument.Unwrapped is NameExpression name && name.Symbol == cursor) && call.Arguments.Any(argument => Filled(argument) == count));

    private static VariableSymbol? Filled(Expression argument) =>
        argument.Unwrapped is UnaryExpression { Operator: UnaryOperator.AddressOf, Operand: NameExpression { Symbol: VariableSymbol { Type.Canonical: IntegerType } variable } } ? variable : null;
}
