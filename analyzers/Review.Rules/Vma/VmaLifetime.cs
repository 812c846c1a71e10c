using Review.Core.Flow;
using Review.Core.Syntax;
using Review.Flow.Facts;
using Review.Flow.Paths;
using Review.Rules.Locking;

namespace Review.Rules.Vma;

/// <summary>Why a VMA must not be touched any more.</summary>
internal enum VmaDeath
{
    /// <summary>mmap_lock was dropped: another thread may have freed it.</summary>
    LockDropped,

    /// <summary>It was merged into another one.</summary>
    Replaced,

    /// <summary>Its own lock was dropped, with the same consequence.</summary>
    Unlocked,
}

/// <summary>The end of a VMA's life, and the call that ended it.</summary>
internal sealed record Death(VmaDeath Kind, CallExpression Call)
{
    public string Name => Call.Name ?? Call.Operation?.Name ?? (Call.Callee.Unwrapped as NameExpression)?.Symbol.Name ?? "a call";

    /// <summary>Which call it was is for people only: paths on which different calls ended the same lives are one.</summary>
    public bool Equals(Death? other) => other is not null && Kind == other.Kind;

    public override int GetHashCode() => (int)Kind;

    /// <summary>What the call did, in the past tense.</summary>
    public string How => Kind switch
    {
        VmaDeath.LockDropped => "dropped mmap_lock",
        VmaDeath.Replaced => "replaced it",
        _ => "dropped its lock",
    };
}

/// <summary>What a path knows of the VMAs and files it holds.</summary>
/// <param name="Dead">VMAs that must not be touched any more.</param>
/// <param name="References">Files whose reference this function has taken, with the argument that named them then.</param>
/// <param name="Released">Files whose reference this function has given back, with the call.</param>
/// <param name="Handed">VMAs that the function was handed before it took mmap_lock: something else than the lock keeps them alive.</param>
internal sealed record VmaState(EquatableMap<Value, Death> Dead, EquatableMap<Value, Expression> References, EquatableMap<Value, CallExpression> Released, EquatableMap<Value, bool> Handed)
{
    public static readonly VmaState Initial = new(
        EquatableMap<Value, Death>.Empty, EquatableMap<Value, Expression>.Empty, EquatableMap<Value, CallExpression>.Empty, EquatableMap<Value, bool>.Empty);

    /// <summary>A value was just made anew: what is said of it belongs to the older one, which has generation 1 now.</summary>
    public VmaState Renew(UnknownValue value) => Age(value, value with { Generation = 1 });

    /// <summary>What is said of a value belongs to another one from now on.</summary>
    public VmaState Age(UnknownValue value, UnknownValue older) => Dead.Count + References.Count + Released.Count == 0
        ? this
        : new VmaState(Age(Dead, value, older), Age(References, value, older), Age(Released, value, older), Handed);

    private static EquatableMap<Value, T> Age<T>(EquatableMap<Value, T> map, UnknownValue value, UnknownValue older)
    {
        foreach (var (known, about) in map.Entries)
        {
            if (known.Replace(value, older) is var renamed && renamed != known)
            {
                map = map.Without(known).With(renamed, about);
            }
        }

        return map;
    }
}

/// <summary>
/// Follows the VMAs that a function holds. When mmap_lock is dropped, every VMA known so far may be
/// freed by another thread; what is looked up afterwards is good again. VMAs that other locks protect (found through the
/// reverse map, or under their own lock) are left out.
/// </summary>
internal abstract class VmaLifetime : PathAnalysis<VmaState>
{
    private const string Vma = "vm_area_struct";

    private readonly FunctionFacts facts;

    /// <summary>The variables that hold VMAs which other locks protect, by their assignments.</summary>
    private readonly HashSet<VariableSymbol> protectedVariables;

    /// <summary>The members of other records through which the function gets at VMAs, e.g. <c>behavior->vma</c>; one expression for each.</summary>
    private readonly List<MemberExpression> members;

    protected VmaLifetime(FunctionDefinition function, FunctionFacts facts)
        : base(ControlFlowGraph.Create(function))
    {
        this.facts = facts;
        protectedVariables = [.. function.Body.DescendantsAndSelf().Select(ProtectedBy).OfType<VariableSymbol>()];
        members =
        [
            .. function.Body.DescendantsAndSelf<MemberExpression>()
                .Where(static member => member is { IsArrow: true, Target.Unwrapped: NameExpression { Symbol: VariableSymbol } } && member.Type.IsPointerTo(Vma) && member.Field.Record != Vma)
                .DistinctBy(static member => (((NameExpression)member.Target.Unwrapped).Symbol, member.Field)),
        ];
    }

    /// <summary>True if the function has to do with a VMA at all.</summary>
    public static bool Concerns(FunctionDefinition function) =>
        function.Body.DescendantsAndSelf<Expression>().Any(static expression => expression.Type.IsPointerTo(Vma));

    /// <summary>Follows the function's paths.</summary>
    public void Run() => Run(VmaState.Initial);

    /// <summary>Why a VMA must not be touched any more, or null if it is good.</summary>
    protected static Death? DeathOf(Path<VmaState> path, Value vma) => path.Protocol.Dead[vma];

    /// <summary>For a file or name that was read from a VMA without a reference of its own, the VMA.</summary>
    protected static Value? OwnerOf(Value value) =>
        value is UnknownValue { Source: InitialContent { Place: FieldPlace { Field: { Record: Vma, Name: "vm_file" or "anon_name" }, Container: PointeePlace owner } } }
            ? owner.Pointer
            : null;

    /// <summary>A call has ended in one of its ways; what it means for VMAs is already in the path.</summary>
    protected virtual VmaState OnCall(Path<VmaState> before, VmaState after, CallExpression call, CallOutcome outcome) => after;

    /// <summary>What calls do.</summary>
    protected FunctionFacts Facts => facts;

    /// <summary>A flag that says whether the lock was dropped has to stay with what was dropped.</summary>
    protected override bool KeepsFlagsApart => true;

    protected override IEnumerable<Path<VmaState>> Visit(Path<VmaState> path, Node node) => node is CallExpression call ? VisitCall(path, call) : base.Visit(path, node);

    private List<Path<VmaState>> VisitCall(Path<VmaState> path, CallExpression call)
    {
        var ends = facts.Apply(path.State, call).Select(next => new Path<VmaState>(next.State, Move(path, call, next.State, next.Outcome))).ToList();
        if (VisitorCall.MarkOf(call) is { } mark)
        {
            ends.AddRange(ends.ConvertAll(end => new Path<VmaState>(
                end.State.Write(new VariablePlace(mark), new ConstantValue(0)),
                Kill(end.Protocol, KnownVmas(path.State).Where(vma => !IsProtected(vma)), new Death(VmaDeath.LockDropped, call)))));
        }

        return ends;
    }

    protected override VmaState Rename(VmaState protocol, UnknownValue value, UnknownValue older) => protocol.Age(value, older);

    protected override VmaState Simplify(VmaState protocol, PathState state)
    {
        if (protocol.Dead.Count + protocol.Released.Count + protocol.Handed.Count == 0)
        {
            return protocol;
        }

        // What no place holds any more cannot come up again; a file that was given back only where it is still held.
        bool IsHeld(Value value) => value is UnknownValue unknown
            && (state.Holds(unknown) || (unknown.Source is InitialContent { Place: var place } && state.Read(place) == value && IsReachable(place)));
        bool IsReachable(Place place) => place.Root is not PointeePlace pointee || IsHeld(pointee.Pointer);
        return new VmaState(
            protocol.Dead.Where(IsHeld), protocol.References, protocol.Released.Where(value => value is UnknownValue unknown && state.Holds(unknown)), protocol.Handed.Where(IsHeld));
    }

    private VmaState Move(Path<VmaState> before, CallExpression call, PathState state, CallOutcome? outcome)
    {
        var protocol = before.Protocol.Renew(new UnknownValue(call));
        foreach (var (_, value) in state.Contents)
        {
            if (value is UnknownValue { Generation: 0, Source: WrittenBy by } written && by.Node == call)
            {
                protocol = protocol.Renew(written);
            }
        }

        if (protocol.Dead.Count > 0 && call.Function is not null)
        {
            protocol = protocol with { Dead = protocol.Dead.Where(vma => !IsWithinReach(before.State, call, vma)) };
        }

        if (outcome is null)
        {
            return protocol;
        }

        if (outcome.Has(MmapLockFacts.Takes) && !outcome.Has(MmapLockFacts.Drops))
        {
            foreach (var vma in KnownVmas(before.State).Where(vma => vma is UnknownValue { Source: InitialContent } && !protocol.Dead.Contains(vma)))
            {
                protocol = protocol with { Handed = protocol.Handed.With(vma, true) };
            }
        }

        if (outcome.Has(MmapLockFacts.Drops))
        {
            protocol = Kill(protocol, KnownVmas(before.State).Where(vma => !protocol.Handed.Contains(vma) && !IsProtected(vma)), new Death(VmaDeath.LockDropped, call));
        }

        foreach (var (verb, parameter) in outcome.OnParameters)
        {
            if (verb is MmapLockFacts.Replaces or MmapLockFacts.UnlocksVma && parameter < call.Arguments.Length)
            {
                var kind = verb == MmapLockFacts.Replaces ? VmaDeath.Replaced : VmaDeath.Unlocked;
                protocol = Kill(protocol, [ExpressionSemantics.Evaluate(before.State, call.Arguments[parameter])], new Death(kind, call));
            }
            else if (verb == MmapLockFacts.ReplacesOwner && MergedRange.OwnerIn(call, parameter, Graph.Function) is { } owner)
            {
                protocol = Kill(protocol, [ExpressionSemantics.Evaluate(before.State, owner)], new Death(VmaDeath.Replaced, call));
            }
        }

        return OnCall(before, protocol, call, outcome);
    }

    private static VmaState Kill(VmaState protocol, IEnumerable<Value> vmas, Death death)
    {
        var dead = protocol.Dead;
        foreach (var vma in vmas)
        {
            if (!dead.Contains(vma))
            {
                dead = dead.With(vma, death);
            }
        }

        return protocol with { Dead = dead };
    }

    /// <summary>True if a VMA is the content of a record's member, and a function of which nothing is known gets that record: it may have looked it up again.</summary>
    private bool IsWithinReach(PathState state, CallExpression call, Value vma) =>
        vma is UnknownValue { Source: InitialContent { Place: FieldPlace { Container: PointeePlace record } } }
        && Enumerable.Range(0, call.Arguments.Length).Any(i => facts.MayChange(call, i) && ExpressionSemantics.Evaluate(state, call.Arguments[i]) == record.Pointer);

    /// <summary>All VMAs that the function may still name.</summary>
    private IEnumerable<Value> KnownVmas(PathState state)
    {
        foreach (var parameter in Graph.Function.Parameters)
        {
            var initial = new UnknownValue(new InitialContent(new VariablePlace(parameter)));
            if (parameter.Type.IsPointerTo(Vma))
            {
                yield return initial;
            }
            else if (parameter.Type.IsPointerToPointerTo(Vma))
            {
                yield return new UnknownValue(new InitialContent(new PointeePlace(initial)));
            }
        }

        foreach (var member in members)
        {
            if (ExpressionSemantics.PlaceOf(state, member) is { } place && state.Read(place) is UnknownValue vma)
            {
                yield return vma;
            }
        }

        foreach (var (place, value) in state.Contents)
        {
            if (value is UnknownValue && HoldsVma(place))
            {
                yield return value;
            }

            if (OwnerOf(value) is UnknownValue owner)
            {
                yield return owner;
            }
        }
    }

    private bool HoldsVma(Place place) => place switch
    {
        VariablePlace { Variable: var variable } => variable.Type.IsPointerTo(Vma) && !protectedVariables.Contains(variable),
        PointeePlace { Pointer: UnknownValue { Source: InitialContent { Place: VariablePlace pointer } } } => pointer.Variable.Type.IsPointerToPointerTo(Vma),
        _ => false,
    };

    /// <summary>True if mmap_lock is not what keeps the VMA alive: it was found under another lock, or nobody else can see it yet.</summary>
    protected bool IsProtected(Value vma) =>
        vma is UnknownValue { Source: CallExpression { Function: { } finder } } && facts.OutcomesOf(finder.Name).Any(static outcome => outcome.Has(MmapLockFacts.ReturnsProtected));

    private VariableSymbol? ProtectedBy(Node node)
    {
        var (variable, value) = node switch
        {
            LocalDeclaration declaration => (declaration.Symbol, declaration.Initializer),
            AssignmentExpression { Target: NameExpression { Symbol: VariableSymbol target }, Compound: null } assignment => (target, assignment.Value),
            _ => ((VariableSymbol?)null, (Expression?)null),
        };
        return value?.Unwrapped is CallExpression { Function: { } function } && facts.OutcomesOf(function.Name).Any(static outcome => outcome.Has(MmapLockFacts.ReturnsProtected))
            ? variable
            : null;
    }
}
