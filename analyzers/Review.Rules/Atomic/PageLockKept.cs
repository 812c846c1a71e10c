using Review.Core.Flow;
using Review.Core.Syntax;
using Review.Flow.Facts;
using Review.Rules.References;

namespace Review.Rules.Atomic;

/// <summary>
/// Who locks a page that only a local variable names has to unlock it before the variable names another one, or the function ends: the page stays locked for ever else. Whoever hands the page on,
/// stores it, or asks something on whose answer it unlocks the page, is left alone.
/// </summary>
internal static class PageLockKept
{
    private const string Locks = "locks the page";
    private const string Tries = "tries to lock the page";
    private const string Unlocks = "unlocks the page";

    private static readonly FactTable Table = FactResource.Read("PageLock");

    /// <summary>The calls that lock a page which is forgotten on a path, with what puts another one into the variable, or leaves the function.</summary>
    public static IEnumerable<(CallExpression Lock, Node Forgotten, VariableSymbol Page)> In(FunctionDefinition function)
    {
        ArgumentNullException.ThrowIfNull(function);
        var locks = function.Body.DescendantsAndSelf<CallExpression>().Where(static call => Does(call, Locks) || Does(call, Tries)).ToList();
        var graph = locks.Count > 0 ? ControlFlowGraph.Create(function) : null;
        foreach (var taken in locks)
        {
            if (SubjectOf(taken) is { Kind: VariableKind.Local } page && function.Body.DescendantsAndSelf<CallExpression>().Any(call => Does(call, Unlocks) && SubjectOf(call) == page)
                && Forgotten(graph!, taken, page, isOwn: LentPages.IsOfOne(taken, function)) is { } forgotten)
            {
                yield return (taken, forgotten, page);
            }
        }
    }

    /// <summary>True if a write before the lock is one of the next round of a loop.</summary>
    private static bool IsNextRound(Node write, CallExpression taken) =>
        write.Span.Start < taken.Span.Start && taken.Ancestors().Any(outer => outer is WhileStatement or ForStatement or DoStatement && outer.Span.Start <= write.Span.Start);

    /// <summary>What writes the variable in the next round of a loop, or leaves the function with a page of its own, on a path that has locked the page and done nothing else with it.</summary>
    private static Node? Forgotten(ControlFlowGraph graph, CallExpression taken, VariableSymbol page, bool isOwn)
    {
        var seen = new HashSet<BasicBlock>();
        var work = new Stack<(BasicBlock Block, int Start)>(graph.Blocks.Where(block => block.Nodes.Contains(taken)).Select(block => (block, block.Nodes.TakeWhile(node => node != taken).Count() + 1)));
        while (work.TryPop(out var item))
        {
            var isOver = false;
            foreach (var node in item.Block.Nodes.Skip(item.Start))
            {
                var isWritten = IsWrite(node, page);
                if (isWritten ? IsNextRound(node, taken) : isOwn && node is ReturnStatement)
                {
                    return node;
                }

                if (isWritten || MayUnlock(node, page))
                {
                    isOver = true;
                    break;
                }
            }

            foreach (var edge in isOver ? [] : item.Block.Successors)
            {
                if (!Refuses(edge.Condition, taken) && !IsMissing(edge.Condition, page) && !DecidesOnUnlock(edge.Condition, taken, page) && seen.Add(edge.To))
                {
                    work.Push((edge.To, 0));
                }
            }
        }

        return null;
    }

    /// <summary>True for the way on which the page could not be locked, and wherever the result is looked at in another way.</summary>
    private static bool Refuses(FlowCondition? condition, CallExpression taken) => Does(taken, Tries) && condition switch
    {
        BranchCondition branch when branch.Expression.Unwrapped == taken => !branch.Outcome,
        BranchCondition { Expression.Unwrapped: UnaryExpression { Operator: UnaryOperator.LogicalNot } not } branch when not.Operand.Unwrapped == taken => branch.Outcome,
        BranchCondition branch => branch.Expression.DescendantsAndSelf().Contains(taken),
        _ => false,
    };

    /// <summary>True for the way on which there is no page: nobody has locked that.</summary>
    private static bool IsMissing(FlowCondition? condition, VariableSymbol page) => condition switch
    {
        BranchCondition { Expression: NameExpression name } branch => name.Symbol == page && !branch.Outcome,
        BranchCondition { Expression: UnaryExpression { Operator: UnaryOperator.LogicalNot, Operand: NameExpression name } } branch => name.Symbol == page && branch.Outcome,
        _ => false,
    };

    /// <summary>True for a question asked after the lock was taken, on whose answer the page is unlocked or not: what the paths behind it know is not known here.</summary>
    private static bool DecidesOnUnlock(FlowCondition? condition, CallExpression taken, VariableSymbol page)
    {
        var asked = condition switch { BranchCondition branch => branch.Expression, SwitchCondition choice => choice.Subject, _ => null };
        return asked?.Ancestors().OfType<Statement>().FirstOrDefault() is IfStatement or SwitchStatement
            && asked.Ancestors().OfType<Statement>().First() is var decision && !decision.DescendantsAndSelf().Contains(taken)
            && decision.DescendantsAndSelf<CallExpression>().Any(call => Does(call, Unlocks) && SubjectOf(call) == page);
    }

    private static bool IsWrite(Node node, VariableSymbol page) => node switch
    {
        AssignmentExpression { Target: NameExpression target } => target.Symbol == page,
        LocalDeclaration declaration => declaration.Symbol == page,
        _ => false,
    };

    /// <summary>True for a call that gets the page and may do anything with it, and for what stores it.</summary>
    private static bool MayUnlock(Node node, VariableSymbol page) => node switch
    {
        CallExpression call => call.Arguments.Any(argument => Names(argument, page)) && (call.Function is not { } callee || !ReferenceFacts.IsInTable(callee.Name) || Does(call, Unlocks)),
        AssignmentExpression assignment => Names(assignment.Value, page),
        LocalDeclaration { Initializer: { } value } => Names(value, page),
        UnaryExpression { Operator: UnaryOperator.AddressOf } address => Names(address.Operand, page),
        _ => false,
    };

    private static bool Names(Expression expression, VariableSymbol page) => expression.DescendantsAndSelf<NameExpression>().Any(name => name.Symbol == page);

    private static bool Does(CallExpression call, string verb) => call.Function is { } callee && Table.OutcomesOf(callee.Name).Any(outcome => outcome.Has($"{verb} *0"));

    private static VariableSymbol? SubjectOf(CallExpression call) => (call.Arguments.FirstOrDefault()?.Unwrapped as NameExpression)?.Symbol as VariableSymbol;
}
