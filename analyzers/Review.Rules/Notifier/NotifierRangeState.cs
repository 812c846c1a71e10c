using Review.Core.Flow;
using Review.Core.Syntax;
using Review.Flow.Facts;
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

    private static readonly IntegerType Address = new("unsigned long", 8, isSigned: false, isBool: false);

    private readonly FieldSymbol start = Field(graph.Function, "start");
    private readonly FieldSymbol end = Field(graph.Function, "end");

    /// <summary>The first address of what a range announces, as it stands in the range.</summary>
    protected Value StartOf(PathState state, VariableSymbol range)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.Read(new FieldPlace(new VariablePlace(range), start));
    }

    /// <summary>The first address behind what a range announces, as it stands in the range.</summary>
    protected Value EndOf(PathState state, VariableSymbol range)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.Read(new FieldPlace(new VariablePlace(range), end));
    }

    protected override Path<EquatableMap<VariableSymbol, ObjectState>> OnCall(
        Path<EquatableMap<VariableSymbol, ObjectState>> path, PathState before, VariableSymbol target, string verb, CallExpression call, CallOutcome outcome)
    {
        var state = verb == NotifierFacts.Initializes ? Fill(path.State, before, target, call, outcome) : Keep(path.State, before, target, call);
        path = path with { State = state };
        Check(path, target, verb, call);
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
        return next is null ? path : path with { Protocol = path.Protocol.With(target, new ObjectState(next, call)) };
    }

    /// <summary>Looks at one step: the path has taken it, the protocol has not.</summary>
    protected virtual void Check(Path<EquatableMap<VariableSymbol, ObjectState>> path, VariableSymbol target, string verb, CallExpression call)
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

    /// <summary>Init writes the two addresses into the range.</summary>
    private PathState Fill(PathState after, PathState before, VariableSymbol target, CallExpression call, CallOutcome outcome)
    {
        var place = new VariablePlace(target);
        var state = Write(after, new FieldPlace(place, start), Argument(NotifierFacts.From), call.Callee);
        state = Write(state, new FieldPlace(place, end), Argument(NotifierFacts.To), call.Callee);
        return state.Learn(state.Read(new FieldPlace(place, start)), Fact.Nothing with { Signs = Signs.NotZero }) ?? state;

        Value? Argument(string verb) => outcome.OnParameters
            .Where(effect => effect.Verb == verb && effect.Parameter < call.Arguments.Length)
            .Select(effect => ExpressionSemantics.Evaluate(before, call.Arguments[effect.Parameter]))
            .FirstOrDefault();
    }

    /// <summary>The other functions leave the addresses as they are.</summary>
    private PathState Keep(PathState after, PathState before, VariableSymbol target, CallExpression call)
    {
        foreach (var field in (FieldSymbol[])[start, end])
        {
            var place = new FieldPlace(new VariablePlace(target), field);
            if (after.Read(place) is UnknownValue { Source: WrittenBy by } && by.Node == call)
            {
                // All that is known is that the call may have written the range; but it did not.
                after = Write(after, place, before.HasWritten(place) ? before.Read(place) : null, call);
            }
        }

        return after;
    }

    private static PathState Write(PathState state, Place place, Value? value, Node by)
    {
        if (value is not null)
        {
            return state.Write(place, value);
        }

        var (next, fresh) = state.Fresh(new WrittenBy(by, place));
        return next.Write(place, fresh);
    }

    /// <summary>A member of the range; where the function does not name it, one that stands for it.</summary>
    private static FieldSymbol Field(FunctionDefinition function, string name) =>
        function.Body.DescendantsAndSelf<MemberExpression>().FirstOrDefault(member => member.Field.Record == NotifierFacts.Record && member.Field.Name == name)?.Field
            ?? new FieldSymbol(name, Address, NotifierFacts.Record, 0, 0);
}
