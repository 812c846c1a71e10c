using System.Collections.Immutable;
using Review.Core.Engine;
using Review.Core.Flow;
using Review.Core.Syntax;
using Review.Flow.Paths;

namespace Review.Flow.Facts;

/// <summary>Follows the paths of one function and collects how they end.</summary>
internal sealed class Inference : PathAnalysis<EffectTrail>
{
    /// <summary>Outcomes kept apart for one function; beyond that, similar ones are merged.</summary>
    private const int MaximumOutcomes = 12;

    private readonly FunctionFacts facts;
    private readonly HashSet<CallOutcome> outcomes = [];

    /// <summary>The parameters that hold to the end what the caller handed over.</summary>
    private readonly HashSet<VariableSymbol> unchanged;

    private Inference(FunctionDefinition function, FunctionFacts facts)
        : base(ControlFlowGraph.Create(function))
    {
        this.facts = facts;
        unchanged = [.. UnchangedParameters.Of(function)];
    }

    /// <summary>The ways in which a call of the function can end, and whether there were so many that what belongs to which of them is not known any more.</summary>
    /// <exception cref="NotAnalysedException">It has too many paths.</exception>
    public static (ImmutableArray<CallOutcome> Outcomes, bool IsBlurred) Run(FunctionDefinition function, FunctionFacts facts)
    {
        var inference = new Inference(function, facts);
        inference.Run(EffectTrail.Empty);
        var ends = Merge(inference.outcomes, static outcome => outcome with { Inputs = [] });
        var isBlurred = inference.HasMerged || ends.Count > MaximumOutcomes;
        return ([.. Limit(ends).Select(InOrder).OrderBy(static outcome => outcome.Effects.ToString(), StringComparer.Ordinal)], isBlurred);
    }

    /// <summary>What is said of members in an order that does not depend on where they lie: other files may not know that.</summary>
    private static CallOutcome InOrder(CallOutcome outcome) => outcome with
    {
        Outputs = [.. outcome.Outputs.OrderBy(static output => output.Parameter).ThenBy(static output => output.Field?.Name, StringComparer.Ordinal)],
        Flags = [.. outcome.Flags.OrderBy(static flag => flag.Parameter).ThenBy(static flag => flag.Field.Name, StringComparer.Ordinal)],
    };

    /// <summary>The parameters that point to records of which the function itself writes members.</summary>
    public static IEnumerable<int> MembersWrittenThrough(FunctionDefinition function)
    {
        foreach (var assignment in function.Body.DescendantsAndSelf<AssignmentExpression>())
        {
            if (assignment.Target is MemberExpression { IsArrow: true, Target.Unwrapped: NameExpression { Symbol: VariableSymbol { IsAutomatic: true } variable } })
            {
                foreach (var parameter in function.Parameters)
                {
                    if (parameter == variable || (variable.Kind == VariableKind.Local && parameter.Type.Pointee is { } record && record == variable.Type.Pointee))
                    {
                        yield return parameter.Ordinal;
                    }
                }
            }
        }
    }

    protected override bool KeepsFlagsApart => true;

    protected override int MaximumPaths => ManyPaths;

    protected override IEnumerable<Path<EffectTrail>> Visit(Path<EffectTrail> path, Node node) => node is CallExpression call ? VisitCall(path, call) : base.Visit(path, node);

    private IEnumerable<Path<EffectTrail>> VisitCall(Path<EffectTrail> path, CallExpression call) =>
        facts.Apply(path.State, call).Select(next => new Path<EffectTrail>(next.State, Translate(path, call, next.Outcome)));

    /// <summary>What the caller handed over may decide what happens: it is kept to the end.</summary>
    protected override bool IsWanted(EffectTrail protocol, Place place) => place is VariablePlace { Variable: var variable } && unchanged.Contains(variable);

    /// <summary>The effects of a call as effects of this function: those on the result stay with the call, those on a parameter of its own go with that parameter, those on its locals stay inside.</summary>
    private EffectTrail Translate(Path<EffectTrail> path, CallExpression call, CallOutcome? outcome)
    {
        var trail = path.Protocol;
        foreach (var effect in outcome?.Effects ?? EffectTrail.Empty)
        {
            if (CallOutcome.Split(effect) is not var (verb, parameter))
            {
                trail = CallOutcome.IsAboutResult(effect) ? trail : Then(effect);
            }
            else if (parameter < call.Arguments.Length
                && ExpressionSemantics.Evaluate(path.State, call.Arguments[parameter]) is UnknownValue { Source: InitialContent { Place: VariablePlace own } }
                && Graph.Function.Parameters.Contains(own.Variable))
            {
                trail = Then($"{verb} *{own.Variable.Ordinal}");
            }
        }

        return trail;

        // What a callee did and undid is out of its trail already: if both are still there, the first of them was to undo something of before.
        EffectTrail Then(string effect)
        {
            var next = facts.Then(trail, effect);
            return next.Contains(effect) || trail.Except(next, StringComparer.Ordinal).All(path.Protocol.Contains) ? next : trail.Then(effect);
        }
    }

    protected override void AtExit(Path<EffectTrail> path, ReturnStatement? @return)
    {
        ArgumentNullException.ThrowIfNull(path);
        var result = @return?.Value is null ? null : path.State.Read(ResultPlace.Instance);
        _ = outcomes.Add(new CallOutcome(path.Protocol, result is null ? Fact.Nothing : path.State.FactOf(result).Normalize(), [.. Outputs(path.State)])
        {
            Inputs = [.. Inputs(path.State)],
            Flags = path.Protocol.IsEmpty ? [] : [.. Flags(path.State)],
            Returns = unchanged.FirstOrDefault(parameter => result == path.State.PlaceOf(parameter).InitialValue)?.Ordinal,
        });
    }

    /// <summary>What a parameter pointed to when the function was entered.</summary>
    private static PointeePlace TargetOf(PathState state, VariableSymbol parameter) => state.PlaceOf(parameter).InitialValue.Target;

    private IEnumerable<CallInput> Inputs(PathState state)
    {
        foreach (var parameter in Graph.Function.Parameters.Where(unchanged.Contains))
        {
            if (state.FactOf(state.Read(state.PlaceOf(parameter))).Normalize() is var fact && fact != Fact.Nothing)
            {
                yield return new CallInput(parameter.Ordinal, fact);
            }

            if (parameter.Type.Pointee is IntegerType && state.FactFound(TargetOf(state, parameter)) is var found && found != Fact.Nothing)
            {
                yield return new CallInput(parameter.Ordinal, found, IsTarget: true);
            }
        }
    }

    private IEnumerable<(int Parameter, FieldSymbol Field)> Flags(PathState state) =>
        Graph.Function.Parameters.SelectMany(parameter =>
            state.FlagsFoundSet(TargetOf(state, parameter)).Select(field => (parameter.Ordinal, field)));

    private IEnumerable<CallOutput> Outputs(PathState state)
    {
        foreach (var parameter in Graph.Function.Parameters)
        {
            var place = TargetOf(state, parameter);
            switch (parameter.Type.Pointee)
            {
                case IntegerType or PointerType or EnumType:
                    var left = state.IsAsFound(place) ? (Kind: OutputKind.Kept, Number: 0) : Describe(state.Read(place), place);
                    if (left.Kind != OutputKind.Changed)
                    {
                        yield return new CallOutput(parameter.Ordinal, null, left.Kind, left.Number);
                    }

                    break;
                case RecordType:
                    var written = state.Contents
                        .Where(content => content.Key is FieldPlace member && member.Container == place)
                        .Select(content => (((FieldPlace)content.Key).Field, Now: Describe(content.Value, content.Key)))
                        .Where(static member => member.Now.Kind != OutputKind.Kept);
                    foreach (var (field, (kind, number)) in written)
                    {
                        yield return new CallOutput(parameter.Ordinal, field, kind, number);
                    }

                    break;
            }
        }
    }

    private static (OutputKind Kind, long Number) Describe(Value content, Place place) => content switch
    {
        ConstantValue constant => (OutputKind.Number, constant.Number),
        UnknownValue { Source: InitialContent initial } when initial.Place == place => (OutputKind.Kept, 0),
        _ => (OutputKind.Changed, 0),
    };

    /// <summary>Merges as much as it takes to get below the limit.</summary>
    private static List<CallOutcome> Limit(List<CallOutcome> merged)
    {
        if (merged.Count > MaximumOutcomes)
        {
            merged = Merge(merged, static outcome => outcome with { Inputs = [], Outputs = [], Result = Fact.Nothing with { Signs = outcome.Result.Signs } });
        }

        return merged.Count > MaximumOutcomes ? Merge(merged, static outcome => outcome with { Inputs = [], Outputs = [], Result = Fact.Nothing, Returns = null }) : merged;
    }

    private static List<CallOutcome> Merge(IEnumerable<CallOutcome> outcomes, Func<CallOutcome, CallOutcome> key) =>
        [.. outcomes.GroupBy(key).Select(static group => group.Aggregate(Merge))];

    private static CallOutcome Merge(CallOutcome one, CallOutcome other) => one with
    {
        Result = one.Result.Or(other.Result),
        Returns = one.Returns == other.Returns ? one.Returns : null,
        Inputs = [.. one.Inputs
            .SelectMany(input => other.Inputs.Where(theirs => theirs.Parameter == input.Parameter && theirs.IsTarget == input.IsTarget).Select(theirs => input with { Fact = input.Fact.Or(theirs.Fact) }))
            .Where(static input => input.Fact != Fact.Nothing)],
        Flags = [.. one.Flags.Intersect(other.Flags)],
        Outputs = [.. one.Outputs.Intersect(other.Outputs), .. MembersWrittenByEither(one.Outputs, other.Outputs)],
    };

    /// <summary>Members about which two outcomes do not agree: they are not known afterwards. Of what a parameter points to as a whole a caller expects nothing else.</summary>
    private static IEnumerable<CallOutput> MembersWrittenByEither(ImmutableArray<CallOutput> one, ImmutableArray<CallOutput> other) =>
        one.Except(other).Concat(other.Except(one))
            .Where(static output => output.Field is not null)
            .Select(static output => new CallOutput(output.Parameter, output.Field, OutputKind.Changed))
            .Distinct();
}
