using Review.Core.Diagnostics;
using Review.Core.Source;
using Review.Core.Syntax;
using Review.Flow.Facts;
using Review.Flow.Paths;
using Review.Rules.Locking;

namespace Review.Rules.Vma;

/// <summary>The cure of a dropped lock that nobody was told of: a statement on a line of its own, where the lock is dropped.</summary>
internal static class MarkInsertion
{
    /// <summary>
    /// The statement before a call that always drops the lock, or first in the block that runs if it did; null where the code around the call is of another shape.
    /// </summary>
    /// <param name="text">The file.</param>
    /// <param name="facts">What calls do to the lock.</param>
    /// <param name="drop">The call that drops the lock.</param>
    /// <param name="statement">What to insert, with its semicolon.</param>
    /// <param name="title">What the cure does.</param>
    public static Fix? At(SourceText text, FunctionFacts facts, CallExpression drop, string statement, string title) => PlaceOf(drop, facts) is { } place ? StatementInsertion.Before(text, place, statement, title) : null;

    private static Statement? PlaceOf(CallExpression drop, FunctionFacts facts)
    {
        switch (drop.Parent)
        {
            case ExpressionStatement { Parent: BlockStatement } whole when drop.Type.Canonical is VoidType:
                return whole;
            case UnaryExpression { Operator: UnaryOperator.LogicalNot } negation when IsToldByFalse(drop, facts):
                Node condition = negation;
                while (condition.Parent is Expression outer && outer.Unwrapped == negation)
                {
                    condition = outer;
                }

                return condition.Parent is IfStatement { Then: BlockStatement { Statements: [var first, ..] } } question && question.Condition == condition ? first : null;
            default:
                return null;
        }
    }

    private static bool IsToldByFalse(CallExpression drop, FunctionFacts facts) => drop.Function is { } function
        && facts.OutcomesOf(function.Name).Where(static outcome => outcome.Has(MmapLockFacts.Drops)).All(static outcome => outcome.Result.Signs == Signs.Zero);
}
