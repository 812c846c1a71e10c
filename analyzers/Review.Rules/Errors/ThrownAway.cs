using Review.Core.Engine;
using Review.Core.Syntax;

namespace Review.Rules.Errors;

/// <summary>Calls of functions that say why they failed, in functions that hand such codes on, whose result nobody takes.</summary>
internal sealed class ThrownAway
{
    private const int LastErrno = 4095;

    /// <summary>The functions of the file that return error codes, and say nothing of an error in words: of one that does, the error is known to somebody.</summary>
    private readonly HashSet<string> failing = new(StringComparer.Ordinal);

    private ThrownAway(TranslationUnit unit)
    {
        foreach (var function in unit.Functions)
        {
            if (function.Symbol.Signature?.Result.Canonical is IntegerType { IsSigned: true, Size: 4 } && GivesCodes(function) && !TellsInWords(function))
            {
                _ = failing.Add(function.Name);
            }
        }
    }

    /// <summary>True if a function of the file returns error codes.</summary>
    public static bool MayFail(FunctionAnalysisContext context, string function) =>
        context.Facts.Ask(static unit => new ThrownAway(unit), function, static (thrown, name) => thrown.failing.Contains(name));

    /// <summary>The calls of a function.</summary>
    public static IEnumerable<CallExpression> In(FunctionAnalysisContext context, Func<string, bool> isTold)
    {
        if (context.Function.Symbol.Signature?.Result.Canonical is not IntegerType { IsSigned: true } || !GivesCodes(context.Function))
        {
            yield break;
        }

        var calls = context.Function.Body.DescendantsAndSelf<CallExpression>().ToList();
        foreach (var call in calls.Where(static call => call is { Function: not null, Origin.IsInFile: true, Parent: ExpressionStatement { Parent: not StatementExpression } }))
        {
            // Who takes the result of one call and not that of another one means it.
            if (calls.Exists(other => other != call && other.Function == call.Function))
            {
                continue;
            }

            if (isTold(call.Function!.Name) || (WorksOnVma(call) && MayFail(context, call.Function.Name)))
            {
                yield return call;
            }
        }
    }

    /// <summary>Whoever clears up after an error may leave another one alone; what was to become of a mapping is what the caller has asked for.</summary>
    private static bool WorksOnVma(CallExpression call) => call.Arguments.Any(static argument => argument.Type.IsPointerTo("vm_area_struct") || argument.Type.IsPointerToPointerTo("vm_area_struct"));

    /// <summary>True if a function prints messages: what does so is declared like printf(3).</summary>
    private static bool TellsInWords(FunctionDefinition function) => function.Body.DescendantsAndSelf<CallExpression>().Any(static call => call.Function?.Signature is { IsVariadic: true });

    /// <summary>True if a function returns a negative number somewhere, or a variable that holds one.</summary>
    private static bool GivesCodes(FunctionDefinition function)
    {
        var returns = function.Body.DescendantsAndSelf<ReturnStatement>().Select(static @return => @return.Value?.Unwrapped).OfType<Expression>().ToList();
        return returns.Exists(static value => value.Constant is < 0 and >= -LastErrno)
            || returns.OfType<NameExpression>().Any(name => function.Body.DescendantsAndSelf<AssignmentExpression>().Any(assignment => assignment is { Compound: null, Value.Constant: < 0 and >= -LastErrno } && assignment.Target is NameExpression target && target.Symbol == name.Symbol));
    }
}
