using Review.Core.Syntax;

namespace Review.Rules.Walk;

/// <summary>Steps of a cursor that are lost: overwritten by the next statement, counted in pages where the cursor counts bytes, or left out of the loop that was made for them.</summary>
internal static class LostStep
{
    /// <summary>The steps that a condition makes and the very next statement undoes: <c>if (prev) start = prev-&gt;vm_end; start = next;</c>.</summary>
    public static IEnumerable<(AssignmentExpression Step, AssignmentExpression Over, VariableSymbol Cursor)> OverwrittenIn(LoopRound round)
    {
        foreach (var over in round.Nodes.OfType<AssignmentExpression>())
        {
            if (over is { Compound: null, Target: NameExpression { Symbol: VariableSymbol cursor }, Parent: ExpressionStatement { Parent: BlockStatement block } statement } && TableCursor.IsAddress(cursor)
                && block.Statements.IndexOf(statement) is > 0 and var at && block.Statements[at - 1] is IfStatement { Else: null } branch && OnlyStatementOf(branch.Then) is AssignmentExpression { Compound: null } step
                && LoopRound.IsVariable(cursor)(step.Target) && !over.Value.DescendantsAndSelf<NameExpression>().Any(name => name.Symbol == cursor))
            {
                yield return (step, over, cursor);
            }
        }
    }

    /// <summary>The steps by a number of pages of an address at which a call got them: the address counts bytes.</summary>
    public static IEnumerable<(AssignmentExpression Step, CallExpression Call, VariableSymbol Address)> InPages(LoopRound round)
    {
        foreach (var step in round.Nodes.OfType<AssignmentExpression>())
        {
            if (step is { Compound: BinaryOperator.Add, Target: NameExpression { Symbol: VariableSymbol address }, Value.Unwrapped: NameExpression { Symbol: VariableSymbol pages } } && TableCursor.IsAddress(address)
                && round.Nodes.OfType<AssignmentExpression>().Where(assignment => LoopRound.IsVariable(pages)(assignment.Target)).ToList() is [{ Compound: null, Value.Unwrapped: CallExpression call }]
                && SameAddress.AddressesOf(call).Any(LoopRound.IsVariable(address)))
            {
                yield return (step, call, address);
            }
        }
    }

    /// <summary>The variables that a <c>for</c> without a step sets before its first round and uses in each, and that no round changes: it was made to move them on.</summary>
    public static IEnumerable<(NameExpression Use, VariableSymbol Cursor)> ForgottenIn(LoopRound round, FunctionDefinition function)
    {
        if (round.Loop is not ForStatement { Increment: null, Condition: null, Initializers: var initializers })
        {
            yield break;
        }

        foreach (var begin in initializers.SelectMany(static statement => statement.DescendantsAndSelf<AssignmentExpression>()))
        {
            if (begin is { Compound: null, Target: NameExpression { Symbol: VariableSymbol cursor } } && TableCursor.IsAddress(cursor) && !round.Writes(LoopRound.IsVariable(cursor))
                && !function.Body.DescendantsAndSelf<UnaryExpression>().Any(address => address.Operator == UnaryOperator.AddressOf && LoopRound.IsVariable(cursor)(address.Operand))
                && round.Nodes.OfType<NameExpression>().FirstOrDefault(name => name.Symbol == cursor && name.Ancestors().FirstOrDefault(static outer => outer is not CastExpression) is CallExpression) is { } use)
            {
                yield return (use, cursor);
            }
        }
    }

    private static Expression? OnlyStatementOf(Statement statement) => statement switch
    {
        ExpressionStatement { Expression: var expression } => expression,
        BlockStatement { Statements: [ExpressionStatement { Expression: var only }] } => only,
        _ => null,
    };
}
