using Review.Core.Engine;
using Review.Core.Flow;
using Review.Core.Syntax;
using Review.Flow.Facts;
using Review.Flow.Paths;
using Review.Rules.Locking;
using Review.Rules.Vma;

namespace Review.Rules.Walk;

/// <summary>What a path of a visitor knows of the bound it was given.</summary>
/// <param name="Drop">The call that dropped mmap_lock; null before.</param>
/// <param name="Found">VMAs that were looked up after that.</param>
/// <param name="Clamps">The variables that hold such a VMA's end now, with the assignment.</param>
internal sealed record BoundState(CallExpression? Drop, EquatableMap<Value, CallExpression> Found, EquatableMap<VariableSymbol, AssignmentExpression> Clamps)
{
    public static readonly BoundState Initial = new(null, EquatableMap<Value, CallExpression>.Empty, EquatableMap<VariableSymbol, AssignmentExpression>.Empty);
}

/// <summary>
/// A visitor of a walk drops mmap_lock, looks the VMA up again and works only to its new end. If the new bound stays in a variable of its own, the
/// walker goes on from the old one, and what lies between them is left out.
/// </summary>
internal sealed class KeptBound : PathAnalysis<BoundState>
{
    private const string Vma = "vm_area_struct";

    private readonly FunctionFacts facts;
    private readonly VmaLookupFacts lookups;
    private readonly bool isPrevFollowed;
    private readonly Dictionary<AssignmentExpression, (VariableSymbol Bound, CallExpression Drop, ReturnStatement? Return)> kept = [];

    private KeptBound(FunctionAnalysisContext context, MmapLockFacts locks)
        : base(ControlFlowGraph.Create(context.Function))
    {
        facts = locks.Functions;
        lookups = VmaLookupFacts.Of(context);
        isPrevFollowed = context.Facts.Get(static unit => new Followers(unit)).Any;
    }

    /// <summary>The store of a bound, from where it was given, back to there; null if the function has none. It came too early if the bound is brought down after it.</summary>
    public static AssignmentExpression? StoreOf(VariableSymbol bound, FunctionDefinition function) =>
        function.Body.DescendantsAndSelf<AssignmentExpression>().FirstOrDefault(assignment =>
            assignment is { Compound: null, Target.Unwrapped: UnaryExpression { Operator: UnaryOperator.Dereference } target } && IsParameter(target.Operand) && LoopRound.IsVariable(bound)(assignment.Value));

    /// <summary>The assignments that bring a bound down for nobody but the function, each with the bound, the call that dropped the lock and a return.</summary>
    public static IEnumerable<(AssignmentExpression Clamp, VariableSymbol Bound, CallExpression Drop, ReturnStatement? Return)> In(FunctionAnalysisContext context)
    {
        var locks = MmapLockFacts.Of(context);
        if (!IsVisitor(context.Function) || !locks.MayKill(context.Function) || !VmaLookupFacts.Of(context).Concerns(context.Function))
        {
            return [];
        }

        var analysis = new KeptBound(context, locks);
        analysis.Run(BoundState.Initial);
        return analysis.kept.OrderBy(static pair => pair.Key.Span.Start).Select(static pair => (pair.Key, pair.Value.Bound, pair.Value.Drop, pair.Value.Return));
    }

    protected override IEnumerable<Path<BoundState>> Visit(Path<BoundState> path, Node node) => node switch
    {
        CallExpression call => VisitCall(path, call),
        AssignmentExpression { Target.Unwrapped: NameExpression { Symbol: VariableSymbol { IsAutomatic: true } variable } } assignment when variable.Type.Canonical is IntegerType =>
            base.Visit(path with { Protocol = Assign(path, variable, assignment) }, node),
        _ => base.Visit(path, node),
    };

    private IEnumerable<Path<BoundState>> VisitCall(Path<BoundState> path, CallExpression call) =>
        facts.Apply(path.State, call).Select(next => new Path<BoundState>(next.State, Move(path, call, next.State, next.Outcome)));

    protected override BoundState Rename(BoundState protocol, UnknownValue value, UnknownValue older) =>
        protocol.Found[value] is { } lookup ? protocol with { Found = protocol.Found.Without(value).With(older, lookup) } : protocol;

    protected override bool IsWanted(BoundState protocol, Place place) => place is VariablePlace { Variable: var variable } && protocol.Clamps.Contains(variable);

    protected override void AtExit(Path<BoundState> path, ReturnStatement? @return)
    {
        if (path.Protocol.Drop is not { } drop || !StalePrev.MaySucceed(path.State))
        {
            return;
        }

        foreach (var (bound, clamp) in path.Protocol.Clamps)
        {
            if (!IsGivenBack(path, path.State.Read(new VariablePlace(bound))))
            {
                _ = kept.TryAdd(clamp, (bound, drop, @return));
            }
        }
    }

    /// <summary>A visitor gets a VMA, and by value or through a pointer the range to work on.</summary>
    private static bool IsVisitor(FunctionDefinition function) =>
        function.Parameters.Any(static parameter => parameter.Type.IsPointerTo(Vma))
        && function.Parameters.Count(static parameter => parameter.Type.Canonical is IntegerType { Size: 8, IsSigned: false } || parameter.Type.Pointee is IntegerType { Size: 8, IsSigned: false }) >= 2;

    private BoundState Move(Path<BoundState> before, CallExpression call, PathState state, CallOutcome? outcome)
    {
        var protocol = before.Protocol;
        if (outcome?.Has(MmapLockFacts.Drops) == true)
        {
            protocol = BoundState.Initial with { Drop = protocol.Drop ?? call };
        }

        return protocol.Drop is not null && call.Type.IsPointerTo(Vma) && lookups.LookupOf(call) is not null && state.Temporary(call) is { } found
            ? protocol with { Found = protocol.Found.With(found, call) }
            : protocol;
    }

    private BoundState Assign(Path<BoundState> path, VariableSymbol variable, AssignmentExpression assignment)
    {
        var value = ExpressionSemantics.Evaluate(path.State, assignment.Value);
        var isClamp = assignment.Compound is null
            && value is UnknownValue { Source: InitialContent { Place: FieldPlace { Field: { Record: Vma, Name: "vm_end" }, Container: PointeePlace vma } } } && path.Protocol.Found.Contains(vma.Pointer)
            && IsGiven(variable) && !assignment.Ancestors().Any(static node => node is WhileStatement or ForStatement);
        return isClamp ? path.Protocol with { Clamps = path.Protocol.Clamps.With(variable, assignment) }
            : path.Protocol.Clamps.Contains(variable) && value != path.State.Read(new VariablePlace(variable)) ? path.Protocol with { Clamps = path.Protocol.Clamps.Without(variable) }
            : path.Protocol;
    }

    /// <summary>True for a parameter, and for a local variable that is loaded from where a parameter points to.</summary>
    private bool IsGiven(VariableSymbol variable) => variable.Kind == VariableKind.Parameter
        || Graph.Function.Body.DescendantsAndSelf().Any(node => node switch
        {
            LocalDeclaration { Initializer: { } initializer } declaration => declaration.Symbol == variable && IsParameter(initializer),
            AssignmentExpression { Compound: null } assignment => LoopRound.IsVariable(variable)(assignment.Target) && IsParameter(assignment.Value),
            _ => false,
        });

    private static bool IsParameter(Expression expression) => expression.Unwrapped switch
    {
        NameExpression { Symbol: VariableSymbol { Kind: VariableKind.Parameter } } => true,
        UnaryExpression { Operator: UnaryOperator.Dereference } dereference => IsParameter(dereference.Operand),
        _ => false,
    };

    private bool IsGivenBack(Path<BoundState> path, Value bound)
    {
        foreach (var (place, value) in path.State.Contents)
        {
            if (place.Root is PointeePlace { Pointer: UnknownValue { Source: InitialContent { Place: VariablePlace { Variable.Kind: VariableKind.Parameter } } } }
                && (value == bound || (isPrevFollowed && path.Protocol.Found.Contains(value))))
            {
                return true;
            }
        }

        return path.State.Read(ResultPlace.Instance) == bound;
    }

    /// <summary>Whether a walker of the file always goes on from the end of the VMA that a visitor has left it.</summary>
    private sealed class Followers(TranslationUnit unit)
    {
        public bool Any { get; } = unit.Functions.SelectMany(static function => function.Body.DescendantsAndSelf<AssignmentExpression>()).Any(IsFollowing);

        private static bool IsFollowing(AssignmentExpression assignment) =>
            assignment is { Compound: null, Value.Unwrapped: MemberExpression { Field: { Record: Vma, Name: "vm_end" }, Target.Unwrapped: NameExpression { Symbol: VariableSymbol { IsAutomatic: true } left } } }
            && assignment.Ancestors().Any(static node => node is WhileStatement or ForStatement or DoStatement)
            && assignment.Ancestors().OfType<IfStatement>().FirstOrDefault() is { Condition.Unwrapped: NameExpression { Symbol: VariableSymbol tested } } && tested == left;
    }
}
