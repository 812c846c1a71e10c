using Review.Core.Flow;
using Review.Core.Syntax;
using Review.Flow.Paths;

namespace Review.Tables.Decisions;

/// <summary>Follows one function in which the values of some expressions are known. Nothing else of the advice comes in, so that values with the same answers share a walk.</summary>
/// <param name="graph">The function's control flow.</param>
/// <param name="known">The values; those that are constants anyway need not be among them.</param>
internal sealed class AdviceWalk(ControlFlowGraph graph, IReadOnlyDictionary<Expression, long> known) : PathAnalysis<bool>(graph)
{
    private readonly HashSet<Node> nodes = new(graph.Blocks.Sum(static block => block.Nodes.Count));
    private readonly HashSet<long?> answers = [];

    /// <summary>The nodes that are evaluated.</summary>
    public IReadOnlySet<Node> Nodes => nodes;

    /// <summary>The number that is always returned; null if there is none, or it is not known.</summary>
    public long? Answer => answers.Count == 1 ? answers.Single() : null;

    protected override IEnumerable<Path<bool>> Visit(Path<bool> path, Node node)
    {
        _ = nodes.Add(node);
        var after = base.Visit(path, node);
        return AdviceQuestions.IsAskable(node) && ValueOf((Expression)node) is { } value ? after.Select(next => next with { State = next.State.WithTemporary(node, new ConstantValue(value)) }) : after;
    }

    protected override Path<bool>? Follow(Path<bool> path, FlowEdge edge) => edge.Condition is BranchCondition branch && ValueOf(branch.Expression) is { } value
        ? (value != 0) == branch.Outcome ? path : null
        : base.Follow(path, edge);

    protected override void AtExit(Path<bool> path, ReturnStatement? @return) =>
        answers.Add(@return?.Value is null ? null : ValueOf(@return.Value) ?? (path.State.Read(ResultPlace.Instance) as ConstantValue)?.Number);

    private long? ValueOf(Expression expression)
    {
        expression = expression.Unwrapped;
        return expression.Constant ?? (known.TryGetValue(expression, out var value) ? value : null);
    }
}
