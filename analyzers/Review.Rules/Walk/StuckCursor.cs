using Review.Core.Flow;
using Review.Core.Syntax;
using Review.Flow.Facts;
using Review.Flow.Paths;

namespace Review.Rules.Walk;

/// <summary>Where a path stands in a round of the loop under watch.</summary>
/// <param name="IsInside">True from the head on until the loop is left.</param>
/// <param name="IsAdvanced">True if the round has set the address.</param>
internal readonly record struct RoundState(bool IsInside, bool IsAdvanced);

/// <summary>
/// A walk over VMAs keeps the address at which it looks the next one up. A round that comes to its end without setting it visits the
/// same VMA again.
/// </summary>
internal sealed class StuckCursor : PathAnalysis<RoundState>
{
    private readonly LoopRound round;
    private readonly FunctionFacts facts;
    private readonly Func<Expression, bool> isCursor;
    private readonly List<UnknownValue> lookups;
    private bool isStuck;

    private StuckCursor(ControlFlowGraph graph, LoopRound round, FunctionFacts facts, Expression cursor, List<UnknownValue> lookups)
        : base(graph)
    {
        this.lookups = lookups;
        this.round = round;
        this.facts = facts;
        isCursor = expression => Place(expression) == Place(cursor);
    }

    /// <summary>The lookups of a loop whose address some round does not set.</summary>
    public static IEnumerable<(Expression Cursor, CallExpression Lookup)> In(ControlFlowGraph graph, LoopRound round, VmaLookupFacts lookups, FunctionFacts facts)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var calls = round.Nodes.OfType<CallExpression>().ToList();
        var results = calls.Where(call => lookups.LookupOf(call) is not null).Select(static call => new UnknownValue(call)).ToList();
        foreach (var call in results.Count > 0 ? calls : [])
        {
            foreach (var cursor in Cursors(call, round, lookups))
            {
                if (seen.Add(Place(cursor)!) && new StuckCursor(graph, round, facts, cursor, results) is var analysis && round.Writes(analysis.isCursor) && round.CanSkip(analysis.isCursor) && analysis.Find())
                {
                    yield return (cursor, call);
                }
            }
        }
    }

    protected override IEnumerable<Path<RoundState>> Visit(Path<RoundState> path, Node node)
    {
        if (LoopRound.IsWrite(node, isCursor))
        {
            path = path with { Protocol = path.Protocol with { IsAdvanced = true } };
        }

        return node is CallExpression call ? VisitCall(path, call) : base.Visit(path, node);
    }

    private IEnumerable<Path<RoundState>> VisitCall(Path<RoundState> path, CallExpression call) => facts.Apply(path.State, call).Select(next => path.In(next.State));

    protected override Path<RoundState>? Follow(Path<RoundState> path, FlowEdge edge)
    {
        if (base.Follow(path, edge) is not { } next)
        {
            return null;
        }

        if (edge.To == round.Head)
        {
            isStuck |= round.Ends(edge) && path.Protocol is { IsInside: true, IsAdvanced: false };
            return next with { Protocol = new RoundState(IsInside: true, IsAdvanced: false) };
        }

        // Where the lookup has found nothing there is no VMA to be visited again.
        var foundNothing = lookups.Exists(lookup => path.State.Holds(lookup) && !next.State.Holds(lookup));
        return !round.Blocks.Contains(edge.To) ? next with { Protocol = default } : foundNothing || EndsInnerWalk(edge) ? next with { Protocol = next.Protocol with { IsAdvanced = true } } : next;
    }

    /// <summary>True if the edge leaves a loop within the round that brings the address up to a bound: whether it was there already is not known.</summary>
    private bool EndsInnerWalk(FlowEdge edge) =>
        edge.Condition is BranchCondition { Outcome: false, Expression: var condition } && condition.DescendantsAndSelf<Expression>().Any(isCursor)
        && condition.Ancestors().OfType<Statement>().FirstOrDefault() is ForStatement or WhileStatement
        && condition.Ancestors().OfType<Statement>().First() is var loop && loop != round.Loop && loop.DescendantsAndSelf().Any(node => LoopRound.IsWrite(node, isCursor));

    /// <summary>The address of a lookup, and the one that leaves the loop and goes to a visitor with the VMA.</summary>
    private static IEnumerable<Expression> Cursors(CallExpression call, LoopRound round, VmaLookupFacts lookups)
    {
        if (lookups.LookupOf(call) is var (address, _))
        {
            return Place(address) is null ? [] : [address];
        }

        if (BoundsOf(call, round).ToList() is { Count: > 0 } bounds)
        {
            return bounds;
        }

        return call.Arguments.Any(static argument => argument.Type.IsPointerTo("vm_area_struct"))
            ? call.Arguments.Where(argument => argument.Type.Canonical is IntegerType { Size: 8 } && Place(argument) is { } place && round.IsExitCompared(place, Place))
            : [];
    }

    /// <summary>
    /// The bounds in a record, <c>range->start</c>, which a round sets somewhere, where a call gets the record, or the one around it, and the loop ends by the other bound.
    /// </summary>
    private static IEnumerable<Expression> BoundsOf(CallExpression call, LoopRound round)
    {
        foreach (var member in round.Nodes.OfType<AssignmentExpression>().Select(static assignment => assignment.Target).OfType<MemberExpression>())
        {
            if (member is { IsArrow: true, Type.Canonical: IntegerType { Size: 8, IsSigned: false }, Target.Unwrapped: NameExpression { Symbol: VariableSymbol { IsAutomatic: true } record } }
                && call.Arguments.Any(argument => argument.Unwrapped is NameExpression { Symbol: VariableSymbol handed } && (handed == record || IsAround(handed, record, member)))
                && round.Nodes.OfType<MemberExpression>().FirstOrDefault(other => other.Field != member.Field && other.Field.Record == member.Field.Record && LoopRound.IsVariable(record)(other.Target)
                    && round.IsExitCompared(Place(other)!, Place)) is not null)
            {
                yield return member;
            }
        }
    }

    /// <summary>True if a variable is declared as the address of a member of what another one points to.</summary>
    private static bool IsAround(VariableSymbol container, VariableSymbol record, Node within) =>
        within.Ancestors().Last().DescendantsAndSelf<LocalDeclaration>().Any(declaration => declaration.Symbol == record
            && declaration.Initializer?.Unwrapped is UnaryExpression { Operator: UnaryOperator.AddressOf, Operand: MemberExpression { IsArrow: true, Target.Unwrapped: NameExpression name } } && name.Symbol == container);

    /// <summary>A name for a variable or a member of what one points to; null for other expressions.</summary>
    private static string? Place(Expression expression) => expression.Unwrapped switch
    {
        NameExpression { Symbol: VariableSymbol { IsAutomatic: true } variable } => $"{variable.Name}@{variable.Span.Start}",
        MemberExpression member => Place(member.Target) is { } container ? $"{container}.{member.Field.Name}" : null,
        _ => null,
    };

    private bool Find()
    {
        Run(default);
        return isStuck;
    }
}
