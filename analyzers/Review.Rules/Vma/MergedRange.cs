using Review.Core.Syntax;

namespace Review.Rules.Vma;

/// <summary>
/// A call of vma_merge(), as it was up to 6.4: it gets a range and what the VMA has that the range lies in, and not that VMA itself, which may be gone when a neighbour has got
/// the range. copy_vma() gives it a range that lies elsewhere; then the VMA stays. In a loop the next round has another VMA, and the two are not told apart.
/// </summary>
internal static class MergedRange
{
    private const string Vma = "vm_area_struct";

    /// <summary>The position of the start of the range among the arguments.</summary>
    private const int Start = 2;

    /// <summary>The VMA of which an argument is a member, if the function counts the start of the range from that VMA's own start; null if it is not known to lie there.</summary>
    public static Expression? OwnerIn(CallExpression call, int argument, FunctionDefinition function)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(function);
        return argument < call.Arguments.Length && !call.Ancestors().Any(static outer => outer is ForStatement or WhileStatement or DoStatement) && call.Arguments[argument].Unwrapped is MemberExpression { Field.Record: Vma, Target: var owner }
            && VariableOf(owner) is { } vma && VariableOf(call.Arguments[Start]) is { } start
            && function.Body.DescendantsAndSelf<BinaryExpression>().Any(difference => difference.Operator == BinaryOperator.Subtract && VariableOf(difference.Left) == start
                && difference.Right.Unwrapped is MemberExpression { Field: { Record: Vma, Name: "vm_start" }, Target: var origin } && VariableOf(origin) == vma)
            ? owner : null;
    }

    private static Symbol? VariableOf(Expression expression) => (expression.Unwrapped as NameExpression)?.Symbol;
}
