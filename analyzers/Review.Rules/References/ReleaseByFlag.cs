using Review.Core.Syntax;
using Review.Flow.Facts;
using Review.Rules.Gup;

namespace Review.Rules.References;

/// <summary>A branch that asks for FOLL_PIN gives pages back: where the flag is set they are pinned, where it is clear they are not.</summary>
internal static class ReleaseByFlag
{
    private const string Pin = "FOLL_PIN";

    /// <summary>The calls that give pages back in the way of the other branch, with the condition.</summary>
    public static IEnumerable<(CallExpression Call, IfStatement Branch)> In(FunctionDefinition function)
    {
        ArgumentNullException.ThrowIfNull(function);
        foreach (var branch in function.Body.DescendantsAndSelf<IfStatement>())
        {
            if (PinnedWhenTrue(branch.Condition) is not { } isPinned)
            {
                continue;
            }

            foreach (var call in WrongIn(branch.Then, isPinned).Concat(branch.Else is null ? [] : WrongIn(branch.Else, !isPinned)))
            {
                yield return (call, branch);
            }
        }
    }

    /// <summary>
    /// The calls that give back as a plain reference what was taken as a word of flags says, in a function that asks the word for FOLL_PIN and FOLL_GET nowhere, with the call that took it.
    /// </summary>
    /// <param name="function">The function.</param>
    /// <param name="facts">What helpers do with their arguments.</param>
    public static IEnumerable<(CallExpression Put, CallExpression Taken)> UnaskedIn(FunctionDefinition function, FunctionFacts facts)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(facts);
        var calls = function.Body.DescendantsAndSelf<CallExpression>().Where(static call => call.Function is not null).ToList();
        var takers = calls.Where(static call => ReferenceFacts.TakesByFlags(call.Function!.Name) && call.Arguments[^1].Constant is null).ToList();
        if (takers.Count == 0 || function.Body.DescendantsAndSelf<BinaryExpression>().Any(static test => test.Operator == BinaryOperator.BitwiseAnd && FlagWord.NamesIn(test.Right).Any(static name => name is Pin or "FOLL_GET")))
        {
            yield break;
        }

        foreach (var put in calls)
        {
            for (var i = 0; i < put.Arguments.Length; i++)
            {
                if (put.Arguments[i].Unwrapped is NameExpression { Symbol: var thing } && takers.Find(taker => NamesOf(taker).Contains(thing)) is { } taken && OnlyPuts(put, i, facts))
                {
                    yield return (put, taken);
                }
            }
        }
    }

    /// <summary>
    /// The calls that give pages of an array of the caller back as plain references, in a function that gets a word of flags with the array and never looks at it.
    /// </summary>
    public static IEnumerable<(CallExpression Put, VariableSymbol Word)> UnreadIn(FunctionDefinition function)
    {
        ArgumentNullException.ThrowIfNull(function);
        if (!function.Symbol.IsStatic || !function.Parameters.Any(static parameter => parameter.Type.IsPointerToPointerTo("page"))
            || function.Parameters.FirstOrDefault(static parameter => parameter.Type.Canonical is IntegerType { Size: 4, IsSigned: false, IsBool: false }) is not { } word
            || function.Body.DescendantsAndSelf<NameExpression>().Any(name => name.Symbol == word))
        {
            yield break;
        }

        foreach (var put in function.Body.DescendantsAndSelf<CallExpression>().Where(static call => call.Function is { } callee && ReferenceCounts.GivesPlain(callee.Name)))
        {
            yield return (put, word);
        }
    }

    private static bool OnlyPuts(CallExpression call, int argument, FunctionFacts facts) =>
        facts.ParameterEffectsOf(call.Function!.Name).Where(effect => effect.Parameter == argument).Select(static effect => effect.Verb).ToList() is [ReferenceFacts.Puts];

    /// <summary>The variables that name what a call takes a reference to: its first argument, and the one that gets its result.</summary>
    private static IEnumerable<Symbol> NamesOf(CallExpression taker) => new[]
    {
        taker.Arguments[0].Unwrapped,
        taker.Ancestors().FirstOrDefault(static outer => outer is not CastExpression) is AssignmentExpression { Compound: null } assignment ? assignment.Target.Unwrapped : null,
    }.OfType<NameExpression>().Select(static name => name.Symbol);

    /// <summary>What <c>flags &amp; FOLL_PIN</c> or its negation says of the pages if it is true; null for another condition.</summary>
    private static bool? PinnedWhenTrue(Expression condition) => condition.Unwrapped switch
    {
        UnaryExpression { Operator: UnaryOperator.LogicalNot } not => !PinnedWhenTrue(not.Operand),
        BinaryExpression { Operator: BinaryOperator.BitwiseAnd } test when FlagWord.NameOf(test.Right.Unwrapped) == Pin => true,
        _ => null,
    };

    private static IEnumerable<CallExpression> WrongIn(Statement statement, bool isPinned) =>
        statement.DescendantsAndSelf<CallExpression>().Where(call => call.Function is { } callee
            && (isPinned ? ReferenceCounts.GivesPlain(callee.Name) : callee.Name.StartsWith("unpin_user_page", StringComparison.Ordinal)));
}
