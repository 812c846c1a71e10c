using Review.Core.Engine;
using Review.Core.Flow;
using Review.Core.Syntax;
using Review.Flow.Facts;
using Review.Flow.Paths;
using Review.Rules.Locking;

namespace Review.Rules.Walk;

/// <summary>What was left out after a lookup.</summary>
internal enum Omission
{
    Null,
    Hole,
    End,
    Guard,
    Length,
}

/// <summary>A use of a VMA for which something was left out.</summary>
/// <param name="Kind">What.</param>
/// <param name="At">The use.</param>
/// <param name="Lookup">The call that looked the VMA up.</param>
/// <param name="Drop">The call that dropped mmap_lock before; null if none did in this function.</param>
/// <param name="Guard">For a question that was not asked again: where it was asked first, and its name.</param>
internal sealed record OmittedCheck(Omission Kind, Node At, CallExpression Lookup, CallExpression? Drop, (string Name, Node At)? Guard);

/// <summary>
/// Follows VMAs from their lookup to the calls that work on them, and asks there whether what had to be asked was: if there is one, if it begins
/// after the address, and after mmap_lock was dropped also where it ends and what the VMA before it had to answer.
/// </summary>
internal sealed class Revalidation : PathAnalysis<RevalidationState>
{
    private const string Vma = "vm_area_struct";

    private readonly FunctionFacts facts;
    private readonly VmaLookupFacts lookups;
    private readonly RangeReading readings;
    private readonly Guards guards;

    /// <summary>Variables of which single bits are asked: words of flags, and no bounds.</summary>
    private readonly HashSet<Symbol> words;
    private readonly Dictionary<(Omission, CallExpression), OmittedCheck> omitted = [];

    private Revalidation(FunctionAnalysisContext context)
        : base(ControlFlowGraph.Create(context.Function))
    {
        facts = MmapLockFacts.Of(context).Functions;
        lookups = VmaLookupFacts.Of(context);
        readings = RangeReading.Of(context);
        guards = new Guards(context.Function, readings, facts);
        words = [.. context.Function.Body.DescendantsAndSelf<BinaryExpression>()
            .Where(static test => test is { Operator: BinaryOperator.BitwiseAnd, Right.Constant: > 0 and var bit } && long.IsPow2(bit))
            .Select(static test => (test.Left.Unwrapped as NameExpression)?.Symbol).OfType<Symbol>()];
    }

    /// <summary>
    /// The lookup that a path knows to have found nothing; null where paths were merged: a condition that rules the use out there is not told apart any more from one that does not.
    /// </summary>
    private CallExpression? NothingFound(RevalidationState protocol) => HasMerged ? null : protocol.Nothing;

    /// <summary>What a function leaves out, in source order.</summary>
    public static IEnumerable<OmittedCheck> In(FunctionAnalysisContext context)
    {
        // What a callee looks up and keeps for itself is its own affair: only what comes out of a call of this function is followed.
        var known = VmaLookupFacts.Of(context);
        if (!known.Concerns(context.Function) || !context.Function.Body.DescendantsAndSelf<CallExpression>().Any(call => known.LookupOf(call) is not null))
        {
            return [];
        }

        var analysis = new Revalidation(context);
        analysis.Run(RevalidationState.Initial);
        return analysis.omitted.Values.OrderBy(static check => check.At.Span.Start).ThenBy(static check => check.Kind);
    }

    protected override IEnumerable<Path<RevalidationState>> Visit(Path<RevalidationState> path, Node node)
    {
        path = path.At(Guard(path, node));

        if (path.Protocol.Found.Count > 0 && node is AssignmentExpression { Compound: not null } or UnaryExpression { IsStep: true } or BinaryExpression)
        {
            // In a loop the node makes its value anew: what is known is about the one from the round before.
            path = path.At(Rename(path.Protocol, new UnknownValue(node), new UnknownValue(node, 1)));
        }

        switch (node)
        {
            case MemberExpression { IsArrow: true } member when member.Target.Type.IsPointerTo(Vma):
                return base.Visit(path.At(Look(path, member)), node);
            case CallExpression call:
                return VisitCall(path.At(Use(path, call)), call);
            case AssignmentExpression { Compound: null } assignment when path.Protocol.Nothing is { } nothing && IsResult(assignment.Target, nothing) && assignment.Value.Unwrapped != nothing:
                // The variable names another VMA from here on, or none for another reason.
                return base.Visit(path.At(path.Protocol with { Nothing = null }), node);
            default:
                return base.Visit(path, node);
        }
    }

    private IEnumerable<Path<RevalidationState>> VisitCall(Path<RevalidationState> path, CallExpression call) =>
        facts.Apply(path.State, call).Select(next => new Path<RevalidationState>(next.State, Move(path, call, next.State, next.Outcome)));

    protected override Path<RevalidationState>? Follow(Path<RevalidationState> path, FlowEdge edge)
    {
        if (base.Follow(path, edge) is not { } next)
        {
            return null;
        }

        // Merged paths forget what a comparison has shown, so it is kept here.
        var protocol = next.Protocol;
        foreach (var (vma, found) in protocol.Found)
        {
            if (vma is UnknownValue unknown && !found.Has(Asked.Null) && path.State.Holds(unknown) && !next.State.Holds(unknown))
            {
                protocol = protocol with { Nothing = found.Lookup };
            }
            else if (!found.Has(Asked.Null) && (next.State.FactOf(vma).Signs & Signs.Zero) == Signs.None)
            {
                protocol = protocol.Note(vma, Asked.Null);
            }
        }

        if (edge.Condition is BranchCondition { Expression.Unwrapped: BinaryExpression comparison })
        {
            protocol = Compare(path.State, protocol, comparison);
            if (EndSaidEnough(comparison, edge.Condition is BranchCondition { Outcome: true }) is { } pointer)
            {
                protocol = protocol.Note(ExpressionSemantics.Evaluate(path.State, pointer), Asked.End);
            }

            protocol = guards[comparison] is { } question ? protocol.Guarded(question, comparison) : protocol;
        }

        return next.At(protocol);
    }

    protected override RevalidationState Rename(RevalidationState protocol, UnknownValue value, UnknownValue older)
    {
        var found = protocol.Found.Select((value, older), static (change, known) => known.Value.Address?.Replace(change.value, change.older) is var address && ReferenceEquals(address, known.Value.Address)
            ? new(known.Key.Replace(change.value, change.older), known.Value)
            : new(known.Key.Replace(change.value, change.older), known.Value with { Address = address }));
        return ReferenceEquals(found, protocol.Found) ? protocol : protocol with { Found = found };
    }

    protected override RevalidationState Simplify(RevalidationState protocol, PathState state)
    {
        var found = protocol.Found.Where((state, protocol), static (at, vma) => vma is UnknownValue unknown && at.state.Mentions(unknown) && !at.protocol.IsDone(at.protocol.Found[vma]!));
        found = found.Select(state, static (state, known) => CanBeNamed(state, known.Value.Address) ? known : new(known.Key, known.Value with { Address = null }));
        return ReferenceEquals(found, protocol.Found) ? protocol : protocol with { Found = found };
    }

    /// <summary>True if something that can still be read holds the address.</summary>
    private static bool CanBeNamed(PathState state, Value? address) => address is not UnknownValue unknown || state.Holds(unknown) || (unknown.Source is InitialContent initial && state.Read(initial.Place) == unknown);

    protected override bool IsWanted(RevalidationState protocol, Place place) => false;

    /// <summary>A question to the VMA that is left behind with the lock, or to the one found since.</summary>
    private RevalidationState Guard(Path<RevalidationState> path, Node node)
    {
        if (guards[node] is not { } question)
        {
            return path.Protocol;
        }

        var protocol = path.Protocol.Guarded(question, node);
        foreach (var (vma, _) in path.Protocol.Found)
        {
            if (node is not CallExpression call || PositionOf(path.State, call, vma) >= 0)
            {
                protocol = protocol.Answer(vma, asked => asked == question);
            }
        }

        return protocol;
    }

    private bool IsAnsweredBy(string function, int parameter, string question) =>
        question == Guards.Flags ? readings.Checks(function, parameter, Guards.Flags)
        : question != Guards.Length && (readings.Calls(function, parameter, question) || readings.Calls(question, RangeReading.AnyVma, function));

    private static RevalidationState Compare(PathState state, RevalidationState protocol, BinaryExpression comparison)
    {
        var left = ExpressionSemantics.Evaluate(state, comparison.Left);
        var right = ExpressionSemantics.Evaluate(state, comparison.Right);
        foreach (var (vma, found) in protocol.Found)
        {
            // "start > end" says nothing of the case that they are equal.
            var tellsEqual = comparison.Operator is BinaryOperator.Equal or BinaryOperator.NotEqual
                || (left == found.Address ? comparison.Operator is BinaryOperator.GreaterOrEqual or BinaryOperator.Less : comparison.Operator is BinaryOperator.LessOrEqual or BinaryOperator.Greater);
            if (tellsEqual && (left == found.Address || right == found.Address) && left is not ConstantValue && right is not ConstantValue && !IsRead(left, vma) && !IsRead(right, vma))
            {
                protocol = protocol.Note(vma, Asked.Length);
            }
        }

        return protocol;
    }

    private RevalidationState Look(Path<RevalidationState> path, MemberExpression member)
    {
        var vma = ExpressionSemantics.Evaluate(path.State, member.Target);
        if (vma is ConstantValue { Number: 0 } && NothingFound(path.Protocol) is { } nothing && IsResult(member.Target, nothing))
        {
            Report(Omission.Null, member, nothing, path.Protocol, null);
        }

        if (path.Protocol.Found[vma] is not { } found)
        {
            return path.Protocol;
        }

        if (!found.Has(Asked.Null) && member.Target.Unwrapped is not CallExpression)
        {
            Report(Omission.Null, member, found.Lookup, path.Protocol, null);
        }

        if (!found.Has(Asked.Start) && member is { Field.Name: "vm_start", Parent: BinaryExpression { Operator: BinaryOperator.Subtract } distance } && distance.Right == member && ExpressionSemantics.Evaluate(path.State, distance.Left) == found.Address)
        {
            // How far the address lies in the VMA is a number of nothing where it lies before it.
            Report(Omission.Hole, distance, found.Lookup, path.Protocol, null);
        }

        var asked = (member.Field.Name, RangeReading.IsCheck(member)) switch
        {
            ("vm_start", true) when !IsComparedWithEnd(path.State, member, found.Address) => Asked.Start,
            ("vm_end", _) when !IsAskedBeforeClamp(member) && !IsWrongWayRound(member) => Asked.End,
            _ => Asked.None,
        };
        return path.Protocol.Note(vma, asked);
    }

    /// <summary><c>end &lt;= vma->vm_start</c> asks whether the VMA lies behind the whole range: the address may still lie before it.</summary>
    private static bool IsComparedWithEnd(PathState state, MemberExpression member, Value? address) =>
        member.Ancestors().FirstOrDefault(static node => node is not CastExpression) is BinaryExpression { Operator: BinaryOperator.Less or BinaryOperator.LessOrEqual or BinaryOperator.Greater or BinaryOperator.GreaterOrEqual } comparison
        && (comparison.Left.Unwrapped == member ? comparison.Right : comparison.Left) is var other && other.Unwrapped is NameExpression { Symbol: VariableSymbol bound } && bound.Name.Contains("end", StringComparison.Ordinal)
        && address is not null && ExpressionSemantics.Evaluate(state, other) != address;

    /// <summary>
    /// <c>if (end > vma->vm_end) end = vma->vm_end;</c>: what counts is the bound that is brought down, or the answer that it need not be. Where something else is asked as well,
    /// the bound may stay behind the end.
    /// </summary>
    private static bool IsAskedBeforeClamp(MemberExpression member) =>
        member.Ancestors().TakeWhile(static node => node is Expression).Any(static node => node is BinaryExpression { Operator: BinaryOperator.LogicalAnd })
        && member.Ancestors().OfType<BinaryExpression>().FirstOrDefault() is { } comparison && EndSaidEnough(comparison, outcome: false) is not null
        && comparison.Ancestors().FirstOrDefault(static node => node is not Expression) is IfStatement branch
        && branch.Then.DescendantsAndSelf<AssignmentExpression>().Any(static assignment => assignment.Value.Unwrapped is MemberExpression { Field: { Record: Vma, Name: "vm_end" } });

    /// <summary><c>if (end &lt; vma->vm_end) end = vma->vm_end;</c>: an end that lies behind the VMA's stays there.</summary>
    private static bool IsWrongWayRound(MemberExpression member) =>
        member.Ancestors().OfType<BinaryExpression>().FirstOrDefault() is { } comparison && EndSaidEnough(comparison, outcome: true) is not null
        && (comparison.Left.Unwrapped == member ? comparison.Right : comparison.Left).Unwrapped is NameExpression { Symbol: VariableSymbol bound } && bound.Name.Contains("end", StringComparison.Ordinal)
        && comparison.Ancestors().FirstOrDefault(static node => node is not Expression) is IfStatement branch
        && branch.Then.DescendantsAndSelf<AssignmentExpression>().Any(assignment => LoopRound.IsVariable(bound)(assignment.Target) && VmaOfEnd(assignment.Value) is not null);

    /// <summary>The VMA behind whose end a bound does not lie, as a comparison says that came out as given; null if it says something else.</summary>
    private static Expression? EndSaidEnough(BinaryExpression comparison, bool outcome) => (comparison.Operator, outcome) switch
    {
        (BinaryOperator.Greater or BinaryOperator.GreaterOrEqual, false) or (BinaryOperator.LessOrEqual or BinaryOperator.Less, true) => VmaOfEnd(comparison.Right),
        (BinaryOperator.Less or BinaryOperator.LessOrEqual, false) or (BinaryOperator.GreaterOrEqual or BinaryOperator.Greater, true) => VmaOfEnd(comparison.Left),
        _ => null,
    };

    private static Expression? VmaOfEnd(Expression expression) => expression.Unwrapped is MemberExpression { IsArrow: true, Field: { Record: Vma, Name: "vm_end" } } member ? member.Target : null;

    /// <summary>A call gets a VMA that was looked up: either it asks, or it works on it.</summary>
    private RevalidationState Use(Path<RevalidationState> path, CallExpression call)
    {
        var protocol = path.Protocol;
        for (var i = 0; i < call.Arguments.Length; i++)
        {
            if (NothingFound(protocol) is { } nothing && IsResult(call.Arguments[i], nothing) && ExpressionSemantics.Evaluate(path.State, call.Arguments[i]) is ConstantValue { Number: 0 }
                && call.Function is { } callee && readings.BodyOf(callee.Name) is not null && !readings.TakesNull(callee.Name, i))
            {
                Report(Omission.Null, call, nothing, protocol, null);
            }
        }

        foreach (var (vma, found) in path.Protocol.Found)
        {
            if (PositionOf(path.State, call, vma) is var position && position < 0)
            {
                CheckWorkByMembers(path.State, protocol, call, vma, found);
                continue;
            }

            var isDirect = ExpressionSemantics.Evaluate(path.State, call.Arguments[position]) == vma;
            if (isDirect && !found.Has(Asked.Null) && (call.Function is not { } taker || !readings.TakesNull(taker.Name, position)))
            {
                Report(Omission.Null, call, found.Lookup, protocol, null);
            }

            protocol = Ask(path.State, protocol, call, position, vma, found);
            if (protocol.Found[vma] is { } now && IsWork(call))
            {
                CheckWork(path.State, protocol, call, vma, now);
            }
        }

        return protocol;
    }

    /// <summary>True if a variable is the one that got the result of a lookup.</summary>
    private static bool IsResult(Expression pointer, CallExpression lookup) =>
        pointer.Unwrapped is NameExpression { Symbol: VariableSymbol variable }
        && lookup.Ancestors().FirstOrDefault(static node => node is not CastExpression) is AssignmentExpression assignment && LoopRound.IsVariable(variable)(assignment.Target);

    private RevalidationState Ask(PathState state, RevalidationState protocol, CallExpression call, int position, Value vma, FoundVma found)
    {
        if (call.Function is { } function && readings.BodyOf(function.Name) is not null)
        {
            protocol = call.Type.Canonical is IntegerType && readings.AsksForNull(function.Name, position) ? protocol.Note(vma, Asked.Null) : protocol;
            protocol = readings.Checks(function.Name, position, "vm_start") ? protocol.Note(vma, Asked.Start) : protocol;
            protocol = readings.Checks(function.Name, position, "vm_end") ? protocol.Note(vma, Asked.End) : protocol;
            return protocol.Answer(vma, question => IsAnsweredBy(function.Name, position, question));
        }

        // A question whose answer is worked out elsewhere, about the VMA and the address: it is taken to be the right one.
        return call.Type.Canonical is IntegerType { IsBool: true } && call.Arguments.Any(argument => ExpressionSemantics.Evaluate(state, argument) == found.Address)
            ? protocol.Note(vma, Asked.Start).Note(vma, Asked.End)
            : protocol;
    }

    /// <summary>True if a call does something: what only says yes or no is a question.</summary>
    private static bool IsWork(CallExpression call) => call.Type.Canonical is not IntegerType { IsBool: true };

    private void CheckWork(PathState state, RevalidationState protocol, CallExpression call, Value vma, FoundVma found)
    {
        var bounds = call.Arguments.Where(argument => argument.Unwrapped.Type.Canonical is IntegerType { Size: 8, IsSigned: false } && argument.Constant is null && !(argument.Unwrapped is NameExpression { Symbol: var symbol } && words.Contains(symbol))).Select(argument => (Argument: argument, Value: ExpressionSemantics.Evaluate(state, argument))).ToList();
        var hasAddress = bounds.Exists(bound => bound.Value == found.Address) || IsInRecord(state, call, found.Address);
        if (hasAddress && !found.Has(Asked.Start))
        {
            Report(Omission.Hole, call, found.Lookup, protocol, null);
        }

        if (protocol.Drop is null || !(hasAddress || bounds.Count > 0))
        {
            return;
        }

        var others = bounds.Where(bound => bound.Value is not ConstantValue && bound.Value != found.Address && !IsRead(bound.Value, vma)).ToList();
        if (!found.Has(Asked.End) && (others.Count > 0 || (IsInRecord(state, call, found.Address) && HasSecondBound(found.Address))))
        {
            Report(Omission.End, call, found.Lookup, protocol, null);
        }

        foreach (var (question, at) in found.Wanted)
        {
            if (question != Guards.Length && at.Span.Start < call.Span.Start)
            {
                Report(Omission.Guard, call, found.Lookup, protocol, (question, at));
            }
            else if (question == Guards.Length && hasAddress && !found.Has(Asked.Length) && others.Exists(bound => bound.Value is UnknownValue { Source: WrittenBy { Node: CallExpression } }))
            {
                Report(Omission.Length, call, found.Lookup, protocol, (question, at));
            }
        }
    }

    /// <summary>A call that gets members of the VMA, as its address space or its file, and the address that was looked up works on the VMA as well.</summary>
    private void CheckWorkByMembers(PathState state, RevalidationState protocol, CallExpression call, Value vma, FoundVma found)
    {
        if (!found.Has(Asked.Start) && IsWork(call) && call.Arguments.Any(argument => argument.Type.Canonical is PointerType && !argument.Type.IsPointerTo(Vma) && IsRead(ExpressionSemantics.Evaluate(state, argument), vma))
            && call.Arguments.Any(argument => ExpressionSemantics.Evaluate(state, argument) == found.Address))
        {
            Report(Omission.Hole, call, found.Lookup, protocol, null);
        }
    }

    private void Report(Omission kind, Node at, CallExpression lookup, RevalidationState protocol, (string Name, Node At)? guard) =>
        omitted.TryAdd((kind, lookup), new OmittedCheck(kind, at, lookup, protocol.Drop, guard));

    private RevalidationState Move(Path<RevalidationState> before, CallExpression call, PathState state, CallOutcome? outcome)
    {
        var protocol = Rename(before.Protocol, new UnknownValue(call), new UnknownValue(call, 1));
        foreach (var (_, value) in state.Contents)
        {
            if (value is UnknownValue { Generation: 0, Source: WrittenBy by } written && by.Node == call)
            {
                protocol = Rename(protocol, written, written with { Generation = 1 });
            }
        }

        if (outcome?.Has(MmapLockFacts.Drops) == true)
        {
            // What a callee asks for both before and after is its own affair; what was found before is gone.
            protocol = protocol with { Drop = call, Found = EquatableMap<Value, FoundVma>.Empty };
        }

        // Whether a VMA has come in is soon seen; whether it was looked up takes a look into the callee.
        if (FoundBy(before.State, state, call) is not { } vma || lookups.LookupOf(call) is not var (address, mayBeginAfter))
        {
            return protocol;
        }

        var isHandedOut = !call.Type.IsPointerTo(Vma);
        var asked = (mayBeginAfter && !IsEndOfVma(address) ? Asked.None : Asked.Start) | (isHandedOut || (IsEndOfVma(address) && !IsInLoop(call)) ? Asked.Null : Asked.None);
        var wanted = protocol.Drop is null ? EquatableMap<string, Node>.Empty : protocol.Guards.Where(question => !(call.Function is { } function && IsAnsweredBy(function.Name, RangeReading.AnyVma, question)));
        var fresh = new FoundVma(call, ExpressionSemantics.Evaluate(before.State, address), asked, wanted);
        if (call.Function is { } helper && readings.BodyOf(helper.Name) is not null)
        {
            fresh = readings.GivesNull(helper.Name) ? fresh : fresh.With(Asked.Null);
            fresh = readings.Checks(helper.Name, RangeReading.AnyVma, "vm_start") || (isHandedOut && AsksElsewhere(helper.Name)) ? fresh.With(Asked.Start) : fresh;
            fresh = readings.Checks(helper.Name, RangeReading.AnyVma, "vm_end") && !isHandedOut ? fresh.With(Asked.End) : fresh;
        }

        return protocol with { Found = protocol.Found.With(vma, fresh), Nothing = null };
    }

    /// <summary>True if a helper, or one below it, puts its VMA and an address to a function of another file that says yes or no.</summary>
    private bool AsksElsewhere(string helper) =>
        readings.BodiesBelow(helper, RangeReading.AnyVma).SelectMany(static body => body.Body.DescendantsAndSelf<CallExpression>()).Any(call =>
            call.Function is { } function && readings.BodyOf(function.Name) is null && call.Type.Canonical is IntegerType { IsBool: true }
            && call.Arguments.Any(static argument => argument.Type.IsPointerTo(Vma)) && call.Arguments.Any(static argument => argument.Type.Canonical is IntegerType { Size: 8, IsSigned: false }));

    /// <summary>The VMA that a lookup has left as its result, or where an argument points to.</summary>
    private static UnknownValue? FoundBy(PathState before, PathState after, CallExpression call)
    {
        if (call.Type.IsPointerTo(Vma))
        {
            return after.Temporary(call) as UnknownValue;
        }

        var handedOut = call.Arguments.FirstOrDefault(static argument => argument.Type.IsPointerToPointerTo(Vma));
        return handedOut is not null && ExpressionSemantics.Evaluate(before, handedOut) is AddressValue { Place: var place } ? after.Read(place) as UnknownValue : null;
    }

    /// <summary>The VMA that ends where another one begins is asked for by that end: there is no hole between them to be asked for.</summary>
    private static bool IsEndOfVma(Expression address) => address.Unwrapped is MemberExpression { Field: { Record: Vma, Name: "vm_end" } };

    private static bool IsInLoop(Node node) => node.Ancestors().Any(static ancestor => ancestor is WhileStatement or DoStatement or ForStatement);

    /// <summary>True if a value was read from a VMA.</summary>
    private static bool IsRead(Value value, Value vma) =>
        value is UnknownValue { Source: InitialContent { Place.Root: PointeePlace { Pointer: var pointer } } } && pointer == vma;

    /// <summary>The argument that is a VMA, or a record that holds it; -1 if none is.</summary>
    private static int PositionOf(PathState state, CallExpression call, Value vma)
    {
        var values = call.Arguments.Select(argument => argument.Type.Canonical is PointerType ? ExpressionSemantics.Evaluate(state, argument) : null).ToList();
        return values.IndexOf(vma) is >= 0 and var direct ? direct : values.FindIndex(value => value is not null && Holds(state, value, vma));
    }

    /// <summary>True if a call gets a record in which a value lies.</summary>
    private static bool IsInRecord(PathState state, CallExpression call, Value? value) =>
        value is UnknownValue { Source: InitialContent { Place: FieldPlace { Root: PointeePlace { Pointer: var record } } } }
        && call.Arguments.Any(argument => argument.Type.Canonical is PointerType && ExpressionSemantics.Evaluate(state, argument) == record);

    private static bool Holds(PathState state, Value record, Value vma)
    {
        foreach (var (place, content) in state.Contents)
        {
            if (content == vma && place is FieldPlace && place.Root is PointeePlace { Pointer: var pointer } && pointer == record)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True if the record in which the address lies has another bound that the function uses.</summary>
    private bool HasSecondBound(Value? address) =>
        address is UnknownValue { Source: InitialContent { Place: FieldPlace { Field: var field } } }
        && Graph.Function.Body.DescendantsAndSelf<MemberExpression>().Any(member => member.Field != field && member.Field.Record == field.Record && member.Type.Canonical is IntegerType { Size: 8, IsSigned: false });
}
