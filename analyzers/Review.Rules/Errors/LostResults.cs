using Review.Core.Flow;
using Review.Core.Syntax;
using Review.Flow.Paths;

namespace Review.Rules.Errors;

/// <summary>Assignments of results that no path reads.</summary>
internal static class LostResults
{
    /// <summary>The assignments of a call's signed result to a variable that nobody looks at before it is overwritten or the function ends.</summary>
    public static IEnumerable<(AssignmentExpression Assignment, CallExpression Call, VariableSymbol Variable)> In(FunctionDefinition function)
    {
        if (function.Symbol.Signature?.Result.Canonical is not (IntegerType { IsSigned: true } or PointerType))
        {
            // It has no way to tell an error to its caller.
            yield break;
        }

        var candidates = function.Body.DescendantsAndSelf().OfType<AssignmentExpression>().Where(static assignment => CandidateOf(assignment) is not null).ToHashSet();
        if (candidates.Count == 0)
        {
            yield break;
        }

        var addressed = function.Body.DescendantsAndSelf().OfType<UnaryExpression>().Where(static unary => unary.Operator == UnaryOperator.AddressOf).Select(static unary => (unary.Operand as NameExpression)?.Symbol).ToHashSet();
        var graph = ControlFlowGraph.Create(function);
        var liveness = Liveness.Of(graph);
        foreach (var block in graph.Blocks)
        {
            for (var i = 0; i < block.Nodes.Count; i++)
            {
                if (block.Nodes[i] is AssignmentExpression assignment && candidates.Contains(assignment) && CandidateOf(assignment) is var (call, variable)
                    && !addressed.Contains(variable) && !IsRead(block, i + 1, variable, liveness))
                {
                    yield return (assignment, call, variable);
                }
            }
        }
    }

    /// <summary>A statement of its own that stores the result of a function returning int or long in a local variable.</summary>
    private static (CallExpression Call, VariableSymbol Variable)? CandidateOf(AssignmentExpression assignment) =>
        assignment is { Compound: null, Origin.IsInFile: true, Parent: ExpressionStatement, Target: NameExpression { Symbol: VariableSymbol { Kind: VariableKind.Local } variable } }
        && variable.Type.Canonical is IntegerType { IsSigned: true, Size: >= 4 }
        && assignment.Value.Unwrapped is CallExpression { Function: not null, Origin.IsInFile: true, Type.Canonical: IntegerType { IsSigned: true, Size: >= 4 } } call ? (call, variable) : null;

    private static bool IsRead(BasicBlock block, int from, VariableSymbol variable, Liveness liveness)
    {
        for (var i = from; i < block.Nodes.Count; i++)
        {
            switch (block.Nodes[i])
            {
                case NameExpression { IsRead: true } name when name.Symbol == variable:
                    return true;
                case AssignmentExpression { Compound: null, Target: NameExpression target } when target.Symbol == variable:
                    return false;
            }
        }

        return block.Successors.Any(edge => edge.To.Index >= 0 && liveness.IsWanted(variable, edge.To));
    }
}
