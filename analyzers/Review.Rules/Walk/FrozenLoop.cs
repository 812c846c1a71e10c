using Review.Core.Flow;
using Review.Core.Syntax;

namespace Review.Rules.Walk;

/// <summary>A loop whose condition compares local variables that no round changes: once it is true it stays true.</summary>
internal static class FrozenLoop
{
    /// <summary>The variables of such a condition, if the loop is one.</summary>
    public static IReadOnlyList<VariableSymbol>? In(LoopRound round, FunctionDefinition function, RangeReading readings)
    {
        if (round.Condition is not { Constant: null } condition)
        {
            return null;
        }

        if (UncountedIn(condition, round, function) is { } left)
        {
            return [left];
        }

        if (Core(condition) is not { } test)
        {
            return Accessed(condition, round, function, readings);
        }

        var variables = new List<VariableSymbol>();
        foreach (var node in test.DescendantsAndSelf())
        {
            switch (node)
            {
                case NameExpression { Symbol: VariableSymbol { IsAutomatic: true } variable }:
                    variables.Add(variable);
                    break;
                case LiteralExpression or CastExpression or BinaryExpression { Operator: not BinaryOperator.Comma } or NameExpression { Symbol: EnumeratorSymbol } or UnevaluatedExpression
                    or UnaryExpression { Operator: UnaryOperator.Minus or UnaryOperator.Plus or UnaryOperator.BitwiseNot or UnaryOperator.Extension }:
                    break;
                case Expression { Constant: not null }:
                    break;
                default:
                    return null;
            }
        }

        // An object whose address is known elsewhere may change at any call.
        var bound = test is BinaryExpression { Operator: BinaryOperator.Less or BinaryOperator.NotEqual } comparison && comparison.Left.Unwrapped is NameExpression ? (comparison.Right.Unwrapped as NameExpression)?.Symbol : null;
        return variables.Count > 0 && !variables.Exists(variable => round.Nodes.Any(node => LoopRound.IsWrite(node, LoopRound.IsVariable(variable)) && !(variable == bound && IsClamp(node, variable)) && !IsStepBack(node, test, variable) && !IsNoStep(node, function)) || IsShared(variable, function))
            ? variables
            : null;
    }

    /// <summary>
    /// The tests that leave a loop which has no condition of its own, and compare two addresses or numbers of bytes of which no round changes one: they leave it in the first round or never.
    /// </summary>
    public static IEnumerable<(BinaryExpression Test, VariableSymbol Left, VariableSymbol Right)> ExitsIn(LoopRound round, FunctionDefinition function)
    {
        if (round.Condition is { Constant: null })
        {
            yield break;
        }

        foreach (var edge in round.Blocks.SelectMany(static block => block.Successors).Where(edge => !round.Blocks.Contains(edge.To)))
        {
            if (edge.Condition is BranchCondition { Expression.Unwrapped: BinaryExpression { Operator: >= BinaryOperator.Less and <= BinaryOperator.GreaterOrEqual } test }
                && AddressIn(test.Left) is { } left && AddressIn(test.Right) is { } right
                && !((VariableSymbol[])[left, right]).Any(variable => round.Nodes.Any(node => LoopRound.IsWrite(node, LoopRound.IsVariable(variable))) || IsShared(variable, function)))
            {
                yield return (test, left, right);
            }
        }
    }

    private static VariableSymbol? AddressIn(Expression expression) =>
        expression.Unwrapped is NameExpression { Symbol: VariableSymbol { IsAutomatic: true, Type.Canonical: IntegerType { Size: 8 } } variable } ? variable : null;

    /// <summary>
    /// What is left to be done, which the condition asks for and no round takes anything from: neither itself, nor, if its address goes to a callee together with that of
    /// a cursor, where it moves that cursor on.
    /// </summary>
    private static VariableSymbol? UncountedIn(Expression condition, LoopRound round, FunctionDefinition function)
    {
        foreach (var count in ConjunctsOf(condition).Select(static part => part.Unwrapped).OfType<NameExpression>().Where(static name => name.Type.Canonical is IntegerType { IsBool: false })
            .Select(static name => name.Symbol).OfType<VariableSymbol>().Where(variable => variable.IsAutomatic && (variable.Type.Canonical is IntegerType { Size: > 4 } || IsAmount(variable, round))))
        {
            var isCount = LoopRound.IsVariable(count);
            if (round.Nodes.Any(node => node is not UnaryExpression { Operator: UnaryOperator.AddressOf } && LoopRound.IsWrite(node, isCount)))
            {
                continue;
            }

            var lent = round.Nodes.OfType<CallExpression>().Where(call => call.Arguments.Any(argument => AddressOf(argument) == count)).ToList();
            if (lent.Count == 0 ? !IsShared(count, function) : lent.Exists(call => call.Arguments.Select(AddressOf).OfType<VariableSymbol>().Any(cursor => cursor != count
                && round.Nodes.Any(node => node is AssignmentExpression { Compound: BinaryOperator.Add } step && LoopRound.IsVariable(cursor)(step.Target)))))
            {
                return count;
            }
        }

        return null;
    }

    /// <summary>True for a number of which a round takes a part, by which it moves something on: <c>bytes = len; addr += bytes;</c>. Others may be answers.</summary>
    private static bool IsAmount(VariableSymbol count, LoopRound round) => round.Nodes.OfType<AssignmentExpression>()
        .Where(assignment => assignment.Compound is null && LoopRound.IsVariable(count)(assignment.Value)).Select(static assignment => (assignment.Target as NameExpression)?.Symbol)
        .Any(part => part is not null && round.Nodes.Any(node => node is AssignmentExpression { Compound: BinaryOperator.Add, Value.Unwrapped: NameExpression by } && by.Symbol == part));

    private static IEnumerable<Expression> ConjunctsOf(Expression condition) => condition.Unwrapped switch
    {
        BinaryExpression { Operator: BinaryOperator.LogicalAnd } both => ConjunctsOf(both.Left).Concat(ConjunctsOf(both.Right)),
        BinaryExpression { Operator: BinaryOperator.Comma } comma => ConjunctsOf(comma.Right),
        var single => [single],
    };

    /// <summary>An upper bound that is only brought down now and then, to where a VMA ends, brings nothing nearer to it: <c>end = min(end, vma->vm_end)</c>.</summary>
    private static bool IsClamp(Node node, VariableSymbol bound)
    {
        if (node is not AssignmentExpression { Compound: null } assignment)
        {
            return false;
        }

        var parts = assignment.Value.DescendantsAndSelf().ToList();
        return parts.OfType<NameExpression>().Any(name => name.Symbol == bound) && parts.OfType<MemberExpression>().Any(static member => member.Field is { Record: "vm_area_struct", Name: "vm_end" });
    }

    /// <summary>A step away from the bound: where a round goes back now and then, another step has to go on.</summary>
    private static bool IsStepBack(Node node, Expression test, VariableSymbol variable)
    {
        if (test is not BinaryExpression { Operator: BinaryOperator.Less or BinaryOperator.LessOrEqual or BinaryOperator.Greater or BinaryOperator.GreaterOrEqual } comparison
            || comparison.Right.Constant is -1 or uint.MaxValue // "i < UINT_MAX" ends a loop that counts down to zero.
            || !LoopRound.IsVariable(variable)(comparison.Left) || LoopRound.IsVariable(variable)(comparison.Right))
        {
            return false;
        }

        var isDown = node is UnaryExpression { Operator: UnaryOperator.PreDecrement or UnaryOperator.PostDecrement } or AssignmentExpression { Compound: BinaryOperator.Subtract };
        var isUp = node is UnaryExpression { Operator: UnaryOperator.PreIncrement or UnaryOperator.PostIncrement } or AssignmentExpression { Compound: BinaryOperator.Add };
        return comparison.Operator is BinaryOperator.Less or BinaryOperator.LessOrEqual ? isDown : isUp;
    }

    /// <summary>A step by a variable that never is anything but zero.</summary>
    private static bool IsNoStep(Node node, FunctionDefinition function) =>
        node is AssignmentExpression { Compound: BinaryOperator.Add or BinaryOperator.Subtract, Value.Unwrapped: NameExpression { Symbol: VariableSymbol { Kind: VariableKind.Local, IsAutomatic: true } step } }
        && function.Body.DescendantsAndSelf().Where(other => LoopRound.IsWrite(other, LoopRound.IsVariable(step)) && other is not LocalDeclaration { Initializer: null }).ToList() is { Count: > 0 } writes
        && writes.TrueForAll(static write => write is AssignmentExpression { Compound: null, Value.Constant: 0 } or LocalDeclaration { Initializer.Constant: 0 });

    /// <summary>
    /// The local object that a condition asks by a function which only returns a member of it, as iov_iter_count() does, where no round writes the object or hands it
    /// to somebody who may.
    /// </summary>
    private static IReadOnlyList<VariableSymbol>? Accessed(Expression condition, LoopRound round, FunctionDefinition function, RangeReading readings)
    {
        if (condition.Unwrapped is not CallExpression { Function: { } accessor, Arguments: [var argument] } || AddressOf(argument) is not { IsAutomatic: true } variable
            || readings.BodyOf(accessor.Name) is not { Body.Statements: [ReturnStatement { Value: { } value }], Parameters: [var parameter] }
            || value.Unwrapped is not MemberExpression { IsArrow: true, Target: var target } || !LoopRound.IsVariable(parameter)(target))
        {
            return null;
        }

        // Who gets the object to look at only does not move it on.
        var isMoved = round.Nodes.Any(node => node switch
        {
            UnaryExpression { Operator: UnaryOperator.AddressOf } address => LoopRound.IsVariable(variable)(address.Operand) && !IsLookedAtOnly(address) && !IsMovedByNothing(address),
            AssignmentExpression { Target: MemberExpression { IsArrow: false } member } => LoopRound.IsVariable(variable)(member.Target),
            AssignmentExpression assignment => LoopRound.IsVariable(variable)(assignment.Target),
            _ => false,
        });
        var isKept = function.Body.DescendantsAndSelf<UnaryExpression>().Any(address => address.Operator == UnaryOperator.AddressOf && LoopRound.IsVariable(variable)(address.Operand) && address.Ancestors().FirstOrDefault(static node => node is not CastExpression) is not CallExpression);
        return isMoved || isKept ? null : [variable];
    }

    private static VariableSymbol? AddressOf(Expression expression) =>
        expression.Unwrapped is UnaryExpression { Operator: UnaryOperator.AddressOf, Operand: NameExpression { Symbol: VariableSymbol variable } } ? variable : null;

    /// <summary><c>iov_iter_advance(&amp;iter, 0)</c></summary>
    private static bool IsMovedByNothing(UnaryExpression address) =>
        address.Ancestors().FirstOrDefault(static node => node is not CastExpression) is CallExpression { Function.Name: var name, Arguments: [_, { Constant: 0 }] } && name.EndsWith("_advance", StringComparison.Ordinal);

    private static bool IsLookedAtOnly(UnaryExpression address) =>
        address.Ancestors().FirstOrDefault(static node => node is not CastExpression) is CallExpression { Function.Signature.Parameters: var parameters } call
        && call.Arguments.Zip(parameters).Any(pair => pair.First.Unwrapped == address && pair.Second.Canonical is PointerType { IsTargetConst: true });

    /// <summary>The comparison that decides, without what the condition does before it: <c>p++, a != b</c>.</summary>
    private static Expression? Core(Expression condition)
    {
        var core = condition.Unwrapped;
        while (core is BinaryExpression { Operator: BinaryOperator.Comma } comma)
        {
            core = comma.Right.Unwrapped;
        }

        return core is BinaryExpression { Operator: >= BinaryOperator.Less and <= BinaryOperator.NotEqual } or NameExpression { Type.Canonical: IntegerType { IsBool: false, Size: > 4 } } ? core : null;
    }

    private static bool IsShared(VariableSymbol variable, FunctionDefinition function) =>
        function.Body.DescendantsAndSelf().Any(node => node is UnaryExpression { Operator: UnaryOperator.AddressOf } address && LoopRound.IsVariable(variable)(address.Operand));
}
