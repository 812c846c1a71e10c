using Review.Core.Flow;
using Review.Core.Syntax;

namespace Review.Rules.Walk;

/// <summary>One round of a loop: what is evaluated between its head and the next time its head is reached.</summary>
internal sealed class LoopRound
{
    private LoopRound(Statement loop, BasicBlock head, IReadOnlySet<BasicBlock> blocks)
    {
        Loop = loop;
        Head = head;
        Blocks = blocks;
        Nodes = [.. blocks.SelectMany(static block => block.Nodes)];
    }

    public Statement Loop { get; }

    public BasicBlock Head { get; }

    public IReadOnlySet<BasicBlock> Blocks { get; }

    /// <summary>Everything that can be evaluated in a round.</summary>
    public IReadOnlyList<Node> Nodes { get; }

    /// <summary>The loop's own condition; null for one that only <c>break</c> and its like leave.</summary>
    public Expression? Condition => Loop switch
    {
        WhileStatement @while => @while.Condition,
        DoStatement @do => @do.Condition,
        ForStatement @for => @for.Condition,
        _ => null,
    };

    /// <summary>The loops of a function that can come to a second round.</summary>
    public static IEnumerable<LoopRound> In(ControlFlowGraph graph)
    {
        foreach (var loop in graph.Function.Body.DescendantsAndSelf<Statement>().Where(static statement => statement is WhileStatement or DoStatement or ForStatement))
        {
            if (graph.HeadOf(loop) is { } head && graph.RoundOf(loop) is { Count: > 0 } blocks)
            {
                yield return new LoopRound(loop, head, blocks);
            }
        }
    }

    /// <summary>True if the edge ends a round.</summary>
    public bool Ends(FlowEdge edge) => edge.To == Head && Blocks.Contains(edge.From);

    /// <summary>True if a comparison of a place, named by a function, decides whether the loop is left.</summary>
    public bool IsExitCompared(string place, Func<Expression, string?> name) =>
        Blocks.Any(block => block.Successors.Any(edge => !Blocks.Contains(edge.To))
            && block.Successors.Any(edge => edge.Condition is BranchCondition { Expression.Unwrapped: BinaryExpression comparison } && (name(comparison.Left) == place || name(comparison.Right) == place)));

    /// <summary>True if something in a round may write an object that a test names.</summary>
    public bool Writes(Func<Expression, bool> isObject) => Nodes.Any(node => IsWrite(node, isObject));

    /// <summary>True if blocks that do not write an object lead from the head to the head.</summary>
    public bool CanSkip(Func<Expression, bool> isObject)
    {
        var reached = new HashSet<BasicBlock>();
        var work = new Stack<BasicBlock>([Head]);
        while (work.TryPop(out var block))
        {
            if (!reached.Add(block) || block.Nodes.Any(node => IsWrite(node, isObject)))
            {
                continue;
            }

            foreach (var edge in block.Successors)
            {
                if (Ends(edge))
                {
                    return true;
                }

                if (Blocks.Contains(edge.To))
                {
                    work.Push(edge.To);
                }
            }
        }

        return false;
    }

    /// <summary>True if a round can come to a node without having written an object.</summary>
    public bool ReachesUnwritten(Node target, Func<Expression, bool> isObject)
    {
        var reached = new HashSet<BasicBlock>();
        var work = new Stack<BasicBlock>([Head]);
        while (work.TryPop(out var block))
        {
            if (!reached.Add(block))
            {
                continue;
            }

            var isWritten = false;
            foreach (var node in block.Nodes)
            {
                if (node == target)
                {
                    return true;
                }

                if (IsWrite(node, isObject))
                {
                    isWritten = true;
                    break;
                }
            }

            foreach (var edge in isWritten ? [] : block.Successors)
            {
                if (Blocks.Contains(edge.To) && edge.To != Head)
                {
                    work.Push(edge.To);
                }
            }
        }

        return false;
    }

    /// <summary>True if a node writes an object that a test names, or lets somebody else write it.</summary>
    public static bool IsWrite(Node node, Func<Expression, bool> isObject) => node switch
    {
        AssignmentExpression assignment => isObject(assignment.Target),
        UnaryExpression { IsStep: true } step => isObject(step.Operand),
        UnaryExpression { Operator: UnaryOperator.AddressOf } address => isObject(address.Operand),
        LocalDeclaration declaration => isObject(new NameExpression(declaration.Origin, declaration.Symbol.Type, declaration.Symbol)),
        AsmStatement assembly => assembly.Outputs.Any(output => isObject(output.Value)),
        _ => false,
    };

    /// <summary>A test for a variable.</summary>
    public static Func<Expression, bool> IsVariable(VariableSymbol variable) => expression => expression.Unwrapped is NameExpression { Symbol: VariableSymbol named } && named == variable;
}
