using Review.Core.Syntax;
using Review.Flow.Facts;

namespace Review.Rules.References;

/// <summary>
/// A reference is given back, and only then another one is taken to the same page: in between nothing keeps it. Whoever turns a pin into a plain reference takes the new one first.
/// </summary>
internal static class PutBeforeGet
{
    /// <summary>The two calls in the wrong order, where the function has taken no reference to the thing before.</summary>
    /// <param name="function">The function.</param>
    /// <param name="facts">What helpers do with their arguments.</param>
    public static IEnumerable<(CallExpression Put, CallExpression Get, VariableSymbol Thing)> In(FunctionDefinition function, FunctionFacts facts)
    {
        ArgumentNullException.ThrowIfNull(function);
        foreach (var get in function.Body.DescendantsAndSelf<CallExpression>())
        {
            if (get.Function is not { } getter || SubjectOf(get) is not { } thing || !ReferenceFacts.IsInTable(getter.Name) || !facts.ParameterEffectsOf(getter.Name).Contains((ReferenceFacts.Gets, 0))
                || get.Parent is not ExpressionStatement { Parent: BlockStatement block } statement)
            {
                continue;
            }

            // Nothing but simple statements may stand between the two: what is asked there may be whether the thing still is what it was.
            for (var i = block.Statements.IndexOf(statement) - 1; i >= 0 && block.Statements[i] is ExpressionStatement { Expression: var before }; i--)
            {
                if (before.DescendantsAndSelf<AssignmentExpression>().Any(assignment => assignment.Target is NameExpression target && target.Symbol == thing))
                {
                    break;
                }

                if (before.Unwrapped is CallExpression { Function: { } putter } put && SubjectOf(put) == thing && ReferenceFacts.IsRelease(putter.Name)
                    && !function.Body.DescendantsAndSelf<CallExpression>().Any(call => call != get && call.Span.Start < put.Span.Start && SubjectOf(call) == thing && call.Function is { } taker && facts.ParameterEffectsOf(taker.Name).Any(static effect => ReferenceFacts.IsTaking(effect.Verb))))
                {
                    yield return (put, get, thing);
                    break;
                }
            }
        }
    }

    private static VariableSymbol? SubjectOf(CallExpression call) => (call.Arguments.FirstOrDefault()?.Unwrapped as NameExpression)?.Symbol as VariableSymbol;
}
