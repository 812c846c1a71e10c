using Review.Core.Flow;
using Review.Core.Syntax;

namespace Review.Rules.Walk;

/// <summary>An address that is compared with a bound of a VMA, and stays where the VMA does not reach.</summary>
internal static class WrongBound
{
    /// <summary>
    /// Tests by which a new VMA is looked up only where an address lies behind the end of the one at hand, <c>start > vma->vm_end</c>: the end itself belongs to the next one.
    /// </summary>
    public static IEnumerable<(BinaryExpression Test, VariableSymbol Address)> EndsIn(FunctionDefinition function, VmaLookupFacts lookups)
    {
        foreach (var test in function.Body.DescendantsAndSelf<IfStatement>())
        {
            foreach (var comparison in Alternatives(test.Condition).OfType<BinaryExpression>())
            {
                if (Behind(comparison, "vm_end") is var (address, vma) && test.Then.DescendantsAndSelf<AssignmentExpression>().Any(assignment => LoopRound.IsVariable(vma)(assignment.Target)
                    && assignment.Value.Unwrapped is CallExpression call && lookups.LookupOf(call) is var (at, _) && LoopRound.IsVariable(address)(at)))
                {
                    yield return (comparison, address);
                }
            }
        }
    }

    /// <summary>
    /// Tests that find an address before the VMA, note an error code for the hole, and go on with the address where it is: the VMA is worked on from an address that is not in it.
    /// </summary>
    public static IEnumerable<(BinaryExpression Test, VariableSymbol Address)> HolesIn(FunctionDefinition function)
    {
        foreach (var test in function.Body.DescendantsAndSelf<IfStatement>())
        {
            if (test.Else is null && test.Condition.Unwrapped is BinaryExpression comparison && Before(comparison) is var (address, vma) && test.Then is BlockStatement { Statements: [.., var last] } then && !Leaves(last)
                && then.Statements.OfType<ExpressionStatement>().Any(static statement => statement.Expression is AssignmentExpression { Compound: null, Value.Constant: < 0 and >= -4095 })
                && !then.DescendantsAndSelf().Any(node => LoopRound.IsWrite(node, LoopRound.IsVariable(address)) || LoopRound.IsWrite(node, LoopRound.IsVariable(vma)))
                && After(test).Any(statement => statement.DescendantsAndSelf<CallExpression>().Any(call => call.Arguments.Any(argument => LoopRound.IsVariable(vma)(argument)) && call.Arguments.Any(argument => LoopRound.IsVariable(address)(argument)))))
            {
                yield return (comparison, address);
            }
        }
    }

    private static IEnumerable<Statement> After(Statement statement) =>
        statement.Parent is BlockStatement block ? block.Statements.SkipWhile(other => other != statement).Skip(1) : [];

    private static bool Leaves(Statement statement) => statement is ReturnStatement or GotoStatement or BreakStatement or ContinueStatement;

    private static IEnumerable<Expression> Alternatives(Expression condition) => condition.Unwrapped is BinaryExpression { Operator: BinaryOperator.LogicalOr } either
        ? Alternatives(either.Left).Concat(Alternatives(either.Right))
        : [condition.Unwrapped];

    private static (VariableSymbol Address, VariableSymbol Vma)? Behind(BinaryExpression comparison, string bound) => comparison.Operator switch
    {
        BinaryOperator.Greater => Pair(comparison.Left, comparison.Right, bound),
        BinaryOperator.Less => Pair(comparison.Right, comparison.Left, bound),
        _ => null,
    };

    private static (VariableSymbol Address, VariableSymbol Vma)? Before(BinaryExpression comparison) => comparison.Operator switch
    {
        BinaryOperator.Less => Pair(comparison.Left, comparison.Right, "vm_start"),
        BinaryOperator.Greater => Pair(comparison.Right, comparison.Left, "vm_start"),
        _ => null,
    };

    private static (VariableSymbol Address, VariableSymbol Vma)? Pair(Expression address, Expression bound, string field) =>
        address.Unwrapped is NameExpression { Symbol: VariableSymbol { IsAutomatic: true } variable }
        && bound.Unwrapped is MemberExpression { IsArrow: true, Field: { Record: "vm_area_struct", Name: var name }, Target.Unwrapped: NameExpression { Symbol: VariableSymbol { IsAutomatic: true } vma } } && name == field
            ? (variable, vma) : null;
}
