using Review.Core.Syntax;

namespace Review.Rules.Locking;

/// <summary>A branch on a decision takes mmap_lock on both sides, in the same mode: what was decided has no consequence.</summary>
internal static class LockModeIgnored
{
    /// <summary>The branches, with the call that takes the lock where the condition holds.</summary>
    public static IEnumerable<(IfStatement Branch, CallExpression Take)> In(FunctionDefinition function)
    {
        ArgumentNullException.ThrowIfNull(function);
        foreach (var branch in function.Body.DescendantsAndSelf<IfStatement>())
        {
            if (branch.Else is { } other && IsAllThereIs(branch.Then) && IsAllThereIs(other) && TakesIn(branch.Then) is [var (take, mode)] && TakesIn(other) is [var (_, otherMode)] && mode == otherMode && branch.Condition.DescendantsAndSelf<NameExpression>().Any())
            {
                yield return (branch, take);
            }
        }
    }

    /// <summary>True for a side that does one thing: where there is more, that may be what the two sides differ in.</summary>
    private static bool IsAllThereIs(Statement side) => side is ExpressionStatement or IfStatement or BlockStatement { Statements: [ExpressionStatement or IfStatement] };

    private static List<(CallExpression Take, string Mode)> TakesIn(Statement statement) =>
    [
        .. statement.DescendantsAndSelf<CallExpression>()
            .SelectMany(static call => MmapLockModeFacts.EffectsOf(call).Where(static effect => effect is MmapLockModeFacts.LocksForReading or MmapLockModeFacts.LocksForWriting).Select(effect => (call, effect))),
    ];
}
