using Review.Core.Flow;
using Review.Core.Syntax;
using Review.Flow.Paths;

namespace Review.Rules.References;

/// <summary>Where a path stands: what it has last left for the caller to find.</summary>
/// <param name="Store">The store; null if there was none, or something else was stored there since.</param>
/// <param name="Thing">What was stored.</param>
internal sealed record HandedThing(AssignmentExpression? Store, Value? Thing)
{
    public static readonly HandedThing None = new(null, null);

    public bool Equals(HandedThing? other) => other is not null && ReferenceEquals(Store, other.Store) && Equals(Thing, other.Thing);

    public override int GetHashCode() => Thing?.GetHashCode() ?? 0;
}

/// <summary>
/// A page that a function leaves in a place of its caller, <c>*pagep = page</c>, is the caller's from there on, with the reference. A path on which the function itself gives that reference back
/// afterwards leaves the caller with a page that may be gone.
/// </summary>
internal sealed class HandedOut : PathAnalysis<HandedThing>
{
    private readonly Dictionary<CallExpression, AssignmentExpression> found = [];

    private HandedOut(FunctionDefinition function)
        : base(ControlFlowGraph.Create(function))
    {
    }

    /// <summary>The calls that give back what was handed out, with the store.</summary>
    public static IEnumerable<(CallExpression Put, AssignmentExpression Store)> In(FunctionDefinition function)
    {
        ArgumentNullException.ThrowIfNull(function);
        var nodes = function.Body.DescendantsAndSelf().ToList();
        // A place that the function looks into as well is where its caller keeps the page from one try to the next; what is in another one nobody reads who is told of an error.
        if (!nodes.OfType<AssignmentExpression>().Any(store => IsHandingOut(store) && nodes.OfType<UnaryExpression>().Any(read => read is { Operator: UnaryOperator.Dereference, Operand.Unwrapped: NameExpression name } && name.Symbol == Place(store) && !IsTarget(read))) || !nodes.OfType<CallExpression>().Any(IsPut) || nodes.OfType<CallExpression>().Any(IsGet))
        {
            return [];
        }

        var analysis = new HandedOut(function);
        analysis.Run(HandedThing.None);
        return analysis.found.OrderBy(static pair => pair.Key.Span.Start).Select(static pair => (pair.Key, pair.Value));
    }

    protected override IEnumerable<Path<HandedThing>> Visit(Path<HandedThing> path, Node node)
    {
        switch (node)
        {
            case AssignmentExpression store when Place(store) is not null:
                return base.Visit(path.At(IsHandingOut(store) ? new HandedThing(store, ExpressionSemantics.Evaluate(path.State, store.Value)) : HandedThing.None), node);
            case CallExpression put when IsPut(put) && path.Protocol is { Store: { } store, Thing: UnknownValue thing } && ExpressionSemantics.Evaluate(path.State, put.Arguments[0]) == thing:
                _ = found.TryAdd(put, store);
                return base.Visit(path.At(HandedThing.None), node);
            default:
                return base.Visit(path, node);
        }
    }

    protected override HandedThing Rename(HandedThing protocol, UnknownValue value, UnknownValue older) =>
        protocol.Thing?.Replace(value, older) is var thing && ReferenceEquals(thing, protocol.Thing) ? protocol : protocol with { Thing = thing };

    private static bool IsHandingOut(AssignmentExpression store) => Place(store) is not null && store.Value.Unwrapped is NameExpression { Symbol: VariableSymbol { Kind: VariableKind.Local } };

    /// <summary>The parameter in whose place something is stored.</summary>
    private static VariableSymbol? Place(AssignmentExpression store) =>
        store is { Compound: null, Target: UnaryExpression { Operator: UnaryOperator.Dereference, Operand.Unwrapped: NameExpression { Symbol: VariableSymbol { Kind: VariableKind.Parameter } place } } }
        && (place.Type.IsPointerToPointerTo("page") || place.Type.IsPointerToPointerTo("folio")) ? place : null;

    private static bool IsTarget(Expression expression) => expression.Parent is AssignmentExpression { Compound: null } assignment && assignment.Target == expression;

    private static bool IsPut(CallExpression call) => call is { Function: { } callee, Arguments: [_] } && ReferenceFacts.IsRelease(callee.Name) && ReferenceShapes.IsPage(call.Arguments[0].Type);

    private static bool IsGet(CallExpression call) => call.Function is { } callee && (ReferenceFacts.AlwaysGets(callee.Name) || ReferenceFacts.TakesByFlags(callee.Name)) && ReferenceShapes.IsPage(call.Arguments[0].Type);
}
