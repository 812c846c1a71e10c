using Review.Core.Flow;
using Review.Core.Syntax;
using Review.Flow.Paths;
using Review.Flow.Typestate;

namespace Review.Rules.Notifier;

/// <summary>
/// Follows every local mmu_notifier_range from its declaration through init, start and end. Where init has run, the
/// range's start counts as not zero: mm/ uses zero there to say "not started yet", and no user mapping begins at 0.
/// </summary>
internal abstract class NotifierRangeState(ControlFlowGraph graph, NotifierFacts facts)
    : TypestateAnalysis(graph, facts.Functions, NotifierFacts.Record)
{
    protected const string Uninitialized = "uninitialized";
    protected const string Initialized = "initialized";
    protected const string Started = "started";
    protected const string Ended = "ended";

    protected override string Declared(LocalDeclaration declaration) => declaration.Initializer is null ? Uninitialized : Initialized;

    protected override Path<EquatableMap<VariableSymbol, ObjectState>> OnCall(
        Path<EquatableMap<VariableSymbol, ObjectState>> path, PathState before, VariableSymbol target, string verb, CallExpression call)
    {
        Check(path, before, target, verb, call);
        if (path.Protocol[target]!.Name == Uninitialized && verb is NotifierFacts.Starts or NotifierFacts.Ends)
        {
            // What follows from this defect is not said again.
            return path with { Protocol = path.Protocol.Without(target) };
        }

        var next = verb switch
        {
            NotifierFacts.Initializes => Initialized,
            NotifierFacts.Starts => Started,
            NotifierFacts.Ends => Ended,
            _ => null,
        };
        var isFilledIn = next is not null;
        return new Path<EquatableMap<VariableSymbol, ObjectState>>(
            isFilledIn ? LearnStart(path.State, target, call) : path.State,
            next is null ? path.Protocol : path.Protocol.With(target, new ObjectState(next, call)));
    }

    /// <summary>Looks at one step before it is taken.</summary>
    protected virtual void Check(Path<EquatableMap<VariableSymbol, ObjectState>> path, PathState before, VariableSymbol target, string verb, CallExpression call)
    {
    }

    /// <summary>A range copied from another one is initialized.</summary>
    protected override IEnumerable<Path<EquatableMap<VariableSymbol, ObjectState>>> Visit(Path<EquatableMap<VariableSymbol, ObjectState>> path, Node node)
    {
        var next = base.Visit(path, node);
        return node is AssignmentExpression { Target: NameExpression { Symbol: VariableSymbol variable } } && path.Protocol.Contains(variable)
            ? next.Select(after => after with { Protocol = after.Protocol.With(variable, new ObjectState(Initialized, node)) })
            : next;
    }

    private PathState LearnStart(PathState state, VariableSymbol target, CallExpression call)
    {
        foreach (var (place, value) in state.Contents)
        {
            if (place is FieldPlace { Field.Name: "start", Container: VariablePlace { Variable: var variable } } && variable == target)
            {
                return state.Learn(value, Fact.Nothing with { Signs = Signs.NotZero }) ?? state;
            }
        }

        return startField is null ? state : Learn(state, new FieldPlace(new VariablePlace(target), startField), call);
    }

    private readonly FieldSymbol? startField = graph.Function.Body.DescendantsAndSelf()
        .OfType<MemberExpression>()
        .FirstOrDefault(static member => member.Field is { Name: "start", Record: NotifierFacts.Record })?.Field;

    private static PathState Learn(PathState state, Place place, CallExpression call)
    {
        var (fresh, value) = state.Fresh(new WrittenBy(call, place));
        return fresh.Write(place, value).Learn(value, Fact.Nothing with { Signs = Signs.NotZero }) ?? fresh;
    }
}
