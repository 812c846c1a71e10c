using Review.Core.Diagnostics;
using Review.Core.Engine;
using Review.Core.Source;
using Review.Core.Syntax;

namespace Review.Rules.Range;

/// <summary>The cure of a sum that nobody looks at: the check that its siblings have, behind the statement that makes it.</summary>
internal static class WrapCheck
{
    /// <summary>
    /// The check behind a statement <c>end = start + len;</c>; null where the sum is made in another way, the function returns no error code, or a length that was rounded up to zero
    /// would still be taken for an empty range.
    /// </summary>
    /// <param name="context">The function.</param>
    /// <param name="sum">The sum.</param>
    /// <param name="mayBecomeZero">True if the length is rounded up in the sum itself, and nobody looks whether that makes it zero.</param>
    public static Fix? After(FunctionAnalysisContext context, Expression sum, bool mayBecomeZero)
    {
        if (!sum.Origin.IsInFile || sum is not BinaryExpression { Left: var start }
            || sum.Ancestors().SkipWhile(static node => node is CastExpression).FirstOrDefault() is not AssignmentExpression { Compound: null, Target: NameExpression target, Parent: ExpressionStatement { Parent: BlockStatement } statement }
            || context.Function.Symbol.Signature?.Result.Canonical is not IntegerType { IsSigned: true }
            || start.Unwrapped is not NameExpression first)
        {
            return null;
        }

        // Where nobody asks whether the two are equal, a length that was rounded up to zero has to be refused, too.
        var asksForEmpty = context.Function.Body.DescendantsAndSelf<BinaryExpression>().Any(comparison => comparison.Operator == BinaryOperator.Equal && Names(comparison, target.Symbol) && Names(comparison, first.Symbol));
        if (asksForEmpty && mayBecomeZero)
        {
            return null;
        }

        var text = context.Unit.Text;
        var last = text.PositionOf(statement.Span.End).Line;
        var end = last < text.LineCount ? text.OffsetOfLine(last + 1) - 1 : text.Length;
        var before = text.Slice(new TextSpan(text.OffsetOfLine(text.PositionOf(statement.Span.Start).Line), statement.Span.Start));

        var less = asksForEmpty ? "<" : "<=";
        var indent = new string('\t', before.Length - before.TrimEnd('\t', ' ').Length);
        return new Fix(
            $"refuse a range that wraps: return -EINVAL if {target.Symbol.Name} {less} {first.Symbol.Name}",
            new TextSpan(end, end),
            $"\n{indent}if ({target.Symbol.Name} {less} {first.Symbol.Name})\n{indent}\treturn -EINVAL;");
    }

    private static bool Names(BinaryExpression comparison, Symbol variable) =>
        (comparison.Left.Unwrapped as NameExpression)?.Symbol == variable || (comparison.Right.Unwrapped as NameExpression)?.Symbol == variable;
}
