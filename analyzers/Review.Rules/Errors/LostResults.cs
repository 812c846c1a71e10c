using Review.Core.Flow;
using Review.Core.Syntax;
using Review.Flow.Paths;

namespace Review.Rules.Errors;

/// <summary>Assignments of results that no path reads.</summary>
internal static class LostResults
{
    private const int LastErrno = 4095;

    /// <summary>The assignments of a call's signed result to a variable that nobody looks at before it is overwritten or the function ends.</summary>
    public static IEnumerable<(AssignmentExpression Assignment, CallExpression Call, VariableSymbol Variable)> In(FunctionDefinition function)
    {
        if (function.Symbol.Signature?.Result.Canonical is not (IntegerType { IsSigned: true } or PointerType))
        {
            // It has no way to tell an error to its caller.
            yield break;
        }

        var candidates = function.Body.DescendantsAndSelf<AssignmentExpression>().Where(static assignment => CandidateOf(assignment) is not null).ToHashSet();
        if (candidates.Count == 0)
        {
            yield break;
        }

        var addressed = function.Body.DescendantsAndSelf<UnaryExpression>().Where(static unary => unary.Operator == UnaryOperator.AddressOf).Select(static unary => (unary.Operand as NameExpression)?.Symbol).ToHashSet();
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

    /// <summary>
    /// The tests for an error pointer that give a code of their own and never look at the pointer's, in a function that hands the code of every other error pointer on.
    /// </summary>
    public static IEnumerable<(Expression At, VariableSymbol Pointer, int Code)> SwallowedIn(FunctionDefinition function)
    {
        var tests = function.Body.DescendantsAndSelf<IfStatement>().Select(static test => (Test: test, Pointer: ErrorPointer(test))).Where(static test => test.Pointer is not null).ToList();
        var swallowing = ErrnoTest.RefusalsIn(function).Where(refusal => tests.Exists(test => test.Test == refusal.Test && !LooksAtError(refusal.Test.Then, test.Pointer!)) && !IsMeant(refusal.Test)).ToList();
        if (swallowing is [var (swallow, code, at)] && tests.Exists(test => test.Test != swallow && LooksAtError(test.Test.Then, test.Pointer!)))
        {
            yield return (at, tests.Find(test => test.Test == swallow).Pointer!, code);
        }
    }

    /// <summary>The error codes that are stored in a variable of which nobody ever reads what is in it.</summary>
    public static IEnumerable<(AssignmentExpression At, VariableSymbol Variable, int Code)> ForgottenIn(FunctionDefinition function)
    {
        var nodes = function.Body.DescendantsAndSelf().ToList();
        var read = nodes.OfType<NameExpression>().Where(static name => name.IsRead || name.Parent is UnaryExpression { Operator: UnaryOperator.AddressOf }).Select(static name => name.Symbol).ToHashSet();
        return nodes.OfType<AssignmentExpression>()
            .Where(static assignment => assignment is { Compound: null, Origin.IsInFile: true, Parent: ExpressionStatement, Value.Constant: < 0 and >= -LastErrno, Target: NameExpression { Symbol: VariableSymbol { Kind: VariableKind.Local } } })
            .Select(static assignment => (At: assignment, Variable: (VariableSymbol)((NameExpression)assignment.Target).Symbol, Code: (int)-assignment.Value.Constant!.Value))
            .Where(stored => !read.Contains(stored.Variable)).DistinctBy(static stored => stored.Variable);
    }

    private static VariableSymbol? ErrorPointer(IfStatement test) =>
        test.Condition.Unwrapped is CallExpression { Function.Name: "IS_ERR", Arguments: [var pointer] } && pointer.Unwrapped is NameExpression { Symbol: VariableSymbol { IsAutomatic: true } variable } ? variable : null;

    /// <summary>
    /// True where a code of one's own is no slip: the branch tells in words what has gone wrong, or it is the last of several tries, each of which has failed in its own way.
    /// </summary>
    private static bool IsMeant(IfStatement test) =>
        test.Then.DescendantsAndSelf<CallExpression>().Any(static call => call.Function?.Signature is { IsVariadic: true })
        || test.Ancestors().OfType<IfStatement>().Any(outer => ErrorPointer(outer) is not null && outer.Then.DescendantsAndSelf().Contains(test));

    private static bool LooksAtError(Statement then, VariableSymbol pointer) => then.DescendantsAndSelf().Any(node => node is NameExpression name && name.Symbol == pointer);

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
