using Review.Core.Flow;
using Review.Core.Syntax;

namespace Review.Rules.References;

/// <summary>Calls that can fail to take a reference, and whose result decides nothing.</summary>
internal static class UncheckedTries
{
    /// <summary>The calls of a function.</summary>
    public static IEnumerable<CallExpression> In(FunctionDefinition function)
    {
        ArgumentNullException.ThrowIfNull(function);
        foreach (var call in function.Body.DescendantsAndSelf<CallExpression>().Where(static call => call.Function is { } callee && ReferenceFacts.MayFail(callee.Name)))
        {
            if ((IsDropped(call) && !ReferenceFacts.Fill(call.Function!.Name)) || (VariableOf(call) is { } variable && !IsLookedAt(function, call, variable)))
            {
                yield return call;
            }
        }
    }

    /// <summary>The calls whose error pointer is never looked for: the result is tested for NULL, or not at all, and followed.</summary>
    public static IEnumerable<(CallExpression Call, VariableSymbol Pointer)> ErrorsIn(FunctionDefinition function)
    {
        ArgumentNullException.ThrowIfNull(function);
        foreach (var call in function.Body.DescendantsAndSelf<CallExpression>().Where(static call => call.Function is { } callee && call.Type.Canonical is PointerType && ReferenceFacts.MayGiveError(callee.Name)))
        {
            if (VariableOf(call) is { } pointer && IsLookedAt(function, call, pointer) && !function.Body.DescendantsAndSelf().Any(node => MayLookAtError(node, pointer)))
            {
                yield return (call, pointer);
            }
        }
    }

    /// <summary>True for what asks whether a pointer is an error, compares it with one, or gives it to somebody who may.</summary>
    private static bool MayLookAtError(Node node, VariableSymbol pointer) => node switch
    {
        CallExpression { Function.Name: var name } call => (name.StartsWith("IS_ERR", StringComparison.Ordinal) || name.StartsWith("PTR_ERR", StringComparison.Ordinal)) && call.Arguments.Any(argument => Mentions(argument, pointer)),
        ReturnStatement { Value: { } value } => Carries(value, pointer),
        AssignmentExpression assignment => assignment.Value.Unwrapped is NameExpression name && name.Symbol == pointer,
        UnaryExpression { Operator: UnaryOperator.AddressOf, Operand: NameExpression name } => name.Symbol == pointer,
        BinaryExpression { Operator: >= BinaryOperator.Less and <= BinaryOperator.NotEqual } comparison => comparison.Right.Constant is not 0 && (Mentions(comparison.Left, pointer) || Mentions(comparison.Right, pointer)),
        _ => false,
    };

    /// <summary>True for a call that is a statement of its own.</summary>
    private static bool IsDropped(CallExpression call) => call.Parent is ExpressionStatement { Parent: not StatementExpression } or CastExpression { Type.Canonical: VoidType };

    /// <summary>The local variable that gets the result, and nothing else does.</summary>
    private static VariableSymbol? VariableOf(CallExpression call)
    {
        Node node = call;
        while (node.Parent is CastExpression)
        {
            node = node.Parent;
        }

        return node.Parent switch
        {
            AssignmentExpression { Compound: null, Parent: ExpressionStatement, Target: NameExpression { Symbol: VariableSymbol { Kind: VariableKind.Local } variable } } assignment when assignment.Value == node => variable,
            LocalDeclaration { Symbol.Kind: VariableKind.Local } declaration => declaration.Symbol,
            _ => null,
        };
    }

    /// <summary>True if, before the variable gets another value, something asks for it or hands it on.</summary>
    private static bool IsLookedAt(FunctionDefinition function, CallExpression call, VariableSymbol variable)
    {
        var graph = ControlFlowGraph.Create(function);
        if (graph.Blocks.FirstOrDefault(block => block.Nodes.Contains(call)) is not { } home)
        {
            return true;
        }

        var work = new Stack<(BasicBlock Block, int From)>([(home, home.Nodes.TakeWhile(node => node != call).Count() + 1)]);
        var seen = new HashSet<BasicBlock>();
        var isFirst = true;
        while (work.TryPop(out var item))
        {
            var isOver = false;
            for (var i = item.From; i < item.Block.Nodes.Count && !isOver; i++)
            {
                var node = item.Block.Nodes[i];
                var isOwnAssignment = isFirst && IsWrite(node, variable);
                isFirst &= !isOwnAssignment;
                isOver = !isOwnAssignment && IsWrite(node, variable);
                if (HandsOn(node, variable))
                {
                    return true;
                }
            }

            if (isOver)
            {
                continue;
            }

            foreach (var edge in item.Block.Successors)
            {
                if (edge.Condition is BranchCondition branch && Carries(branch.Expression, variable) && !IsForRelease(branch.Expression, variable))
                {
                    return true;
                }

                if (seen.Add(edge.To))
                {
                    work.Push((edge.To, 0));
                }
            }
        }

        return false;
    }

    /// <summary>"if (map) put(map);" protects the function that gives back; what the device's map says of the page is not asked by it.</summary>
    private static bool IsForRelease(Expression condition, VariableSymbol variable)
    {
        if (!variable.Type.IsPointerTo("dev_pagemap") || condition.Ancestors().OfType<IfStatement>().FirstOrDefault() is not { Else: null } branch || branch.Condition.Unwrapped is not NameExpression)
        {
            return false;
        }

        var then = branch.Then is BlockStatement { Statements: [var only] } ? only : branch.Then;
        return then is ExpressionStatement { Expression: CallExpression { Function: { } callee, Arguments: [var argument] } } && ReferenceFacts.IsRelease(callee.Name) && Mentions(argument, variable);
    }

    private static bool IsWrite(Node node, VariableSymbol variable) => node switch
    {
        AssignmentExpression { Target: NameExpression name } => name.Symbol == variable,
        LocalDeclaration declaration => declaration.Symbol == variable,
        _ => false,
    };

    /// <summary>True where somebody else may ask: the value is returned or stored, or its address is taken, or it is compared.</summary>
    private static bool HandsOn(Node node, VariableSymbol variable) => node switch
    {
        ReturnStatement { Value: { } value } => Carries(value, variable),
        AssignmentExpression assignment => assignment.Value.Unwrapped is not CallExpression && Carries(assignment.Value, variable),
        LocalDeclaration { Initializer: { } initializer } declaration => declaration.Symbol != variable && initializer.Unwrapped is not CallExpression && Carries(initializer, variable),
        UnaryExpression { Operator: UnaryOperator.AddressOf, Operand: NameExpression name } => name.Symbol == variable,
        CallExpression { Function.Name: var name } call => name.StartsWith("IS_ERR", StringComparison.Ordinal) && call.Arguments.Any(argument => Mentions(argument, variable)),
        _ => false,
    };

    /// <summary>True if the value itself, not what it points to, is part of an expression.</summary>
    private static bool Carries(Expression expression, VariableSymbol variable) => expression.DescendantsAndSelf().Any(part =>
        part is NameExpression name && name.Symbol == variable && part.Ancestors().FirstOrDefault(static outer => outer is not CastExpression) is not MemberExpression { IsArrow: true });

    private static bool Mentions(Expression expression, VariableSymbol variable) => expression.DescendantsAndSelf().Any(part => part is NameExpression name && name.Symbol == variable);
}
