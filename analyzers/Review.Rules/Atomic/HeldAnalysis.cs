using System.Collections.Immutable;
using Review.Core.Engine;
using Review.Core.Flow;
using Review.Core.Syntax;
using Review.Flow.Facts;
using Review.Flow.Paths;

namespace Review.Rules.Atomic;

/// <summary>
/// Follows what a function holds that forbids sleeping: spin locks and page table locks by the value of the pointer, mapped page tables by the pointer that
/// came from mapping them, and sections by name. Where a lock may have another name than the one at hand, everything is forgotten: silence is safe.
/// </summary>
internal sealed class HeldAnalysis : PathAnalysis<Held>
{
    private readonly HeldFacts facts;
    private readonly HeldFindings findings;
    private readonly Exits exits = new();
    private readonly IReadOnlyDictionary<Node, (string Section, bool IsEntered)> sections;

    /// <summary>True if two locks may be one: the function asks. Which of them was released then shows in that question only.</summary>
    private readonly bool mayBeOne;

    public HeldAnalysis(FunctionDefinition function, HeldFacts facts)
        : base(ControlFlowGraph.Create(function))
    {
        this.facts = facts;
        findings = new HeldFindings();
        sections = HeldFacts.SectionsOfMacros(Graph);
        mayBeOne = function.Body.DescendantsAndSelf<BinaryExpression>().Any(static comparison =>
            comparison is { Operator: BinaryOperator.Equal or BinaryOperator.NotEqual, Left.Constant: null, Right.Constant: null } && IsPointerToLock(comparison.Left.Type));
    }

    /// <summary>Follows the function's paths.</summary>
    /// <exception cref="NotAnalysedException">The function has too many paths.</exception>
    public HeldReport Follow()
    {
        Run(Held.Nothing);
        exits.Report(findings);
        return findings.Report();
    }

    protected override IEnumerable<Path<Held>> Visit(Path<Held> path, Node node)
    {
        var renewed = path.Protocol.Renew(node);
        switch (node)
        {
            case CallExpression call:
                return VisitCall(path, renewed, call);
            case UnaryExpression { Operator: UnaryOperator.Dereference } or IndexExpression when renewed.Entries.Count > 0 || renewed.NoEntry is not null:
                renewed = UseEntry(renewed, path.State, node is UnaryExpression unary ? unary.Operand : ((IndexExpression)node).Target, node);
                break;
            case CastExpression { Kind: CastKind.Explicit, Type.Canonical: VoidType, Origin.Macro: "pte_unmap" } cast:
                renewed = Unmap(renewed, Held.Older(ExpressionSemantics.Evaluate(path.State, cast.Operand), node), node);
                break;
        }

        if (sections.TryGetValue(node, out var change))
        {
            renewed = Enter(renewed, change.Section, change.IsEntered, node);
        }

        var next = path.In(ExpressionSemantics.Apply(path.State, node));
        return next.At(MoveOn(renewed, path.State, next.State, node)).Alone;
    }

    /// <summary>Two locks that are found to be one have two names: which one it is released by says nothing.</summary>
    protected override Path<Held>? Follow(Path<Held> path, FlowEdge edge)
    {
        if (path.Protocol.Locks.Count > 0
            && edge.Condition is BranchCondition { Expression: BinaryExpression { Operator: BinaryOperator.Equal or BinaryOperator.NotEqual } comparison } branch
            && branch.Outcome == (comparison.Operator == BinaryOperator.Equal) && IsPointerToLock(comparison.Left.Type))
        {
            foreach (var side in (Expression[])[comparison.Left, comparison.Right])
            {
                if (ExpressionSemantics.Evaluate(path.State, side) is var value && path.Protocol.Locks[value] is { } hold)
                {
                    path = path with { Protocol = path.Protocol with { Locks = path.Protocol.Locks.With(value, hold with { IsForeign = true }) } };
                }
            }
        }

        return base.Follow(path, edge);
    }

    protected override Held Rename(Held protocol, UnknownValue value, UnknownValue older) => protocol.Rename(value, older);

    protected override Held Simplify(Held protocol, PathState state)
    {
        if (protocol.Released.Count + protocol.Entries.Count + protocol.Unmapped.Count == 0)
        {
            return protocol;
        }

        bool IsHeld(Value value) => value is not UnknownValue unknown || state.Holds(unknown);
        var entries = protocol.Entries.Where(IsHeld);
        return protocol with
        {
            Released = protocol.Released.Where(IsHeld),
            Entries = entries,
            Unmapped = protocol.Unmapped.Where(mapping => entries.Any(entry => entry.Value.Mapping == mapping)),
        };
    }

    protected override void AtExit(Path<Held> path, ReturnStatement? @return) => exits.Add(path, @return, findings);

    private IEnumerable<Path<Held>> VisitCall(Path<Held> path, Held renewed, CallExpression call)
    {
        var function = call.Function?.Name;
        if (function is not null && facts.IsOwn(function))
        {
            return VisitOwn(path, renewed, call, function);
        }

        if (sections.TryGetValue(call, out var change))
        {
            renewed = Enter(renewed, change.Section, change.IsEntered, call);
        }

        if (HeldFacts.IsSleepingOperation(call))
        {
            Sleep(renewed, call);
        }

        if (function is null || !HeldFacts.IsListed(function))
        {
            renewed = HandOn(renewed, path.State, call);
            if (HeldFacts.IsMappingMacro(call))
            {
                // In this form it cannot fail.
                return base.Visit(path, call).Select(next => new Path<Held>(
                    next.State.Learn(ExpressionSemantics.Evaluate(next.State, call), Fact.Nothing with { Signs = Signs.Positive }) ?? next.State,
                    Map(renewed, ExpressionSemantics.Evaluate(next.State, call), call)));
            }

            return base.Visit(path, call).Select(next => next with { Protocol = renewed });
        }

        return facts.Functions.Apply(path.State, call).Select(next => Move(path.State, next.State, renewed, call, next.Outcome));
    }

    /// <summary>A function of the same file.</summary>
    private IEnumerable<Path<Held>> VisitOwn(Path<Held> path, Held held, CallExpression call, string function)
    {
        var report = facts.ReportFor(function);
        if (CanBeAsleepIn(held, function) && !report.ReleasesForeign && SurelySleeps(path.State, held, call, OutcomesOf(function)))
        {
            Sleep(held, call);
        }

        if (report.IsNeutral)
        {
            held = HandOnToOwn(held, path.State, call, function);
            return base.Visit(path, call).Select(next => next with { Protocol = held });
        }

        if (!OutcomesOf(function).Any(static outcome => outcome.MattersToCallers))
        {
            findings.MarkUnknown(report);
            return base.Visit(path, call).Select(next => next with { Protocol = Held.Nothing });
        }

        return facts.Functions.Apply(path.State, call).Select(next => MoveOwn(path.State, next.State, held, call, next.Outcome, report));
    }

    private bool CanBeAsleepIn(Held held, string function) =>
        (held.Locks.Count > 0 || held.Sections.Count > 0 || held.Mappings.Count > 0) && facts.MaySleep(function);

    private ImmutableArray<CallOutcome> OutcomesOf(string function)
    {
        try
        {
            var outcomes = facts.Functions.OutcomesOf(function);
            return outcomes.IsDefault ? [] : outcomes;
        }
        catch (NotAnalysedException)
        {
            return [];
        }
    }

    /// <summary>True if the path already knows what the outcome asks of the arguments: what is not known is not taken for true.</summary>
    private static bool IsCertain(PathState state, CallExpression call, CallOutcome outcome) =>
        outcome.Inputs.All(input => input.Parameter < call.Arguments.Length
            && state.FactOf(ExpressionSemantics.Evaluate(state, call.Arguments[input.Parameter])) is var known && known.And(input.Fact) == known)
        && outcome.Flags.IsEmpty;

    /// <summary>True if the call may sleep whenever it does its work: one that sleeps only in a state of things that cannot arise here is none.</summary>
    private static bool SurelySleeps(PathState state, Held held, CallExpression call, ImmutableArray<CallOutcome> outcomes)
    {
        var possible = outcomes.Where(outcome => outcome.Result.Signs != Signs.Negative && outcome.Inputs.All(input => input.Parameter >= call.Arguments.Length
            || !state.FactOf(ExpressionSemantics.Evaluate(state, call.Arguments[input.Parameter])).And(input.Fact).IsImpossible)).ToList();
        return possible.Count > 0 && possible.TrueForAll(outcome => IsSleep(held, outcome) && outcome.Flags.IsEmpty);
    }

    private static bool IsSleep(Held held, CallOutcome outcome) =>
        outcome.Has(HeldFacts.Sleeps) || (outcome.Has(HeldFacts.Faults) && !HeldFacts.IsFaultFree(held));

    /// <summary>A call of a function that the table knows has ended in one of its ways.</summary>
    private Path<Held> Move(PathState before, PathState state, Held held, CallExpression call, CallOutcome? outcome)
    {
        if (outcome is null)
        {
            return new Path<Held>(state, held);
        }

        foreach (var (verb, parameter) in outcome.OnParameters)
        {
            if (parameter >= call.Arguments.Length)
            {
                continue;
            }

            var argument = Held.Older(ExpressionSemantics.Evaluate(before, call.Arguments[parameter]), call);
            switch (verb)
            {
                case HeldFacts.Locks:
                    held = Take(held, argument, call);
                    state = state.Learn(argument, Fact.Nothing with { Signs = Signs.NotZero }) ?? state;
                    break;
                case HeldFacts.LocksContent:
                    (held, state) = TakeContent(held, before, state, call, parameter);
                    break;
                case HeldFacts.Unlocks:
                    held = Release(held, argument, call);
                    break;
                case HeldFacts.Unmaps:
                    held = Unmap(held, argument, call);
                    break;
                case HeldFacts.OpensWalk when argument is AddressValue:
                    held = held with { Locks = held.Locks.With(argument, new Hold(call)) };
                    break;
                case HeldFacts.ClosesWalk:
                    held = held with { Locks = held.Locks.Without(argument) };
                    break;
                case HeldFacts.UsesEntry:
                    held = UseEntry(held, before, call.Arguments[parameter], call);
                    break;
            }
        }

        if (outcome.Has(HeldFacts.ReleasesTableLocks))
        {
            held = Forget(held);
        }

        if (state.Temporary(call) is { } result)
        {
            if (outcome.Has(HeldFacts.ReturnsLock))
            {
                held = Take(held, result, call);
            }
            else if (outcome.Has(HeldFacts.ReturnsEntry))
            {
                held = Map(held, result, call);
            }
            else if (outcome.Has(HeldFacts.ReturnsNoEntry))
            {
                held = held with { NoEntry = new Hold(call) };
            }
        }

        foreach (var effect in outcome.Effects)
        {
            if (HeldFacts.SectionOf(effect) is var (section, isEntered))
            {
                held = Enter(held, section, isEntered, call);
            }
        }

        if (IsSleep(held, outcome) && IsCertain(before, call, outcome))
        {
            Sleep(held, call);
        }

        return new Path<Held>(state, held);
    }

    /// <summary>A call of a function of the file that takes or releases something for its caller.</summary>
    private Path<Held> MoveOwn(PathState before, PathState state, Held held, CallExpression call, CallOutcome? outcome, HeldReport report)
    {
        var effects = outcome?.Effects ?? EffectTrail.Empty;
        var last = effects.LastOrDefault(static effect => effect is HeldFacts.Acquires or HeldFacts.Releases);
        var isKept = last == HeldFacts.Acquires;
        var known = held;
        foreach (var (verb, parameter) in outcome?.OnParameters ?? [])
        {
            // What it takes and releases, in either order, is as it was.
            var isBoth = verb is HeldFacts.Locks or HeldFacts.Unlocks && outcome!.Has($"{HeldFacts.Locks} *{parameter}") && outcome.Has($"{HeldFacts.Unlocks} *{parameter}");
            if (isBoth && report.ReleasesForeign && parameter < call.Arguments.Length && !held.Locks.Contains(Held.Older(ExpressionSemantics.Evaluate(before, call.Arguments[parameter]), call)))
            {
                // The caller's lock is let go for a while: so it is by this function.
                findings.MarkForeign();
            }

            if (parameter < call.Arguments.Length && !isBoth)
            {
                var argument = Held.Older(ExpressionSemantics.Evaluate(before, call.Arguments[parameter]), call);
                switch (verb)
                {
                    case HeldFacts.Locks when isKept:
                        known = known with { Locks = known.Locks.With(argument, new Hold(call, IsLazy(known)) { IsOfTable = IsOfTable(argument) }) };
                        break;
                    case HeldFacts.LocksContent when isKept:
                        (known, state) = TakeContent(known, before, state, call, parameter);
                        break;
                    case HeldFacts.Unlocks when known.Locks.Contains(argument) || (known.Released.Contains(argument) && OnlyGivesBack(call)):
                        known = Release(known, argument, call);
                        break;
                    case HeldFacts.Unlocks:
                        findings.MarkForeign();
                        break;
                    case HeldFacts.Unmaps:
                        known = Unmap(known, argument, call);
                        break;
                }
            }
        }

        if (isKept && known.Locks.Count == held.Locks.Count)
        {
            var content = Enumerable.Range(0, call.Arguments.Length).FirstOrDefault(i => IsPointerToLock(call.Arguments[i].Type.Pointee), -1);
            (known, state) = content >= 0 ? TakeContent(known, before, state, call, content)
                : IsPointerToLock(call.Type) && state.Temporary(call) is { } result ? (Take(known, result, call), state)
                : (Forget(known), state);
        }
        else if (report.ReleasesForeign && last == HeldFacts.Releases && known.Locks.Count == held.Locks.Count)
        {
            findings.MarkForeign();
            known = Forget(known);
        }

        if (report.ReleasesForeign && known.Mappings.Count == held.Mappings.Count)
        {
            known = known with { Mappings = EquatableMap<Value, Hold>.Empty, Entries = EquatableMap<Value, EntryPointer>.Empty };
        }

        foreach (var section in report.Sections)
        {
            var change = effects.Select(HeldFacts.SectionOf).LastOrDefault(change => change is var (name, _) && name == section);
            known = change is var (_, isEntered) && !(isEntered && IsUncertain(call, outcome, section)) ? Enter(known, section, isEntered, call) : known with { Sections = known.Sections.Without(section) };
        }

        return new Path<Held>(state, known);
    }

    /// <summary>True if the function takes nothing: what it releases was not taken by it under another name.</summary>
    private bool OnlyGivesBack(CallExpression call) => call.Function is { } function && OutcomesOf(function.Name).All(static outcome => !outcome.Has(HeldFacts.Acquires));

    /// <summary>True if the function can end in the same way without having entered the section: what tells the two apart lies in a record, where nobody follows it.</summary>
    private bool IsUncertain(CallExpression call, CallOutcome? outcome, string section) => outcome is not null && call.Function is { } function
        && OutcomesOf(function.Name).Any(other => other != outcome && !IsToldApart(other, outcome)
            && other.Effects.Select(HeldFacts.SectionOf).LastOrDefault(change => change is var (name, _) && name == section) is not (_, true));

    private static bool IsToldApart(CallOutcome one, CallOutcome other) => one.Result.And(other.Result).IsImpossible
        || one.Inputs.Any(input => other.Inputs.Any(against => against.Parameter == input.Parameter && against.IsTarget == input.IsTarget && against.Fact.And(input.Fact).IsImpossible))
        || one.Outputs.Any(output => output.Kind == OutputKind.Number && other.Outputs.Any(against => against.Kind == OutputKind.Number && against.Parameter == output.Parameter && against.Field == output.Field && against.Number != output.Number));

    private static bool IsPointerToLock(CType? type) => type is not null && (type.IsPointerTo("spinlock") || type.IsPointerTo("spinlock_t"));

    private static bool IsLazy(Held held) => held.Sections.Contains(HeldFacts.LazyMode);

    private (Held Held, PathState State) TakeContent(Held held, PathState before, PathState state, CallExpression call, int parameter)
    {
        var content = state.Read(ExpressionSemantics.Pointee(ExpressionSemantics.Evaluate(before, call.Arguments[parameter])));
        return (Take(held, content, call), state.Learn(content, Fact.Nothing with { Signs = Signs.NotZero }) ?? state);
    }

    private Held Take(Held held, Value @lock, CallExpression call)
    {
        if (held.Locks[@lock] is { IsOfTable: true } open)
        {
            findings.Add(Incident.TakenTwice, call, open);
        }
        else if (@lock is UnknownValue { Source: not InitialContent } unknown && IsOfTable(@lock)
            && held.Locks.FirstOrDefault(pair => pair.Value.Since == call && pair.Key is UnknownValue { Generation: 1 } earlier && Equals(earlier.Source, unknown.Source)) is { Value: { } before })
        {
            // The lock of the round before.
            findings.Add(Incident.TakenTwice, call, before);
        }

        var hold = new Hold(call, IsLazy(held)) { IsOfTable = IsOfTable(@lock), IsForeign = held.Released[@lock] is { IsForeign: true } };
        return held with { Locks = held.Locks.With(@lock, hold), Released = held.Released.Without(@lock) };
    }

    private Held Release(Held held, Value @lock, CallExpression call)
    {
        exits.MarkReleased(held.Locks[@lock]?.Since);
        if (held.Locks[@lock] is { } hold)
        {
            if (held.Sections[HeldFacts.LazyMode] is { } lazy && !hold.IsInLazyMode && hold.IsOfTable)
            {
                findings.AddOnce(Incident.DroppedInLazyMode, call, lazy);
            }

            return Remember(held with { Locks = held.Locks.Without(@lock) }, @lock, hold);
        }

        if (!mayBeOne && held.Released[@lock] is { IsOfTable: true } released)
        {
            findings.Add(Incident.ReleasedTwice, call, released);
            return held with { Released = held.Released.Without(@lock) };
        }

        findings.MarkForeign();
        held = MayBeAnother(held, @lock) ? Forget(held) : held;
        return Remember(held, @lock, new Hold(call) { IsForeign = true });
    }

    /// <summary>Locks that are members of something are not missed at the end, so nobody asks about them later.</summary>
    private static Held Remember(Held held, Value @lock, Hold hold) => @lock is UnknownValue ? held with { Released = held.Released.With(@lock, hold) } : held;

    /// <summary>A page table lock is known by where its pointer came from.</summary>
    private bool IsOfTable(Value @lock) => @lock is UnknownValue { Source: var source } && source switch
    {
        CallExpression { Function: { } function } => HeldFacts.IsListed(function.Name)
            && facts.Functions.OutcomesOf(function.Name).Any(static outcome => outcome.Has(HeldFacts.ReturnsTableLock) || outcome.Has(HeldFacts.ReturnsLock)),
        WrittenBy { Node: CallExpression } => true,
        _ => false,
    };

    /// <summary>True if a lock that is not known to be held may be one that is, under another name.</summary>
    private static bool MayBeAnother(Held held, Value @lock) => held.Locks.Keys.Any(known => (known, @lock) switch
    {
        (AddressValue { Place: FieldPlace one }, AddressValue { Place: FieldPlace other }) => one.Field == other.Field,
        (AddressValue one, AddressValue other) => one == other,
        _ => true,
    });

    private static Held Forget(Held held) => held with
    {
        Locks = EquatableMap<Value, Hold>.Empty,
        Released = EquatableMap<Value, Hold>.Empty,
        Mappings = EquatableMap<Value, Hold>.Empty,
        Entries = EquatableMap<Value, EntryPointer>.Empty,
    };

    /// <summary>A function of which nothing is known may release a lock that it gets, or that a record holds which it gets.</summary>
    private static Held HandOn(Held held, PathState state, CallExpression call)
    {
        if (held.Locks.Count + held.Released.Count + held.Mappings.Count == 0)
        {
            return held;
        }

        foreach (var argument in call.Arguments)
        {
            if (argument.Type.Canonical is not PointerType)
            {
                continue;
            }

            var value = Held.Older(ExpressionSemantics.Evaluate(state, argument), call);
            held = held with { Locks = held.Locks.Without(value), Released = held.Released.Without(value) };
            var target = ExpressionSemantics.Pointee(ExpressionSemantics.Evaluate(state, argument));
            held = held with { Locks = held.Locks.Where(known => known is not AddressValue address || !address.Place.IsInside(target)) };
            foreach (var (place, content) in state.Contents)
            {
                if (place.IsInside(target))
                {
                    var inside = Held.Older(content, call);
                    held = held with
                    {
                        Locks = held.Locks.Without(inside),
                        Released = held.Released.Without(inside),
                        Mappings = held.Entries.TryGetValue(inside, out var entry) ? held.Mappings.Without(entry.Mapping) : held.Mappings,
                    };
                }
            }
        }

        return held;
    }

    /// <summary>A function of the file that leaves locks as they are may store their pointers where others find them, or change where they are stored.</summary>
    private Held HandOnToOwn(Held held, PathState state, CallExpression call, string function)
    {
        if (held.Locks.Count + held.Entries.Count == 0)
        {
            return held;
        }

        for (var i = 0; i < call.Arguments.Length; i++)
        {
            var value = ExpressionSemantics.Evaluate(state, call.Arguments[i]);
            if (held.Locks[value] is { } hold && facts.Stores(function, i))
            {
                held = held with { Locks = held.Locks.With(value, hold with { IsForeign = true }) };
            }
            else if (held.Entries.TryGetValue(value, out var entry) && facts.Stores(function, i))
            {
                held = held with { Mappings = held.Mappings.Without(entry.Mapping) };
            }
            else if (value is AddressValue { Place: var target })
            {
                foreach (var (place, content) in state.Contents)
                {
                    if (place.IsInside(target) && (held.Locks.Contains(content) || held.Entries.Contains(content)))
                    {
                        return Forget(held);
                    }
                }
            }
        }

        return held;
    }

    private static Held Map(Held held, Value entry, CallExpression call) => held with
    {
        Mappings = held.Mappings.With(entry, new Hold(call)),
        Unmapped = held.Unmapped.Without(entry),
        Entries = held.Entries.With(entry, new EntryPointer(entry, IsStepped: false)),
        NoEntry = null,
    };

    private Held Unmap(Held held, Value entry, Node node)
    {
        if (held.NoEntry is { } none && entry is ConstantValue { Number: 0 })
        {
            findings.Add(Incident.NoEntryUsed, node, none);
            return held with { NoEntry = null };
        }

        if (!held.Entries.TryGetValue(entry, out var pointer))
        {
            // Which mapping it is nobody knows; it may be the caller's.
            findings.MarkForeign();
            return held with { Mappings = EquatableMap<Value, Hold>.Empty };
        }

        if (pointer.IsStepped && held.Mappings[pointer.Mapping] is { } open)
        {
            findings.Add(Incident.UnmappedBehind, node, open);
        }

        if (!held.Mappings.Contains(pointer.Mapping))
        {
            // The same table was mapped anew, and the pointer from before will do to end that as well.
            return held with { Mappings = EquatableMap<Value, Hold>.Empty };
        }

        return held with { Mappings = held.Mappings.Without(pointer.Mapping), Unmapped = held.Unmapped.With(pointer.Mapping, new Hold(node)) };
    }

    private Held UseEntry(Held held, PathState state, Expression pointer, Node node)
    {
        if (!pointer.Type.IsPointerTo("pte_t"))
        {
            return held;
        }

        var entry = Held.Older(ExpressionSemantics.Evaluate(state, pointer), node);
        if (entry is ConstantValue { Number: 0 } && held.NoEntry is { } none)
        {
            findings.Add(Incident.NoEntryUsed, node, none);
            return held with { NoEntry = null };
        }

        if (!held.Entries.TryGetValue(entry, out var known))
        {
            return held;
        }

        if (held.Unmapped[known.Mapping] is { } end)
        {
            findings.AddOnce(Incident.UsedAfterUnmap, node, end);
        }

        return known.IsStepped ? held with { Entries = held.Entries.With(entry, known with { IsStepped = false }) } : held;
    }

    /// <summary>What is made of a pointer into a mapping points into it as well.</summary>
    private static Held MoveOn(Held held, PathState before, PathState after, Node node)
    {
        if (held.Entries.Count == 0)
        {
            return held;
        }

        var (from, isStep) = node switch
        {
            UnaryExpression { IsStep: true, Operator: UnaryOperator.PreIncrement or UnaryOperator.PostIncrement } step => (step.Operand, true),
            UnaryExpression { IsStep: true } step => (step.Operand, false),
            AssignmentExpression { Compound: BinaryOperator.Add } step => (step.Target, true),
            AssignmentExpression { Compound: BinaryOperator.Subtract } step => (step.Target, false),
            BinaryExpression { Operator: BinaryOperator.Add or BinaryOperator.Subtract, Type.Canonical: PointerType } sum => (sum.Left, false),
            _ => ((Expression?)null, false),
        };
        if (from is null || !from.Type.IsPointerTo("pte_t") || !held.Entries.TryGetValue(Held.Older(ExpressionSemantics.Evaluate(before, from), node), out var pointer))
        {
            return held;
        }

        var made = node is BinaryExpression ? after.Temporary(node) : ExpressionSemantics.PlaceOf(after, from) is { } place ? after.Read(place) : null;
        return made is null ? held : held with { Entries = held.Entries.With(made, pointer with { IsStepped = isStep }) };
    }

    private Held Enter(Held held, string section, bool isEntered, Node node)
    {
        if (isEntered)
        {
            return held.Sections.Contains(section) ? held : held with { Sections = held.Sections.With(section, new Hold(node)) };
        }

        if (!held.Sections.Contains(section))
        {
            findings.MarkSection(section);
        }

        return held with { Sections = held.Sections.Without(section) };
    }

    private void Sleep(Held held, CallExpression call)
    {
        var isOwnLock = held.Locks.Count > 0;
        if (isOwnLock)
        {
            findings.AddOnce(Incident.SleptHolding, call, held.Locks.First().Value);
        }
        else if (held.Mappings.Count > 0)
        {
            findings.AddOnce(Incident.SleptHolding, call, held.Mappings.First().Value);
        }
        else if (held.Sections.FirstOrDefault(static pair => pair.Key is not HeldFacts.LazyMode) is { Key: not null } section)
        {
            findings.AddOnce(Incident.SleptInSection, call, section.Value);
        }
        else if (held.Sections[HeldFacts.LazyMode] is { } lazy)
        {
            findings.AddOnce(Incident.SleptInLazyMode, call, lazy);
        }
    }
}
