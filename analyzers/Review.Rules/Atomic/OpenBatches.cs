using Review.Core.Engine;
using Review.Core.Flow;
using Review.Core.Syntax;
using Review.Flow.Facts;
using Review.Flow.Paths;
using Review.Flow.Typestate;
using Review.Rules.Locking;
using Review.Rules.Notifier;
using Review.Rules.Tlb;

namespace Review.Rules.Atomic;

/// <summary>Follows the TLB gathers and notifier ranges of a function, and finds the calls that drop mmap_lock while one of them is open.</summary>
internal sealed class OpenBatches : PathAnalysis<EquatableMap<VariableSymbol, ObjectState>>
{
    private const string Used = "used";
    private const string Dropped = "dropped";

    private readonly FunctionFacts locks;
    private readonly FunctionFacts batches;
    private readonly VariableSymbol? borrowed;
    private readonly Dictionary<CallExpression, (VariableSymbol Batch, Node? Begin)> drops = [];

    private OpenBatches(FunctionAnalysisContext context, VariableSymbol? borrowed)
        : base(ControlFlowGraph.Create(context.Function))
    {
        locks = MmapLockFacts.Of(context).Functions;
        batches = TlbGatherFacts.Of(context).Functions;
        this.borrowed = borrowed;
    }

    /// <summary>The calls that drop mmap_lock, what is open there, and what began it; null if the caller began it.</summary>
    public static IEnumerable<(CallExpression Drop, VariableSymbol Batch, Node? Begin)> DropsIn(FunctionAnalysisContext context)
    {
        var function = context.Function;
        var gather = function.Parameters.FirstOrDefault(static parameter => parameter.Type.IsPointerTo(TlbGatherFacts.Record));
        var effects = MmapLockFacts.Of(context).Functions.EffectsWithin(function);
        if ((gather is null && !TypestateAnalysis.Concerns(function, TlbGatherFacts.Record) && !TypestateAnalysis.Concerns(function, NotifierFacts.Record))
            || !effects.Contains(MmapLockFacts.Drops) || effects.Contains(MmapLockFacts.Owns))
        {
            return [];
        }

        // Whoever begins or finishes the gather of a parameter knows where it is open.
        var gathering = TlbGatherFacts.Of(context).Functions.EffectsWithin(function);
        var analysis = new OpenBatches(context, gathering.Any(static effect => CallOutcome.Split(effect) is (TlbGatherFacts.Gathers or TlbGatherFacts.Finishes, _)) ? null : gather);
        analysis.Run(EquatableMap<VariableSymbol, ObjectState>.Empty);
        return analysis.drops.OrderBy(static drop => drop.Key.Span.Start).Select(static drop => (drop.Key, drop.Value.Batch, drop.Value.Begin));
    }

    protected override IEnumerable<Path<EquatableMap<VariableSymbol, ObjectState>>> Visit(Path<EquatableMap<VariableSymbol, ObjectState>> path, Node node) =>
        node is CallExpression call ? VisitCall(path, call) : base.Visit(path, node);

    private IEnumerable<Path<EquatableMap<VariableSymbol, ObjectState>>> VisitCall(Path<EquatableMap<VariableSymbol, ObjectState>> path, CallExpression call) =>
        locks.Apply(path.State, call).Select(next => new Path<EquatableMap<VariableSymbol, ObjectState>>(next.State, Move(path, call, next.Outcome)));

    private EquatableMap<VariableSymbol, ObjectState> Move(Path<EquatableMap<VariableSymbol, ObjectState>> before, CallExpression call, CallOutcome? outcome)
    {
        var open = before.Protocol;
        if (outcome?.Has(MmapLockFacts.Drops) == true)
        {
            foreach (var (batch, state) in open.Where(pair => pair.Key != borrowed))
            {
                _ = drops.TryAdd(call, (batch, state.Since));
            }
        }

        open = MoveBorrowed(open, call, outcome);

        var outcomes = call.Function is { } function ? batches.OutcomesOf(function.Name) : [];
        if (outcomes.IsDefaultOrEmpty)
        {
            return open;
        }

        for (var i = 0; i < call.Arguments.Length; i++)
        {
            if (ExpressionSemantics.Evaluate(before.State, call.Arguments[i]) is not AddressValue { Place: VariablePlace { Variable: var batch } })
            {
                continue;
            }

            if (outcomes.All(way => LastVerb(way, i) is TlbGatherFacts.Gathers or NotifierFacts.Starts))
            {
                open = open.With(batch, new ObjectState("open", call));
            }
            else if (outcomes.Any(way => LastVerb(way, i) is TlbGatherFacts.Finishes or NotifierFacts.Ends))
            {
                open = open.Without(batch);
            }
        }

        return open;
    }

    /// <summary>
    /// A gather of the caller's counts where it is used on the same path: a function that sorts requests gets it for some of them only. Whoever is handed the gather by a call
    /// that drops the lock is looked at itself.
    /// </summary>
    private EquatableMap<VariableSymbol, ObjectState> MoveBorrowed(EquatableMap<VariableSymbol, ObjectState> open, CallExpression call, CallOutcome? outcome)
    {
        if (borrowed is null)
        {
            return open;
        }

        var known = open[borrowed];
        if (call.Arguments.Any(argument => argument.Unwrapped is NameExpression name && name.Symbol == borrowed))
        {
            if (known is { Name: Dropped, Since: CallExpression drop })
            {
                _ = drops.TryAdd(drop, (borrowed, null));
            }

            return open.With(borrowed, new ObjectState(Used, call));
        }

        if (outcome?.Has(MmapLockFacts.Drops) != true)
        {
            return open;
        }

        if (known is { Name: Used })
        {
            _ = drops.TryAdd(call, (borrowed, null));
        }

        return known is null ? open.With(borrowed, new ObjectState(Dropped, call)) : open;
    }

    private static string? LastVerb(CallOutcome outcome, int parameter) =>
        outcome.OnParameters.Where(effect => effect.Parameter == parameter && effect.Verb is TlbGatherFacts.Gathers or TlbGatherFacts.Finishes or NotifierFacts.Starts or NotifierFacts.Ends)
            .Select(static effect => effect.Verb).LastOrDefault();
}
