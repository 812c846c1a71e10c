using System.Globalization;
using Review.Core.Engine;
using Review.Core.Flow;
using Review.Core.Syntax;
using Review.Flow.Facts;
using Review.Flow.Paths;

namespace Review.Rules.References;

/// <summary>
/// Follows the references that a function takes to where it gives them back. Whatever is stored, returned, or goes to a function of which nothing is known,
/// is somebody else's business from there on.
/// </summary>
internal sealed class ReferencePaths : PathAnalysis<ReferenceState>
{
    /// <summary>VM_FAULT_ERROR and VM_FAULT_RETRY of include/linux/mm_types.h.</summary>
    private const long FaultFailures = 0x0001 | 0x0002 | 0x0010 | 0x0020 | 0x0040 | 0x0400 | 0x0800;

    private readonly ReferenceFacts facts;
    private readonly Borrowers borrowers;
    private readonly ReferenceGivers givers;
    private readonly ReferenceLedger ledger;

    public ReferencePaths(FunctionDefinition function, ReferenceFacts facts, Borrowers borrowers, ReferenceGivers givers, ReferenceLedger ledger)
        : base(ControlFlowGraph.Create(function)) => (this.facts, this.borrowers, this.givers, this.ledger) = (facts, borrowers, givers, ledger);

    /// <summary>Follows the function's paths.</summary>
    public void Run()
    {
        Run(ReferenceState.Initial);
        ledger.HasAllPaths = !HasMerged;
    }

    protected override IEnumerable<Path<ReferenceState>> Visit(Path<ReferenceState> path, Node node)
    {
        switch (node)
        {
            case CallExpression call:
                return VisitCall(path, call);
            case AssignmentExpression { Target: not NameExpression { Symbol: VariableSymbol { IsAutomatic: true } } } assignment:
                return base.Visit(Store(path, assignment.Value), node);
            case LocalDeclaration { Initializer: InitializerList list }:
                return base.Visit(list.Elements.Aggregate(path, (next, element) => Store(next, element.Value)), node);
            case ReturnStatement { Value: { } result }:
                Note(path.Protocol, path.Protocol.Thing(ExpressionSemantics.Evaluate(path.State, result)), ledger.Return);
                return base.Visit(Store(path, result), node);
            case AsmStatement { Clobbers: var clobbers } assembly when clobbers.Contains("memory"):
                // What goes in may be in memory afterwards: xchg(&pid, new).
                return base.Visit(assembly.Children.OfType<Expression>().Aggregate(path, Store), node);
            case MemberExpression { IsArrow: true } member:
                CheckUse(path, member.Target, member);
                return base.Visit(path, node);
            case BinaryExpression { Operator: BinaryOperator.Add or BinaryOperator.Subtract or BinaryOperator.BitwiseOr or BinaryOperator.BitwiseAnd or BinaryOperator.ShiftLeft or BinaryOperator.ShiftRight } sum:
                return base.Visit(path, node).Select(next => Name(next, sum));
            default:
                return base.Visit(path, node);
        }
    }

    /// <summary>Where a pointer to a page is found to be null, and a reference is held to another one, the two may have been the same: then nobody gets here.</summary>
    protected override Path<ReferenceState>? Follow(Path<ReferenceState> path, FlowEdge edge)
    {
        var next = base.Follow(path, edge);
        if (edge.Condition is BranchCondition { Outcome: false, Expression: NameExpression name } && path.Protocol.IsHeld(path.Protocol.Thing(ExpressionSemantics.Evaluate(path.State, name))))
        {
            // Paths that were merged have forgotten it, but there is no reference to nothing.
            return null;
        }

        return next is not null && edge.Condition is BranchCondition { Outcome: false, Expression: NameExpression or MemberExpression } branch && ReferenceShapes.IsPage(branch.Expression.Type)
            ? next with { Protocol = ShareAll(next.Protocol, static reference => reference.MayBeMeant) }
            : next;
    }

    /// <summary>What is known of the word of flags decides what kind of reference was taken, whether or not it is read again.</summary>
    protected override bool IsWanted(ReferenceState protocol, Place place) =>
        protocol.Held.Any(pair => pair.Value.Flags is UnknownValue { Source: InitialContent initial } && initial.Place == place);

    protected override ReferenceState Rename(ReferenceState protocol, UnknownValue value, UnknownValue older) => protocol.Age(value, older);

    protected override ReferenceState Simplify(ReferenceState protocol, PathState state)
    {
        protocol = Lose(protocol, state);
        if (protocol.Names.Count + protocol.Released.Count + protocol.Lent.Count == 0)
        {
            return protocol;
        }

        // What nobody holds any more cannot come up again; a reference to it that is still held is lost.
        bool IsHeld(Value value) => value is UnknownValue unknown && state.Holds(unknown);
        var names = protocol.Names.Where(IsHeld);
        bool IsNamed(Value thing) => IsHeld(thing) || names.Any(pair => pair.Value == thing);
        return protocol with { Names = names, Released = protocol.Released.Where(IsNamed), Lent = protocol.Lent.Where(IsNamed) };
    }

    /// <summary>Notes which references are to things that no variable names any more. What paths have put into a variable that disagree on it may be the thing.</summary>
    private static ReferenceState Lose(ReferenceState protocol, PathState state)
    {
        var held = protocol.Held;
        foreach (var (key, reference) in protocol.Held.Entries)
        {
            if (reference is { IsNamed: true, IsOwn: false } && key.Thing is UnknownValue { Source: not InitialContent } thing && !state.Holds(thing)
                && !protocol.Names.Any(pair => pair.Value == thing && pair.Key is UnknownValue name && state.Holds(name))
                && !state.Contents.Any(static content => content is { Key: VariablePlace { Variable.Type.Canonical: PointerType }, Value: UnknownValue { Source: MergedAt } }))
            {
                held = held.With(key, reference with { IsNamed = false });
            }
        }

        return ReferenceEquals(held, protocol.Held) ? protocol : protocol with { Held = held };
    }

    protected override void AtExit(Path<ReferenceState> path, ReturnStatement? @return)
    {
        var answer = AnswerOf(path.State, @return);
        foreach (var ((_, since), reference) in path.Protocol.Held)
        {
            if (!reference.IsShared)
            {
                ledger.Keep(since, reference, (answer, IsFailure(path.State)), @return);
            }
        }

        ledger.Leave(@return, [.. path.Protocol.Held.Where(static pair => !pair.Value.IsShared).Select(static pair => pair.Key.Since)]);
        foreach (var since in path.Protocol.GivenBack.Keys)
        {
            ledger.GiveBack(since, answer);
        }
    }

    /// <summary>A value is stored where others find it, or returned.</summary>
    private Path<ReferenceState> Store(Path<ReferenceState> path, Expression value)
    {
        if (value.Type.Canonical is not (PointerType or IntegerType))
        {
            return path;
        }

        var protocol = path.Protocol;
        var thing = protocol.Thing(ExpressionSemantics.Evaluate(path.State, value));
        if (protocol.Knows(thing))
        {
            protocol = Forget(protocol, thing);
        }
        else if (value.DescendantsAndSelf().Any(static part => part is NameExpression { Symbol: VariableSymbol variable } && variable.Name.Contains("pfn", StringComparison.Ordinal)))
        {
            // Whoever finds the number of a page finds the page.
            protocol = ShareAll(protocol, static reference => !reference.IsOwn);
        }
        else if (ReferenceShapes.IsPage(value.Type) && thing is UnknownValue)
        {
            // A page of unknown origin may be any that something still names.
            protocol = ShareAll(protocol, static reference => reference.MayBeMeant);
        }

        return path with { Protocol = protocol };
    }

    private ReferenceState Forget(ReferenceState protocol, Value thing)
    {
        NoteEscape(protocol, thing);
        return protocol.Forget(thing);
    }

    private ReferenceState ShareAll(ReferenceState protocol, Func<HeldReference, bool> isConcerned) =>
        protocol.Held.Where(pair => isConcerned(pair.Value)).Aggregate(protocol, (next, pair) => Share(next, pair.Key.Thing));

    private ReferenceState Share(ReferenceState protocol, Value thing)
    {
        NoteEscape(protocol, thing);
        return protocol.Share(thing);
    }

    private void NoteEscape(ReferenceState protocol, Value thing) => Note(protocol, thing, ledger.Escape);

    private void NoteExposure(ReferenceState protocol, Value thing) => Note(protocol, thing, ledger.Expose);

    private static void Note(ReferenceState protocol, Value thing, Action<CallExpression> note)
    {
        foreach (var (key, _) in protocol.Held.Entries)
        {
            if (key.Thing == thing)
            {
                note(key.Since);
            }
        }
    }

    /// <summary>The address of a page's memory: what comes back for it may be the same address.</summary>
    private static bool IsMemoryOf(ReferenceState protocol, Value value, CType type) => protocol.Names.Contains(value) && !ReferenceShapes.IsPage(type);

    /// <summary>What is computed from a page is another name of it: a neighbour of the same allocation, its page frame number.</summary>
    private static Path<ReferenceState> Name(Path<ReferenceState> path, BinaryExpression sum)
    {
        if (path.State.Temporary(sum) is not UnknownValue made)
        {
            return path;
        }

        var protocol = path.Protocol;
        foreach (var operand in (Expression[])[sum.Left, sum.Right])
        {
            var thing = protocol.Thing(ExpressionSemantics.Evaluate(path.State, operand));
            if (protocol.Knows(thing) && thing != made)
            {
                return path with { Protocol = protocol with { Names = protocol.Names.With(made, thing) } };
            }
        }

        return path;
    }

    private IEnumerable<Path<ReferenceState>> VisitCall(Path<ReferenceState> path, CallExpression call)
    {
        IEnumerable<(PathState State, CallOutcome? Outcome)> ends;
        try
        {
            ends = facts.Functions.Apply(path.State, call);
        }
        catch (NotAnalysedException)
        {
            ends = [(ExpressionSemantics.Apply(path.State, call), null)];
        }

        var isGift = givers.Gives(call);
        foreach (var (state, outcome) in ends)
        {
            var protocol = Move(path, call, state, outcome);
            if (!isGift || state.Temporary(call) is not UnknownValue given)
            {
                yield return new Path<ReferenceState>(state, protocol);
                continue;
            }

            if (state.LearnEqual(given, 0) is { } without)
            {
                yield return new Path<ReferenceState>(without, protocol);
            }

            if (state.Learn(given, Fact.Nothing with { Signs = Signs.Positive }) is { } with)
            {
                yield return new Path<ReferenceState>(with, protocol with { Held = protocol.Held.With((given, call), new HeldReference(ReferenceKind.Plain, null, IsOwn: true, IsShared: false)) });
            }
        }
    }

    private ReferenceState Move(Path<ReferenceState> before, CallExpression call, PathState state, CallOutcome? outcome)
    {
        var protocol = before.Protocol;
        if (protocol.IsNothing && outcome is not { Effects.IsEmpty: false })
        {
            return protocol;
        }

        var effects = (outcome?.OnParameters ?? []).Where(effect => effect.Parameter < call.Arguments.Length && ReferenceShapes.Fits(effect.Verb, call)).ToList();
        if (call.Function is { } callee && !ReferenceFacts.IsInTable(callee.Name))
        {
            // What a helper takes may be for somebody else, unless it does nothing with the thing but take it; what it gives back without having taken anything is known to be the caller's.
            var mixed = effects.Where(static effect => ReferenceFacts.IsTaking(effect.Verb)).Select(static effect => effect.Parameter).Where(parameter => !borrowers.OnlyTakes(call, parameter)).ToHashSet();
            protocol = mixed.Aggregate(protocol, (next, parameter) => Share(next, next.Thing(ExpressionSemantics.Evaluate(before.State, call.Arguments[parameter]))));
            _ = effects.RemoveAll(effect => mixed.Contains(effect.Parameter));
        }

        Value? named = null;
        for (var i = 0; i < call.Arguments.Length; i++)
        {
            var argument = call.Arguments[i];
            var value = ExpressionSemantics.Evaluate(before.State, argument);
            if (value is AddressValue { Place: { Root: VariablePlace } place })
            {
                // Whoever gets the address of a variable may do anything with what is in it.
                NoteExposure(protocol, protocol.Thing(before.State.Read(place)));
                protocol = effects.Exists(effect => effect.Parameter == i) ? protocol : Share(protocol, protocol.Thing(before.State.Read(place)));
                continue;
            }

            var thing = protocol.Thing(value);
            if (effects.Exists(effect => effect.Parameter == i && effect.Verb is not (ReferenceFacts.Same or ReferenceFacts.ByFlags)) || !protocol.Knows(thing))
            {
                continue;
            }

            CheckUse(before with { Protocol = protocol }, argument, call);
            protocol = IsLeftAlone(call, i, outcome) ? protocol.Refuse(thing) : protocol;
            if (argument.Type.Canonical is not PointerType)
            {
                named ??= thing;
            }
            else if (borrowers.TakesOver(call, i, facts.Functions))
            {
                protocol = Forget(protocol, thing);
            }
            else if (!ReferenceShapes.IsLasting(argument.Type, call) && (!(IsLeftAlone(call, i, outcome) || borrowers.Borrows(call, i)) || (IsMemoryOf(protocol, value, argument.Type) && !(call.Function is { } reader && ReferenceFacts.IsInTable(reader.Name)))))
            {
                protocol = value is AddressValue ? Forget(protocol, thing) : Share(protocol, thing);
            }
        }

        foreach (var (verb, parameter) in effects.Where(static effect => effect.Verb is ReferenceFacts.Puts or ReferenceFacts.Unpins or ReferenceFacts.Uncounts or ReferenceFacts.Drops))
        {
            protocol = GiveBack(before.State, protocol, verb, call, parameter, Flags(before.State, call, effects));
        }

        foreach (var (_, parameter) in effects.Where(static effect => effect.Verb == ReferenceFacts.Keeps))
        {
            protocol = Forget(protocol, protocol.Thing(ExpressionSemantics.Evaluate(before.State, call.Arguments[parameter])));
        }

        // The things are those of before the call; what it makes is newer.
        var taken = effects.Where(static effect => ReferenceFacts.IsTaking(effect.Verb))
            .Select(effect => (effect.Verb, Thing: protocol.Thing(ExpressionSemantics.Evaluate(before.State, call.Arguments[effect.Parameter])))).ToList();
        var same = effects.Where(static effect => effect.Verb == ReferenceFacts.Same).Select(effect => protocol.Thing(ExpressionSemantics.Evaluate(before.State, call.Arguments[effect.Parameter]))).FirstOrDefault();
        protocol = Renew(protocol, call, state);
        foreach (var (verb, thing) in taken.Where(static pair => pair.Thing is UnknownValue))
        {
            var kind = verb switch { ReferenceFacts.Gets => ReferenceKind.Plain, ReferenceFacts.Counts => ReferenceKind.Structure, _ => ReferenceKind.ByFlags };
            protocol = protocol with
            {
                Held = protocol.Held.With((thing, call), new HeldReference(kind, kind == ReferenceKind.ByFlags ? Flags(before.State, call, effects) : null, IsOwn: false, IsShared: false)),
                Released = protocol.Released.Without(thing),
                GivenBack = protocol.GivenBack.Without(call),
            };
        }

        if (state.Temporary(call) is UnknownValue result)
        {
            var asked = effects.Where(static effect => effect.Verb == ReferenceFacts.ReturnsIfAsked).Select(effect => ExpressionSemantics.Evaluate(before.State, call.Arguments[effect.Parameter]));
            if (outcome?.Has(ReferenceFacts.Returns) == true || outcome?.Has(ReferenceFacts.ReturnsNew) == true || asked.Any(flags => ledger.IsGet(before.State, flags)))
            {
                protocol = protocol with { Held = protocol.Held.With((result, call), new HeldReference(ReferenceKind.Plain, null, IsOwn: true, IsShared: false)) };
            }
            else if (outcome?.Has(ReferenceFacts.Lends) == true || effects.Exists(effect => effect.Verb == ReferenceFacts.ReturnsIfAsked && ledger.IsWithoutGet(call.Arguments[effect.Parameter].Constant)))
            {
                protocol = protocol with { Lent = protocol.Lent.With(result, call) };
            }
            else if ((same ?? (call.Type.Canonical is IntegerType { Size: 8 } ? named : null)) is { } thing && thing != result)
            {
                protocol = protocol with { Names = protocol.Names.With(result, thing) };
            }
        }

        foreach (var (verb, parameter) in effects.Where(static effect => effect.Verb is ReferenceFacts.Fills or ReferenceFacts.FillsPinned))
        {
            if (ExpressionSemantics.Evaluate(before.State, call.Arguments[parameter]) is AddressValue { Place: VariablePlace variable } && state.Read(variable) is UnknownValue filled)
            {
                var kind = verb == ReferenceFacts.Fills ? ReferenceKind.Plain : ReferenceKind.Pinned;
                protocol = protocol with { Held = protocol.Held.With((filled, call), new HeldReference(kind, null, IsOwn: true, IsShared: false)) };
            }
        }

        return protocol;
    }

    /// <summary>True if a call has ended in the one of its ways in which it does not keep the argument.</summary>
    private static bool IsLeftAlone(CallExpression call, int argument, CallOutcome? outcome) => outcome is not null && call.Function is { } function && ReferenceFacts.MayKeep(function.Name, argument);

    /// <summary>The call has made values anew; what is said of them belongs to the older ones.</summary>
    private static ReferenceState Renew(ReferenceState protocol, CallExpression call, PathState state)
    {
        var made = new UnknownValue(call);
        protocol = protocol.Age(made, made with { Generation = 1 });
        foreach (var (_, value) in state.Contents)
        {
            if (value is UnknownValue { Generation: 0, Source: WrittenBy by } written && by.Node == call)
            {
                protocol = protocol.Age(written, written with { Generation = 1 });
            }
        }

        return protocol;
    }

    private ReferenceState GiveBack(PathState state, ReferenceState protocol, string verb, CallExpression call, int parameter, Value? flags)
    {
        var argument = call.Arguments[parameter];
        var thing = protocol.Thing(ExpressionSemantics.Evaluate(state, argument));
        var held = protocol.Held.Where(pair => pair.Key.Thing == thing && (pair.Value.Kind == ReferenceKind.Structure) == (verb == ReferenceFacts.Uncounts)).ToList();
        if (held.Count > 0)
        {
            var (key, reference) = held[^1];
            protocol = protocol with { GivenBack = protocol.GivenBack.With(key.Since, true) };
            CheckKind(state, reference, key.Since, verb, call, argument, flags);
            protocol = protocol with { Held = protocol.Held.Without(key) };
            if (ReferenceCounts.IsPart(call, key.Since))
            {
                // How many there are left is not counted.
                return Forget(protocol, thing);
            }

            return (reference is { IsOwn: true, IsShared: false } || (protocol.Lent.Contains(thing) && ReferenceShapes.IsLentByVma(argument.Type))) && !protocol.IsHeld(thing) ? protocol with { Released = protocol.Released.With(thing, call) } : protocol;
        }

        if (call.Function is not { } giver || (!ReferenceFacts.IsInTable(giver.Name) && facts.Functions.ParameterEffectsOf(giver.Name).Any(effect => effect.Parameter == parameter && ReferenceFacts.IsTaking(effect.Verb))))
        {
            // The helper may have taken what it gives back.
            return Forget(protocol, thing);
        }

        if (protocol.Released[thing] is { } first && verb != ReferenceFacts.Uncounts)
        {
            ledger.Report(ReferenceDefectKind.Twice, call, [(first, "gives the last reference back"), (call, "gives one back again")], argument, first);
            return protocol.Forget(thing);
        }

        if (protocol.Lent[thing] is { } lent && verb != ReferenceFacts.Uncounts)
        {
            ledger.ReportNeverTaken(call, lent, argument);
            return protocol.Forget(thing);
        }

        if (ReferenceShapes.IsMmOfVma(thing))
        {
            ledger.ReportNeverTaken(call, null, argument);
            return protocol;
        }

        // Some other value may mean a thing that nothing names any more: paths were merged, or a member was read again.
        return protocol with { Held = protocol.Held.Where(key => protocol.Held[key] is { IsOwn: true } && key.Thing is UnknownValue unknown && (state.Holds(unknown) || protocol.Names.Any(pair => pair.Value == unknown))) };
    }

    /// <summary>A pin is given back as a pin, a plain reference as a plain one.</summary>
    private void CheckKind(PathState state, HeldReference reference, CallExpression since, string verb, CallExpression call, Expression argument, Value? flags)
    {
        var isPin = reference.Kind switch
        {
            ReferenceKind.Pinned => true,
            ReferenceKind.Plain when reference.IsOwn => false,
            ReferenceKind.ByFlags => ledger.IsPin(state, reference.Flags),
            _ => (bool?)null,
        };
        var asPin = verb switch
        {
            ReferenceFacts.Unpins => true,
            ReferenceFacts.Puts => false,
            ReferenceFacts.Drops when flags != reference.Flags => ledger.IsPin(state, flags),
            _ => (bool?)null,
        };
        if (isPin is { } pin && asPin is { } unpin && pin != unpin)
        {
            var kind = pin ? ReferenceDefectKind.PinnedPut : ReferenceDefectKind.PlainUnpinned;
            ledger.Report(kind, call, [(since, pin ? "pins the page" : "takes a plain reference"), (call, "gives back the other kind")], argument, since);
        }
    }

    private void CheckUse(Path<ReferenceState> path, Expression pointer, Node at)
    {
        var thing = path.Protocol.Thing(ExpressionSemantics.Evaluate(path.State, pointer));
        if (path.Protocol.Released[thing] is { } release && !(at is CallExpression { Function: { } callee } && (callee.Signature?.IsVariadic == true || callee.Name.StartsWith("trace_", StringComparison.Ordinal))))
        {
            ledger.Report(ReferenceDefectKind.UsedAfter, at, [(release, "gives the last reference back"), (at, "uses it")], pointer, release);
        }
    }

    private static Value? Flags(PathState state, CallExpression call, List<(string Verb, int Parameter)> effects) =>
        effects.Where(static effect => effect.Verb == ReferenceFacts.ByFlags).Select(effect => ExpressionSemantics.Evaluate(state, call.Arguments[effect.Parameter])).FirstOrDefault();

    /// <summary>True if a path tells its caller that it has failed: with an error code, or with a page fault that has to be tried again or cannot be served.</summary>
    private bool IsFailure(PathState state)
    {
        var result = state.Read(ResultPlace.Instance);
        return Graph.Function.Symbol.Signature?.Result is TypedefType { Spelling: "vm_fault_t" }
            ? result is ConstantValue { Number: var bits } && (bits & FaultFailures) != 0
            : state.FactOf(result).Signs == Signs.Negative;
    }

    /// <summary>What a path tells its caller: a number, or of which sign the result is.</summary>
    private static string AnswerOf(PathState state, ReturnStatement? @return) => @return?.Value is null ? "" : state.Read(ResultPlace.Instance) switch
    {
        ConstantValue { Number: var number } => number.ToString(CultureInfo.InvariantCulture),
        var value => state.FactOf(value).Signs.ToString(),
    };
}
