using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Review.Core.Dependencies;
using Review.Core.Syntax;

namespace Review.Core.Flow;

/// <summary>
/// The control flow of one function. Nodes of a block are in the order of evaluation, operands before the expression that
/// uses them, so an analysis looks at one node at a time. Short circuits, <c>?:</c> and statement expressions are edges;
/// branches that clang knows to be constant have one edge only.
/// </summary>
public sealed class ControlFlowGraph
{
    private static readonly ConditionalWeakTable<FunctionDefinition, ControlFlowGraph> Graphs = [];

    private readonly IReadOnlyDictionary<Statement, BasicBlock> loops;

    internal ControlFlowGraph(FunctionDefinition function, ImmutableArray<BasicBlock> blocks, BasicBlock exit, IReadOnlyDictionary<Statement, BasicBlock> loops)
    {
        this.loops = loops;
        Function = function;
        Blocks = blocks;
        Exit = exit;
    }

    public FunctionDefinition Function { get; }

    /// <summary>The reachable blocks; the first is the entry.</summary>
    public ImmutableArray<BasicBlock> Blocks { get; }

    public BasicBlock Entry => Blocks[0];

    /// <summary>Where every return ends. It is empty, and in <see cref="Blocks"/> only if the function returns at all.</summary>
    public BasicBlock Exit { get; }

    /// <summary>The block at which every round of a <c>for</c>, <c>while</c> or <c>do</c> begins; null for another statement and for a loop that nothing reaches.</summary>
    public BasicBlock? HeadOf(Statement loop) => loops.TryGetValue(loop, out var head) && head.Index >= 0 ? head : null;

    /// <summary>
    /// The blocks from which a loop's head is reached again, and those between the head and them. Empty if the loop never comes to a second round.
    /// </summary>
    public IReadOnlySet<BasicBlock> RoundOf(Statement loop)
    {
        var round = new HashSet<BasicBlock>();
        if (HeadOf(loop) is not { } head)
        {
            return round;
        }

        var work = new Stack<BasicBlock>(head.Predecessors.Select(static edge => edge.From).Where(from => from.Index >= head.Index));
        while (work.TryPop(out var block))
        {
            if (round.Add(block) && block != head)
            {
                foreach (var edge in block.Predecessors)
                {
                    work.Push(edge.From);
                }
            }
        }

        if (round.Count > 0)
        {
            _ = round.Add(head);
        }

        return round;
    }

    /// <summary>The graph of a function. It is built once; all who look at the function share it.</summary>
    public static ControlFlowGraph Create(FunctionDefinition function)
    {
        ArgumentNullException.ThrowIfNull(function);
        ReadAccount.NoteTree(function.Revision);
        return Graphs.GetValue(function, static function => new ControlFlowBuilder(function).Build());
    }
}

/// <summary>A straight piece of code.</summary>
public sealed class BasicBlock
{
    private readonly List<Node> nodes = [];
    private readonly List<FlowEdge> successors = [];
    private readonly List<FlowEdge> predecessors = [];

    internal BasicBlock(bool isInsideExpression) => IsInsideExpression = isInsideExpression;

    /// <summary>Position in <see cref="ControlFlowGraph.Blocks"/>: reverse post-order.</summary>
    public int Index { get; internal set; } = -1;

    /// <summary>
    /// What is evaluated, in order: expressions, <see cref="LocalDeclaration"/>, <see cref="ReturnStatement"/>,
    /// <see cref="AsmStatement"/>, <see cref="DoStatement"/> for a macro that is empty under the configuration, and <see cref="ExpressionStatement"/> as the end
    /// of its expression.
    /// </summary>
    public IReadOnlyList<Node> Nodes => nodes;

    public IReadOnlyList<FlowEdge> Successors => successors;

    /// <summary><see cref="Nodes"/>, for loops that are run often.</summary>
    public ReadOnlySpan<Node> NodeSpan => CollectionsMarshal.AsSpan(nodes);

    /// <summary><see cref="Successors"/>, for loops that are run often.</summary>
    public ReadOnlySpan<FlowEdge> SuccessorSpan => CollectionsMarshal.AsSpan(successors);

    public IReadOnlyList<FlowEdge> Predecessors => predecessors;

    /// <summary>True if an expression that began in a block before goes on here: values of its parts are still wanted.</summary>
    public bool IsInsideExpression { get; }

    internal void Add(Node node) => nodes.Add(node);

    internal void Connect(BasicBlock to, FlowCondition? condition)
    {
        var edge = new FlowEdge(this, to, condition);
        successors.Add(edge);
        to.predecessors.Add(edge);
    }

    internal void DropUnreachablePredecessors() => predecessors.RemoveAll(static edge => edge.From.Index < 0);

    public override string ToString() => $"B{Index}";
}

/// <summary>A way from one block to another.</summary>
public sealed record FlowEdge(BasicBlock From, BasicBlock To, FlowCondition? Condition);

/// <summary>What is known when an edge is taken.</summary>
public abstract record FlowCondition;

/// <summary>An expression was true (not zero) or false.</summary>
public sealed record BranchCondition(Expression Expression, bool Outcome) : FlowCondition;

/// <summary>A switch went to a label, or past all of them.</summary>
/// <param name="Subject">The expression switched on.</param>
/// <param name="Ranges">The values of the label, bounds inclusive; for the default, the values that all other labels take.</param>
/// <param name="IsDefault">True for <c>default</c> and for a switch that takes no label.</param>
public sealed record SwitchCondition(Expression Subject, ImmutableArray<(long Low, long High)> Ranges, bool IsDefault) : FlowCondition;

/// <summary>
/// An operator that is control flow got its value: <c>&amp;&amp;</c>, <c>||</c>, <c>!</c> and comparisons a truth value, <c>?:</c> the value of an arm.
/// </summary>
/// <param name="Target">The operator's expression.</param>
/// <param name="Source">The arm whose value it has, or null for a truth value.</param>
/// <param name="Truth">The truth value if there is no source.</param>
public sealed record ValueCondition(Expression Target, Expression? Source, bool Truth) : FlowCondition;
