using Review.Core.Flow;
using Review.Core.Syntax;

namespace Review.Rules.Errors;

/// <summary>Results that a loop stores round after round in a variable nobody looks at before the next round: only the last one is ever seen.</summary>
internal static class OverwrittenError
{
    /// <summary>The assignments of a function, with the call.</summary>
    /// <param name="function">The function.</param>
    /// <param name="mayFail">Whether a function returns error codes.</param>
    public static IEnumerable<(AssignmentExpression At, CallExpression Call, VariableSymbol Variable)> In(FunctionDefinition function, Func<string, bool> mayFail)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(mayFail);
        var candidates = function.Body.DescendantsAndSelf<AssignmentExpression>().Where(static assignment => assignment is { Compound: null, Origin.IsInFile: true, Parent: ExpressionStatement }
            && assignment.Target is NameExpression { Symbol: VariableSymbol { Kind: VariableKind.Local, Type.Canonical: IntegerType { IsSigned: true, Size: >= 4 } } }
            && assignment.Value.Unwrapped is CallExpression { Function: not null, Origin.IsInFile: true, Type.Canonical: IntegerType { IsSigned: true, Size: 4 } }
            && assignment.Ancestors().Any(static outer => outer is WhileStatement or ForStatement or DoStatement)).ToList();
        if (candidates.Count == 0)
        {
            yield break;
        }

        var graph = ControlFlowGraph.Create(function);
        foreach (var assignment in candidates)
        {
            var variable = (VariableSymbol)((NameExpression)assignment.Target).Symbol;
            if (mayFail(((CallExpression)assignment.Value.Unwrapped).Function!.Name) && ReturnsIt(function, variable) && ComesRoundUnread(graph, assignment, variable))
            {
                yield return (assignment, (CallExpression)assignment.Value.Unwrapped, variable);
            }
        }
    }

    private static Expression? ConditionOf(Node loop) => loop switch
    {
        WhileStatement @while => @while.Condition,
        ForStatement @for => @for.Condition,
        DoStatement @do => @do.Condition,
        _ => null,
    };

    private static bool ReturnsIt(FunctionDefinition function, VariableSymbol variable) =>
        function.Body.DescendantsAndSelf<ReturnStatement>().Any(@return => @return.Value?.DescendantsAndSelf().Any(part => part is NameExpression name && name.Symbol == variable) == true);

    /// <summary>True if a way leads from an assignment back to itself on which nobody reads the variable, and no way back reads it.</summary>
    private static bool ComesRoundUnread(ControlFlowGraph graph, AssignmentExpression assignment, VariableSymbol variable)
    {
        if (graph.Blocks.FirstOrDefault(block => block.Nodes.Contains(assignment)) is not { } home)
        {
            return false;
        }

        var loop = assignment.Ancestors().First(static outer => outer is WhileStatement or ForStatement or DoStatement);
        if (loop.DescendantsAndSelf<NameExpression>().Any(name => name.Symbol == variable && (name.IsRead || name.Parent is UnaryExpression { Operator: UnaryOperator.AddressOf })))
        {
            return false;
        }

        // A call that gets what the loop asks about has the word on whether there is a next round.
        if (ConditionOf(loop) is { } condition && ((CallExpression)assignment.Value.Unwrapped).Arguments.Any(argument => argument.DescendantsAndSelf<NameExpression>().Any(name => condition.DescendantsAndSelf<NameExpression>().Any(asked => asked.Symbol == name.Symbol)
            && name.Parent is UnaryExpression { Operator: UnaryOperator.AddressOf })))
        {
            return false;
        }

        var seen = new HashSet<BasicBlock>();
        var work = new Stack<BasicBlock>(home.Successors.Select(static edge => edge.To));
        while (work.TryPop(out var block))
        {
            if (block == home)
            {
                return true;
            }

            if (seen.Add(block))
            {
                foreach (var edge in block.Successors)
                {
                    work.Push(edge.To);
                }
            }
        }

        return false;
    }
}
