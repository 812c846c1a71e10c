using Review.Core.Engine;
using Review.Core.Syntax;

namespace Review.Rules.Gup;

/// <summary>Calls in which a function of the file gets a few flags of the caller's word, although the word as it is goes to another one: the other flags are lost on this way.</summary>
internal static class NarrowedFlags
{
    /// <summary>The function that is called, the argument with the few flags, and the word that they are of.</summary>
    /// <param name="context">The function.</param>
    /// <param name="words">Its words of flags.</param>
    public static IEnumerable<(string Callee, Expression Argument, FlagWord Word)> In(FunctionAnalysisContext context, HashSet<FlagWord> words)
    {
        var calls = context.Function.Body.DescendantsAndSelf<CallExpression>().Where(static call => call.Function is not null).ToList();
        foreach (var call in calls)
        {
            foreach (var (argument, parameter) in call.Arguments.Zip(context.Unit.Find(call.Function!.Name)?.Parameters ?? []))
            {
                if (argument.Unwrapped is BinaryExpression { Operator: BinaryOperator.BitwiseAnd, Right: var mask } kept && FlagWord.Of(kept.Left) is { IsPointee: false, Variable.Kind: VariableKind.Parameter } word && words.Contains(word)
                    && mask.Unwrapped is not UnaryExpression { Operator: UnaryOperator.BitwiseNot } && FlagWord.NamesIn(mask).ToList() is { Count: > 0 } names && names.TrueForAll(static name => name.StartsWith("FOLL_", StringComparison.Ordinal))
                    && parameter.Name.EndsWith("flags", StringComparison.Ordinal) && calls.Exists(other => other != call && other.Arguments.Any(given => FlagWord.UnitedIn(given).Contains(word))))
                {
                    yield return (call.Function!.Name, argument, word);
                }
            }
        }
    }
}
