using Review.Core.Engine;
using Review.Core.Syntax;

namespace Review.Rules.Errors;

/// <summary>
/// Functions of a file that turn one error code of a callee into another one before they return it, as the callers of madvise_update_vma() make EAGAIN of
/// ENOMEM, because madvise(2) says ENOMEM for addresses that are not mapped.
/// </summary>
internal sealed class ErrnoConversions
{
    private readonly ILookup<string, (string Function, CallExpression Call, FunctionDefinition Sibling, int From, int To)> missing;

    private ErrnoConversions(TranslationUnit unit)
    {
        var callers = new Dictionary<string, List<(FunctionDefinition Caller, CallExpression Call, (int From, int To)? Conversion)>>(StringComparer.Ordinal);
        var defined = unit.Functions.Select(static function => function.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var function in unit.Functions)
        {
            foreach (var (call, variable) in Returned(function).DistinctBy(static returned => returned.Call.Function!.Name))
            {
                var callee = call.Function!.Name;
                if (defined.Contains(callee))
                {
                    if (!callers.TryGetValue(callee, out var known))
                    {
                        callers[callee] = known = [];
                    }

                    known.Add((function, call, ConversionOf(function, variable, call)));
                }
            }
        }

        missing = MissingAmong(callers.Values).ToLookup(static missing => missing.Function, StringComparer.Ordinal);
    }

    /// <summary>The calls of the function that is being analysed whose error code it hands on as it is, although everybody else makes another one of it.</summary>
    public static IReadOnlyList<(CallExpression Call, FunctionDefinition Sibling, int From, int To)> MissingIn(FunctionAnalysisContext context) =>
        context.Facts.Ask(static unit => new ErrnoConversions(unit), context.Function.Name, static (conversions, function) => conversions.missing[function].Select(static missing => (missing.Call, missing.Sibling, missing.From, missing.To)).ToList());

    private static IEnumerable<(string Function, CallExpression Call, FunctionDefinition Sibling, int From, int To)> MissingAmong(
        IEnumerable<List<(FunctionDefinition Caller, CallExpression Call, (int From, int To)? Conversion)>> callers)
    {
        foreach (var known in callers)
        {
            var plain = known.Where(static caller => caller.Conversion is null).ToList();
            var converting = known.Where(static caller => caller.Conversion is not null).ToList();
            if (plain is [var (caller, call, _)] && converting.Count > 0 && converting.Select(static sibling => sibling.Conversion).Distinct().Count() == 1)
            {
                var (from, to) = converting[0].Conversion!.Value;
                yield return (caller.Name, call, converting[0].Caller, from, to);
            }
        }
    }

    /// <summary>The calls whose result the function returns through a variable.</summary>
    private static IEnumerable<(CallExpression Call, VariableSymbol Variable)> Returned(FunctionDefinition function)
    {
        var returned = function.Body.DescendantsAndSelf<ReturnStatement>().Select(static statement => (statement.Value?.Unwrapped as NameExpression)?.Symbol).OfType<VariableSymbol>().ToHashSet();
        return function.Body.DescendantsAndSelf<AssignmentExpression>()
            .Where(static assignment => assignment is { Compound: null, Value.Unwrapped: CallExpression { Function: not null } })
            .Where(assignment => assignment.Target is NameExpression { Symbol: VariableSymbol variable } && returned.Contains(variable))
            .Select(static assignment => ((CallExpression)assignment.Value.Unwrapped, (VariableSymbol)((NameExpression)assignment.Target).Symbol));
    }

    private static (int From, int To)? ConversionOf(FunctionDefinition function, VariableSymbol variable, CallExpression call)
    {
        // What is tested after another call has set the variable is that call's result.
        var next = function.Body.DescendantsAndSelf<AssignmentExpression>()
            .Where(assignment => assignment.Span.Start > call.Span.Start && assignment.Value.Unwrapped is CallExpression && assignment.Target is NameExpression target && target.Symbol == variable)
            .Select(static assignment => assignment.Span.Start).DefaultIfEmpty(int.MaxValue).Min();
        foreach (var statement in function.Body.DescendantsAndSelf<IfStatement>().Where(statement => statement.Span.Start > call.Span.Start && statement.Span.Start < next))
        {
            var then = statement.Then is BlockStatement { Statements: [var only] } ? only : statement.Then;
            if (statement.Condition.Unwrapped is BinaryExpression { Operator: BinaryOperator.Equal, Right.Constant: < 0 and var from } comparison
                && comparison.Left.Unwrapped is NameExpression tested && tested.Symbol == variable
                && then is ExpressionStatement { Expression: AssignmentExpression { Compound: null, Value.Constant: < 0 and var to, Target: NameExpression target } } && target.Symbol == variable)
            {
                return ((int)-from, (int)-to);
            }
        }

        return null;
    }
}
