using Review.Core.Syntax;
using Review.Rules.Notifier;

namespace Review.Rules.Range;

/// <summary>
/// What is announced to mmu notifiers may have to be more than what is worked on, as where page tables are shared. Whoever lets the range grow for that has to work on the bounds from before: the
/// rest was not asked for.
/// </summary>
internal static class GrownAnnouncement
{
    /// <summary>The work on a bound that has grown, with the call that let it grow.</summary>
    public static IEnumerable<(CallExpression Work, MemberExpression Bound, CallExpression Growth)> In(FunctionDefinition function)
    {
        ArgumentNullException.ThrowIfNull(function);
        foreach (var growth in function.Body.DescendantsAndSelf<CallExpression>().Where(static call => call.Function is { } callee && RangeFacts.Grows(callee.Name)))
        {
            var grown = growth.Arguments.Select(static argument => argument.Unwrapped is UnaryExpression { Operator: UnaryOperator.AddressOf, Operand.Unwrapped: MemberExpression bound } ? bound : null).OfType<MemberExpression>().ToList();
            foreach (var work in function.Body.DescendantsAndSelf<CallExpression>())
            {
                if (work.Span.Start > growth.Span.End && work.Function is { } callee && NotifierFacts.IsWork(callee.Name)
                    && work.Arguments.Select(static argument => argument.Unwrapped).OfType<MemberExpression>().FirstOrDefault(bound => grown.Exists(one => one.Field == bound.Field && IsSame(one.Target, bound.Target))) is { } used)
                {
                    yield return (work, used, growth);
                }
            }
        }
    }

    private static bool IsSame(Expression one, Expression other) => one.Unwrapped is NameExpression first && other.Unwrapped is NameExpression second && first.Symbol == second.Symbol;
}
