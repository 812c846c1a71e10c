using Review.Core.Flow;
using Review.Core.Syntax;
using Review.Flow.Facts;
using Review.Flow.Paths;

namespace Review.Flow.Typestate;

/// <summary>Where one object stands in its protocol, and the node that brought it there.</summary>
public sealed record ObjectState(string Name, Node Since);

/// <summary>
/// Follows the local variables of one record type through a protocol: each starts in a state of its own when it is declared, and calls that get its
/// address move it on, as the facts about those calls say. An object whose address goes to a function of which nothing is known is followed no further.
/// </summary>
public abstract class TypestateAnalysis(ControlFlowGraph graph, FunctionFacts facts, string record)
    : PathAnalysis<EquatableMap<VariableSymbol, ObjectState>>(graph)
{
    /// <summary>Follows the function's paths.</summary>
    public void Run() => Run(EquatableMap<VariableSymbol, ObjectState>.Empty);

    /// <summary>True if the function has a local variable of the record type at all.</summary>
    public static bool Concerns(FunctionDefinition function, string record)
    {
        ArgumentNullException.ThrowIfNull(function);
        return function.Body.DescendantsAndSelf<LocalDeclaration>().Any(declaration => declaration.Symbol.Type.IsRecord(record));
    }

    /// <summary>The state of an object that comes into scope.</summary>
    protected abstract string Declared(LocalDeclaration declaration);

    /// <summary>
    /// A call does something to an object. Returns the path after it; report what the protocol forbids, once per place.
    /// </summary>
    /// <param name="path">The path after the call.</param>
    /// <param name="before">What was known before the call.</param>
    /// <param name="target">The object.</param>
    /// <param name="verb">What the call does to it, as the facts call it.</param>
    /// <param name="call">The call.</param>
    /// <param name="outcome">The way in which it ended.</param>
    protected abstract Path<EquatableMap<VariableSymbol, ObjectState>> OnCall(
        Path<EquatableMap<VariableSymbol, ObjectState>> path, PathState before, VariableSymbol target, string verb, CallExpression call, CallOutcome outcome);

    /// <summary>The object whose address an expression is, or null.</summary>
    protected VariableSymbol? ObjectOf(PathState state, Expression pointer) =>
        ExpressionSemantics.Evaluate(state, pointer) is AddressValue { Place: VariablePlace { Variable: var variable } } && variable.Type.IsRecord(record) ? variable : null;

    protected override IEnumerable<Path<EquatableMap<VariableSymbol, ObjectState>>> Visit(Path<EquatableMap<VariableSymbol, ObjectState>> path, Node node)
    {
        ArgumentNullException.ThrowIfNull(path);
        switch (node)
        {
            case LocalDeclaration declaration when declaration.Symbol.Type.IsRecord(record):
                return base.Visit(path, node).Select(next => next with { Protocol = next.Protocol.With(declaration.Symbol, new ObjectState(Declared(declaration), declaration)) });
            case CallExpression call:
                return facts.Apply(path.State, call).Select(next => Move(path, call, next.State, next.Outcome));
            default:
                return base.Visit(path, node);
        }
    }

    private Path<EquatableMap<VariableSymbol, ObjectState>> Move(
        Path<EquatableMap<VariableSymbol, ObjectState>> before, CallExpression call, PathState state, CallOutcome? outcome)
    {
        var path = before with { State = state };
        foreach (var target in HandedOn(before.State, call))
        {
            path = path with { Protocol = path.Protocol.Without(target) };
        }

        foreach (var (verb, parameter) in outcome?.OnParameters ?? [])
        {
            if (parameter < call.Arguments.Length && ObjectOf(before.State, call.Arguments[parameter]) is { } target && path.Protocol.Contains(target))
            {
                path = OnCall(path, before.State, target, verb, call, outcome!);
            }
        }

        return path;
    }

    /// <summary>The objects that a function of which nothing is known may change; whoever reads a pointer to const does not.</summary>
    private IEnumerable<VariableSymbol> HandedOn(PathState state, CallExpression call)
    {
        for (var i = 0; i < call.Arguments.Length; i++)
        {
            if (facts.MayChange(call, i) && ObjectOf(state, call.Arguments[i]) is { } target)
            {
                yield return target;
            }
        }
    }
}
