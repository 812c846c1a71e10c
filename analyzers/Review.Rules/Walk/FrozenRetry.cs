using Review.Core.Flow;
using Review.Core.Syntax;

namespace Review.Rules.Walk;

/// <summary>
/// A <c>goto</c> leads back to a test of local variables that nothing between the label and the goto changes: whoever has come that way once comes that way for ever.
/// </summary>
internal static class FrozenRetry
{
    private static readonly HashSet<string> Entries = ["pte_t", "pmd_t", "pud_t", "p4d_t", "pgd_t"];

    /// <summary>The jumps back, with the variables that the tests on the way ask.</summary>
    public static IEnumerable<(GotoStatement Jump, IReadOnlyList<VariableSymbol> Asked)> In(ControlFlowGraph graph)
    {
        foreach (var jump in graph.Function.Body.DescendantsAndSelf<GotoStatement>())
        {
            if (TargetOf(jump, graph.Function) is { } label && label.Span.Start < jump.Span.Start && RoundOf(graph, label, jump) is { } round && FrozenExits(graph, round) is { Count: > 0 } asked)
            {
                yield return (jump, asked);
            }
        }
    }

    private static LabelStatement? TargetOf(GotoStatement jump, FunctionDefinition function) => function.Body.DescendantsAndSelf<LabelStatement>().FirstOrDefault(label => label.Label == jump.Target);

    /// <summary>The blocks of the loop that a jump closes; null where other jumps lead into or around in it.</summary>
    private static HashSet<BasicBlock>? RoundOf(ControlFlowGraph graph, LabelStatement label, GotoStatement jump)
    {
        bool IsWithin(Node node) => node.Origin.IsInFile && node.Span.Start >= label.Span.Start && node.Span.End <= jump.Span.End;
        var head = graph.Blocks.FirstOrDefault(block => block.Nodes.Any(IsWithin));
        if (head is null || head.Predecessors.Where(edge => edge.From.Index >= head.Index).Select(static edge => edge.From).ToList() is not [var tail])
        {
            return null;
        }

        var round = new HashSet<BasicBlock> { head };
        var work = new Stack<BasicBlock>([tail]);
        while (work.TryPop(out var block))
        {
            if (round.Add(block))
            {
                foreach (var edge in block.Predecessors)
                {
                    work.Push(edge.From);
                }
            }
        }

        return round.All(block => block.Index >= head.Index) && round.SelectMany(static block => block.Nodes).Where(static node => node.Origin.IsInFile).All(IsWithin) ? round : null;
    }

    /// <summary>The variables of the tests that leave a loop, if no round changes any of them and they ask nothing else; null otherwise.</summary>
    private static List<VariableSymbol>? FrozenExits(ControlFlowGraph graph, HashSet<BasicBlock> round)
    {
        var asked = new List<VariableSymbol>();
        var nodes = round.SelectMany(static block => block.Nodes).ToList();
        foreach (var edge in round.SelectMany(static block => block.Successors).Where(edge => !round.Contains(edge.To) && Returns(edge.To, graph.Exit)))
        {
            if (edge.Condition is not BranchCondition { Expression: var condition } || !CollectVariables(condition, asked))
            {
                return null;
            }
        }

        return asked.Exists(variable => nodes.Exists(node => LoopRound.IsWrite(node, LoopRound.IsVariable(variable))) || IsShared(variable, graph.Function)) ? null : [.. asked.Distinct()];
    }

    /// <summary>False for a way into a panic.</summary>
    private static bool Returns(BasicBlock from, BasicBlock exit)
    {
        var seen = new HashSet<BasicBlock>();
        var work = new Stack<BasicBlock>([from]);
        while (work.TryPop(out var block))
        {
            if (block == exit)
            {
                return true;
            }

            foreach (var edge in seen.Add(block) ? block.Successors : [])
            {
                work.Push(edge.To);
            }
        }

        return false;
    }

    /// <summary>Collects the variables of a test; false if it asks anything that may change by itself.</summary>
    private static bool CollectVariables(Expression condition, List<VariableSymbol> asked)
    {
        foreach (var node in condition.DescendantsAndSelf<Expression>())
        {
            switch (node)
            {
                case NameExpression { Symbol: VariableSymbol { IsAutomatic: true } variable }:
                    asked.Add(variable);
                    break;
                case CallExpression { Function: not null, Arguments: [var entry] } when entry.Type is TypedefType { Spelling: var name } && Entries.Contains(name):
                case NameExpression { Symbol: EnumeratorSymbol or FunctionSymbol } or LiteralExpression or CastExpression or BinaryExpression or UnevaluatedExpression or BuiltinExpression or ChosenExpression
                    or UnaryExpression { IsStep: false, Operator: not (UnaryOperator.Dereference or UnaryOperator.AddressOf) } or { Constant: not null }:
                    break;
                default:
                    return false;
            }
        }

        return true;
    }

    private static bool IsShared(VariableSymbol variable, FunctionDefinition function) =>
        function.Body.DescendantsAndSelf<UnaryExpression>().Any(unary => unary.Operator == UnaryOperator.AddressOf && LoopRound.IsVariable(variable)(unary.Operand));
}
