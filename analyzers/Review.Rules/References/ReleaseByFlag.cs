using Review.Core.Syntax;
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

    /// <summary>What <c>flags &amp; FOLL_PIN</c> or its negation says of the pages if it is true; null for another condition.</summary>
    private static bool? PinnedWhenTrue(Expression condition) => condition.Unwrapped switch
    {
        UnaryExpression { Operator: UnaryOperator.LogicalNot } not => !PinnedWhenTrue(not.Operand),
        BinaryExpression { Operator: BinaryOperator.BitwiseAnd } test when FlagWord.NameOf(test.Right.Unwrapped) == Pin => true,
        _ => null,
    };

    private static IEnumerable<CallExpression> WrongIn(Statement statement, bool isPinned) =>
        statement.DescendantsAndSelf<CallExpression>().Where(call => call.Function is { } callee
            && (isPinned ? callee.Name is "put_page" or "folio_put" or "release_pages" : callee.Name.StartsWith("unpin_user_page", StringComparison.Ordinal)));
}
