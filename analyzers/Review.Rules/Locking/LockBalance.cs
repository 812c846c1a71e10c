using System.Collections.Immutable;
using Review.Core.Flow;
using Review.Core.Syntax;
using Review.Flow.Facts;
using Review.Flow.Paths;

namespace Review.Rules.Locking;

/// <summary>
/// Follows mmap_lock along the paths of one function. The function may be entered with the lock or without it: what a path does first says which. A function is
/// taken to work on one address space; one that spells several is not followed.
/// </summary>
internal sealed class LockBalance : PathAnalysis<LockState>
{
    private const string Vma = "vm_area_struct";

    /// <summary>Records of which the members are no requests of a caller, but the things that are worked on.</summary>
    private static readonly HashSet<string> Things = [Vma, "mm_struct", "file", "page", "folio", "inode", "address_space", "task_struct"];

    private readonly LockContracts contracts;
    private readonly FunctionFacts facts;
    private readonly Dictionary<Expression, LockDefect> defects = [];
    private readonly List<LockExit> exits = [];
    private readonly Dictionary<CallExpression, bool> unsure = [];

    /// <summary>The parameters that hold to the end what the caller handed over.</summary>
    private readonly ImmutableArray<VariableSymbol> unchanged;

    /// <summary>The numbers with which the function compares something.</summary>
    private readonly ImmutableArray<long> compared;

    /// <summary>The same of records that are handed over by value.</summary>
    private readonly ImmutableArray<VariableSymbol> records;

    /// <summary>True if the function releases the lock itself. Where it does not, a try that fails may be how it asserts that its caller holds the lock: <c>BUG_ON(mmap_read_trylock(mm))</c>.</summary>
    private readonly bool releases;

    /// <summary>The members of parameters that are records, and of what parameters point to, that the function names; numbers only.</summary>
    private readonly ImmutableArray<(VariableSymbol Parameter, FieldSymbol Field, bool IsPointer)> members;

    public LockBalance(FunctionDefinition function, LockContracts contracts)
        : base(ControlFlowGraph.Create(function))
    {
        this.contracts = contracts;
        facts = contracts.Facts;
        releases = function.Body.DescendantsAndSelf<CallExpression>().SelectMany(MmapLockModeFacts.EffectsOf).Any(static effect => effect is MmapLockModeFacts.UnlocksForReading or MmapLockModeFacts.UnlocksForWriting);
        unchanged = UnchangedParameters.Of(function);
        records = UnchangedParameters.RecordsOf(function);
        compared = [.. function.Body.DescendantsAndSelf<BinaryExpression>().Where(static comparison => comparison is { Operator: BinaryOperator.Equal or BinaryOperator.NotEqual, Right.Constant: not null }).Select(static comparison => comparison.Right.Constant!.Value).Distinct()];
        members =
        [
            .. function.Body.DescendantsAndSelf<MemberExpression>()
                .Where(static member => member is { Type.Canonical: IntegerType or EnumType } && !Things.Contains(member.Field.Record) && member.Field.Name != Review.Rules.Vma.LockDropMark.Mark)
                .Select(static member => (Parameter: (member.Target.Unwrapped as NameExpression)?.Symbol as VariableSymbol, member.Field, member.IsArrow))
                .Where(static member => member.Parameter is { Kind: VariableKind.Parameter })
                .Select(static member => (member.Parameter!, member.Field, member.IsArrow))
                .Distinct(),
        ];
    }

    /// <summary>The steps that are wrong, in source order.</summary>
    public IEnumerable<LockDefect> Defects => defects.Values.OrderBy(static defect => defect.At.Span.Start);

    /// <summary>True if a path was given up because it is not known what a call does to the lock.</summary>
    public bool IsUnsure { get; private set; }

    /// <summary>How paths end; those on which something is wrong already are left out.</summary>
    public IReadOnlyList<LockExit> Exits => exits;

    protected override bool KeepsFlagsApart => true;

    protected override int MaximumPaths => ManyPaths;

    /// <summary>Follows the paths.</summary>
    public void Run() => Run(IsSystemCall(Graph.Function) ? new LockState(Hold.Not, Hold.Not, null) : LockState.Initial);

    /// <summary>What a caller handed over stays known to the end: it may be what the end depends on.</summary>
    protected override bool IsWanted(LockState protocol, Place place) => place.Root is VariablePlace { Variable.Kind: VariableKind.Parameter };

    protected override IEnumerable<Path<LockState>> Visit(Path<LockState> path, Node node)
    {
        switch (node)
        {
            case CallExpression call:
                return path.Protocol.IsSpoilt ? VisitSpoilt(path, call) : VisitCall(path, call);
            case AssignmentExpression { Target: MemberExpression { Field: { Record: Vma, Name: "vm_flags" or "__vm_flags" } } target } when path.Protocol.Now == Hold.Reading && IsShared(path.State, target):
                Note(LockDefectKind.ChangedUnderReadLock, target, path.Protocol);
                return base.Visit(path, node);
            default:
                return base.Visit(path, node);
        }
    }

    private IEnumerable<Path<LockState>> VisitSpoilt(Path<LockState> path, CallExpression call) => facts.Apply(path.State, call).Select(next => path.In(next.State));

    private IEnumerable<Path<LockState>> VisitCall(Path<LockState> path, CallExpression call)
    {
        var direct = MmapLockModeFacts.EffectsOf(call);
        var protocol = CheckNeeds(path, call);
        var ends = facts.Apply(path.State, call).ToList();
        if (LockState.IsHeld(protocol.Now) && call.Function is { } helper && facts.IsDefinedHere(helper.Name) && ends.Exists(static end => !Steps(end.Outcome).Any() && end.Outcome?.Result.Signs != Signs.Negative))
        {
            // A helper that takes the lock only if nobody has noted that it is held does not take it here.
            _ = ends.RemoveAll(static end => Steps(end.Outcome).ToList() is [MmapLockFacts.Takes]);
        }

        if (ends.Count > 1 && HangsOnTheUnknown(call, ends.ConvertAll(static end => end.Outcome)))
        {
            // What it does hangs on something that is not known any more, and nothing shows afterwards what it was.
            IsUnsure = true;
            protocol = protocol with { IsSpoilt = true };
        }

        return ends.Select(next => new Path<LockState>(next.State, Owned(path, call, Move(protocol, call, direct, next.Outcome))));
    }

    /// <summary>Notes whose lock it is that a path takes or releases first.</summary>
    private static LockState Owned(Path<LockState> before, CallExpression call, LockState state) =>
        before.Protocol.First is null && state.First == call && call.Arguments.FirstOrDefault(static argument => argument.Type.IsPointerTo("mm_struct")) is { } owner
            ? state with { FirstOwner = ExpressionSemantics.Evaluate(before.State, owner) } : state;

    protected override void AtExit(Path<LockState> path, ReturnStatement? @return)
    {
        if (path.Protocol.IsSpoilt)
        {
            return;
        }

        var asked = ImmutableDictionary.CreateBuilder<Place, Fact>();
        var told = ImmutableDictionary.CreateBuilder<Place, LeftBehind>();
        foreach (var parameter in unchanged)
        {
            asked[new VariablePlace(parameter)] = path.State.FactOf(path.State.Read(new VariablePlace(parameter)));
        }

        foreach (var parameter in Graph.Function.Parameters.Where(static parameter => parameter.Type.Pointee is IntegerType or EnumType or PointerType && !parameter.Type.IsPointerToPointerTo(Vma)))
        {
            Add(new PointeePlace(InitialValue(parameter)));
        }

        foreach (var (parameter, field, isPointer) in members)
        {
            if (isPointer)
            {
                Add(new FieldPlace(new PointeePlace(InitialValue(parameter)), field));
            }
            else if (records.Contains(parameter))
            {
                Place member = new FieldPlace(new VariablePlace(parameter), field);
                asked[member] = path.State.FactOf(path.State.Read(member));
            }
        }

        var isExcluded = from place in asked.Keys
                         let content = path.State.Read(place)
                         where content is UnknownValue
                         from number in ExpressionSemantics.NumbersRuledOut(path.State, content)
                         where compared.Contains(number)
                         select (place, number);
        exits.Add(new LockExit(
            path.Protocol, @return, @return?.Value is null ? Fact.Nothing : path.State.FactOf(path.State.Read(ResultPlace.Instance)), asked.ToImmutable(), told.ToImmutable()) { Excluded = [.. isExcluded] });

        void Add(Place place)
        {
            var content = path.State.Read(place);
            var isKept = path.State.IsAsFound(place);
            told[place] = new LeftBehind(path.State.FactOf(content), isKept);
            asked[place] = isKept ? path.State.FactOf(content) : path.State.FactFound(place);
        }
    }

    private LockState CheckNeeds(Path<LockState> path, CallExpression call)
    {
        var state = path.Protocol;
        var needs = contracts.NeedsOf(call);
        if (state.Now == Hold.Not && needs.Contains(MmapLockNeeds.Needs))
        {
            return Spoil(LockDefectKind.CalledWithout, call, state);
        }

        // Of what a helper does on some of its paths only nothing is said, unless the function itself has taken the lock for it and given it back too early.
        if (state is { Entry: Hold.Not, Now: Hold.Not, Since: { } since } && since != state.First && contracts.ChangesVmasBelow(call) && !call.Arguments.Any(argument => IsOwn(path.State, argument)))
        {
            return Spoil(LockDefectKind.CalledWithout, call, state);
        }

        if (state.Now == Hold.Reading && needs.Contains(MmapLockNeeds.ChangesVmas) && (call.Arguments.IsEmpty || call.Arguments.Any(argument => !IsOwn(path.State, argument))))
        {
            Note(LockDefectKind.ChangedUnderReadLock, call, state);
        }

        // A helper that changes VMAs on some of its paths only, and for which others take the lock for writing.
        if (state is { Entry: Hold.Not, Now: Hold.Reading } && contracts.ChangesVmasBelow(call) && contracts.IsCalledForWriting(call.Function!, Graph.Function))
        {
            Note(LockDefectKind.ChangedUnderReadLock, call, state);
        }

        return state;
    }

    private LockState Move(LockState state, CallExpression call, EffectTrail direct, CallOutcome? outcome)
    {
        if (state.IsSpoilt)
        {
            return state;
        }

        var steps = Steps(outcome).ToList();
        if (direct.Contains(MmapLockModeFacts.LocksForReading) || direct.Contains(MmapLockModeFacts.LocksForWriting))
        {
            return steps is [MmapLockFacts.Takes] ? Take(state, call, direct.Contains(MmapLockModeFacts.LocksForReading) ? Hold.Reading : Hold.Writing)
                : steps.Count == 0 && outcome is not null && state.Now == Hold.AsEntered && (outcome.Result.Signs == Signs.Negative || releases) ? new LockState(Hold.Not, Hold.Not, call, call)
                : state;
        }

        if (direct.Contains(MmapLockModeFacts.UnlocksForReading) || direct.Contains(MmapLockModeFacts.UnlocksForWriting))
        {
            return steps is [MmapLockFacts.Drops] ? Release(state, call, direct.Contains(MmapLockModeFacts.UnlocksForReading) ? Hold.Reading : Hold.Writing) : state;
        }

        if (direct.Contains(MmapLockModeFacts.Downgrades) && steps.Count == 0)
        {
            return call.Type.Canonical is VoidType || outcome?.Result == Fact.Of(1) ? Downgrade(state, call)
                : state.Now == Hold.Writing && outcome?.Result.Allows(1) != false ? state with { Now = Hold.Somehow }
                : state;
        }

        if (MayDoMore(call, direct))
        {
            IsUnsure = true;
            return state with { IsSpoilt = true };
        }

        if (steps.Count == 0)
        {
            return state.Now == Hold.Writing && contracts.Reach(call).Contains(MmapLockModeFacts.Downgrades) ? state with { Now = Hold.Somehow } : state;
        }

        return Follow(state, call, steps);
    }

    /// <summary>
    /// True if a call can leave the lock in two ways, and neither its result nor anything that is known before it tells which. A function that gets records by value may be told by
    /// their members, which nobody follows through calls.
    /// </summary>
    private bool HangsOnTheUnknown(CallExpression call, List<CallOutcome?> ends)
    {
        var lasts = ends.ConvertAll(static end => Steps(end).LastOrDefault());
        if (lasts.Distinct(StringComparer.Ordinal).Count() < 2)
        {
            return false;
        }

        return call.Type.Canonical is VoidType
            || (call.Arguments.Any(static argument => argument.Type.Canonical is RecordType) && call.Function is { } function && contracts.IsFollowed(function.Name)
                && Enumerable.Range(0, ends.Count).Any(one => Enumerable.Range(0, one).Any(other => lasts[one] != lasts[other] && !(ends[one]?.Result ?? Fact.Nothing).And(ends[other]?.Result ?? Fact.Nothing).IsImpossible)));
    }

    private static IEnumerable<string> Steps(CallOutcome? outcome) => (outcome?.Effects ?? EffectTrail.Empty).Where(static effect => effect is MmapLockFacts.Drops or MmapLockFacts.Takes);

    /// <summary>True if a call may do more to the lock than is known; the answer is the same on all paths.</summary>
    private bool MayDoMore(CallExpression call, EffectTrail direct) =>
        unsure.TryGetValue(call, out var known) ? known : unsure[call] = direct.Contains(MmapLockModeFacts.MayRelease) || HandsOverFlag(call) || contracts.IsUnsure(call);

    /// <summary>True if a function of which nothing is known gets a flag by address that says whether the lock is held: it may release it.</summary>
    private bool HandsOverFlag(CallExpression call) =>
        (call.Function is not { } function || !facts.IsKnown(function.Name))
        && call.Arguments.Any(static argument => argument.Unwrapped is UnaryExpression { Operator: UnaryOperator.AddressOf, Operand: NameExpression { Symbol: VariableSymbol { Type.Canonical: IntegerType } flag } }
            && flag.Name.Contains("lock", StringComparison.Ordinal));

    /// <summary>A function that does several things: how it begins its own paths say, if they agree.</summary>
    private LockState Follow(LockState state, CallExpression call, List<string> steps)
    {
        var reach = contracts.Reach(call);
        var isDropFirst = contracts.IsEnteredWith(call) ?? steps[0] == MmapLockFacts.Drops;
        var isSure = steps.Count == 1 || contracts.IsEnteredWith(call) is not null;
        if (state.Now == Hold.Not && isDropFirst && isSure)
        {
            return Spoil(LockDefectKind.CalledWithout, call, state);
        }

        if (steps is [MmapLockFacts.Drops] && state.Now != Hold.Not && reach.Contains(MmapLockModeFacts.UnlocksForReading) != reach.Contains(MmapLockModeFacts.UnlocksForWriting))
        {
            return Release(state, call, reach.Contains(MmapLockModeFacts.UnlocksForReading) ? Hold.Reading : Hold.Writing);
        }

        if (steps is [MmapLockFacts.Takes] && LockState.IsHeld(state.Now) && contracts.IsEnteredWith(call) == false)
        {
            return Spoil(LockDefectKind.TakenTwice, call, state);
        }

        var mode = reach.Contains(MmapLockModeFacts.LocksForReading) == reach.Contains(MmapLockModeFacts.LocksForWriting) ? Hold.Somehow
            : reach.Contains(MmapLockModeFacts.LocksForReading) ? Hold.Reading
            : Hold.Writing;
        // A function that gives the lock back as it got it is right for callers in both modes, each on its own paths.
        return Step(state, isDropFirst ? Hold.Somehow : Hold.Not, steps[^1] == MmapLockFacts.Drops ? Hold.Not : LockState.IsHeld(state.Now) ? Hold.Somehow : mode, call);
    }

    private LockState Take(LockState state, CallExpression call, Hold mode) => LockState.IsHeld(state.Now)
        ? Spoil(LockDefectKind.TakenTwice, call, state)
        : Step(state, Hold.Not, mode, call);

    private LockState Release(LockState state, CallExpression call, Hold mode) => state.Now switch
    {
        Hold.Not => Spoil(LockDefectKind.ReleasedTwice, call, state),
        Hold.Reading or Hold.Writing when state.Now != mode => Spoil(LockDefectKind.WrongMode, call, state),
        _ => Step(state, mode, Hold.Not, call),
    };

    private static LockState Downgrade(LockState state, CallExpression call) =>
        Step(state, Hold.Writing, state.Now is Hold.Writing or Hold.AsEntered ? Hold.Reading : state.Now, call);

    /// <summary>The first step on a path says how the lock must have been held at entry.</summary>
    private static LockState Step(LockState state, Hold entry, Hold now, CallExpression call) =>
        state.Now == Hold.AsEntered ? new LockState(entry, now, call, call) : state with { Now = now, Since = call };

    private LockState Spoil(LockDefectKind kind, CallExpression call, LockState state)
    {
        Note(kind, call, state);
        return state with { IsSpoilt = true };
    }

    private void Note(LockDefectKind kind, Expression at, LockState state) => _ = defects.TryAdd(at, new LockDefect(kind, at, state));

    /// <summary>True if others can see the VMA: it is not one that the function has just made.</summary>
    private bool IsShared(PathState state, MemberExpression member) =>
        ExpressionSemantics.PlaceOf(state, member) is FieldPlace { Container: PointeePlace { Pointer: var vma } } && !IsNew(vma);

    private bool IsOwn(PathState state, Expression argument) => argument.Type.IsPointerTo(Vma) && IsNew(ExpressionSemantics.Evaluate(state, argument));

    private bool IsNew(Value vma) =>
        vma is UnknownValue { Source: CallExpression { Function: { } maker } } && !facts.IsDefinedHere(maker.Name) && facts.OutcomesOf(maker.Name).Any(static outcome => outcome.Has(MmapLockFacts.ReturnsProtected));

    private static UnknownValue InitialValue(VariableSymbol parameter) => new(new InitialContent(new VariablePlace(parameter)));

    /// <summary>System calls are entered from user space, without any lock.</summary>
    private static bool IsSystemCall(FunctionDefinition function) =>
        function.Name.StartsWith("__do_sys_", StringComparison.Ordinal) || function.Name.StartsWith("__do_compat_sys_", StringComparison.Ordinal);
}
