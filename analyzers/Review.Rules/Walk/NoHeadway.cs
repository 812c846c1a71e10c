using Review.Core.Flow;
using Review.Core.Syntax;
using Review.Flow.Facts;
using Review.Flow.Paths;

namespace Review.Rules.Walk;

/// <summary>Calls that have got nowhere on a path and after which nothing has changed.</summary>
/// <param name="Nowhere">A call that did nothing in this round, or null.</param>
/// <param name="Asked">A page fault that asked for another try, or null.</param>
internal sealed record Headway(CallExpression? Nowhere, CallExpression? Asked);

/// <summary>A call that may do nothing and ask to be made again is made again as it was, without a limit.</summary>
internal sealed class NoHeadway : PathAnalysis<Headway>
{
    private readonly FunctionFacts facts;
    private readonly List<LoopRound> rounds;
    private readonly HashSet<CallExpression> nowhere = [];
    private readonly HashSet<CallExpression> asked = [];

    private NoHeadway(ControlFlowGraph graph, FunctionFacts facts, List<LoopRound> rounds)
        : base(graph)
    {
        this.facts = facts;
        this.rounds = rounds;
    }

    /// <summary>The calls made again without headway; those that want another try apart.</summary>
    public static (IEnumerable<CallExpression> Nowhere, IEnumerable<CallExpression> Asked) In(ControlFlowGraph graph, FunctionFacts facts, List<LoopRound> rounds)
    {
        // The finding belongs to the function that makes the call itself.
        if (!graph.Function.Body.DescendantsAndSelf<CallExpression>().Any(call => IsAsked(call, facts)))
        {
            return ([], []);
        }

        var analysis = new NoHeadway(graph, facts, rounds);
        analysis.Run(new Headway(null, null));
        return (analysis.nowhere.OrderBy(static call => call.Span.Start), analysis.asked.OrderBy(static call => call.Span.Start));
    }

    /// <summary>True for a call that may do nothing, or ask for another try.</summary>
    private static bool IsAsked(CallExpression call, FunctionFacts facts) => call.Function is { } function && !facts.IsDefinedHere(function.Name)
        && facts.ListedOutcomesOf(function.Name).Any(static outcome => outcome.Has(WalkProgressFacts.WantsAnotherTry) || outcome.Has(WalkProgressFacts.GetsNowhere));

    protected override IEnumerable<Path<Headway>> Visit(Path<Headway> path, Node node) => node switch
    {
        CallExpression call => VisitCall(path, call),
        _ when path.Protocol.Nowhere is not null && GetsOn(path.State, node) => base.Visit(path with { Protocol = path.Protocol with { Nowhere = null } }, node),
        _ => base.Visit(path, node),
    };

    private IEnumerable<Path<Headway>> VisitCall(Path<Headway> path, CallExpression call) =>
        facts.Apply(path.State, call).Select(next => new Path<Headway>(next.State, Move(path.Protocol, call, next.Outcome)));

    protected override Path<Headway>? Follow(Path<Headway> path, FlowEdge edge)
    {
        var taken = base.Follow(path, edge);
        if (taken is not { } next || path.Protocol.Nowhere is not { } call || rounds.Find(candidate => candidate.Ends(edge)) is not { } round)
        {
            return taken;
        }

        if (round.Nodes.Contains(call))
        {
            _ = nowhere.Add(call);
        }

        return next with { Protocol = next.Protocol with { Nowhere = null } };
    }

    private Headway Move(Headway headway, CallExpression call, CallOutcome? outcome)
    {
        if (outcome is null || facts.IsDefinedHere(call.Function!.Name))
        {
            return headway;
        }

        if (outcome.Has(WalkProgressFacts.WantsAnotherTry))
        {
            if (headway.Asked == call)
            {
                _ = asked.Add(call);
            }

            headway = headway with { Asked = call };
        }

        return outcome.Has(WalkProgressFacts.GetsNowhere) ? headway with { Nowhere = call } : headway;
    }

    /// <summary>True if a node counts, or moves something on by an amount that is not known to be zero.</summary>
    private static bool GetsOn(PathState state, Node node) => node switch
    {
        UnaryExpression { IsStep: true } => true,
        AssignmentExpression { Compound: not null } assignment => !assignment.Value.DescendantsAndSelf<Expression>().Any(part => part is NameExpression && ExpressionSemantics.Evaluate(state, part) is ConstantValue { Number: 0 }),
        AssignmentExpression { Target.Type.Canonical: IntegerType } assignment => ExpressionSemantics.Evaluate(state, assignment.Value) is not ConstantValue,
        _ => false,
    };
}
