using Review.Core.Syntax;
using Review.Flow.Facts;

namespace Review.Rules.References;

/// <summary>
/// A function takes a reference to a page, locks it, and gives the reference back right before it unlocks the page: between the two nothing need keep the page any more.
/// Where something else happens in between, that may say what does.
/// </summary>
internal static class PutBeforeUnlock
{
    /// <summary>The two calls that are in the wrong order.</summary>
    /// <param name="function">The function.</param>
    /// <param name="facts">What helpers do with their arguments.</param>
    public static IEnumerable<(CallExpression Put, CallExpression Unlock)> In(FunctionDefinition function, FunctionFacts facts)
    {
        var calls = function.Body.DescendantsAndSelf<CallExpression>().ToList();
        foreach (var unlock in calls.Where(static call => call.Function?.Name is "unlock_page" or "folio_unlock"))
        {
            if (unlock.Parent is ExpressionStatement { Parent: BlockStatement block } statement && block.Statements.IndexOf(statement) is > 0 and var index
                && block.Statements[index - 1] is ExpressionStatement { Expression.Unwrapped: CallExpression { Function: { } putter } put }
                && SubjectOf(unlock) is { } page && SubjectOf(put) == page && facts.ParameterEffectsOf(putter.Name).Contains((ReferenceFacts.Puts, 0))
                && calls.Exists(call => SubjectOf(call) == page && call.Function is { } getter && facts.ParameterEffectsOf(getter.Name).Contains((ReferenceFacts.Gets, 0))))
            {
                yield return (put, unlock);
            }
        }
    }

    private static Symbol? SubjectOf(CallExpression call) => (call.Arguments.FirstOrDefault()?.Unwrapped as NameExpression)?.Symbol;
}
