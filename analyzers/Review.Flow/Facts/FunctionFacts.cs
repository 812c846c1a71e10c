using System.Collections.Immutable;
using Review.Core.Flow;
using Review.Core.Syntax;
using Review.Flow.Paths;

namespace Review.Flow.Facts;

/// <summary>
/// What calls do, as far as it is known: from a table for functions of other files, and inferred bottom-up for the functions of this
/// file, so that code moved into a helper keeps its meaning. Functions that call each other in a circle keep what is known without the circle.
/// </summary>
public sealed class FunctionFacts
{
    /// <summary>Outcomes kept apart for one function; beyond that, those with the same effects are merged.</summary>
    private const int MaximumOutcomes = 12;

    private readonly FactTable table;
    private readonly Dictionary<string, ImmutableArray<CallOutcome>> inferred = [];
    private readonly Dictionary<string, ImmutableArray<(int Parameter, FieldSymbol Field)>> writtenFields = [];

    /// <summary>Infers the facts of every function of a file.</summary>
    public FunctionFacts(TranslationUnit unit, FactTable table)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(table);
        this.table = table;
        var calls = unit.Functions
            .DistinctBy(static function => function.Name)
            .ToDictionary(
                static function => function.Name,
                static function => (Function: function, Callees: function.Body.DescendantsAndSelf().OfType<CallExpression>().Select(static call => call.Function?.Name).OfType<string>().ToHashSet()));
        var visited = new HashSet<string>();
        foreach (var name in calls.Keys.ToList())
        {
            Visit(name);
        }

        void Visit(string name)
        {
            if (!visited.Add(name))
            {
                return;
            }

            var (function, callees) = calls[name];
            foreach (var callee in callees.Where(calls.ContainsKey).Order(StringComparer.Ordinal))
            {
                Visit(callee);
            }

            writtenFields[name] = WrittenFields(function);

            // A function that calls nothing with effects, and leaves no mark, has none.
            var mayHaveEffects = LeavesMark(function) || callees.Any(callee => inferred.ContainsKey(callee) || !table.OutcomesOf(callee).IsEmpty);
            if (mayHaveEffects && table.OutcomesOf(name).IsEmpty)
            {
                Infer(function);
            }
        }
    }

    /// <summary>The ways in which a call can end; empty if it is not known to have effects.</summary>
    public ImmutableArray<CallOutcome> OutcomesOf(string function) =>
        inferred.TryGetValue(function, out var known) ? known : table.OutcomesOf(function);

    /// <summary>What the path can look like after a call; one state with no effects if nothing is known of the function.</summary>
    public IEnumerable<(PathState State, CallOutcome? Outcome)> Apply(PathState before, CallExpression call)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(call);
        var after = ExpressionSemantics.Apply(before, call);
        foreach (var (parameter, field) in call.Function is { } known ? writtenFields.GetValueOrDefault(known.Name, []) : [])
        {
            if (parameter < call.Arguments.Length)
            {
                after = after.Overwrite(PlaceOf(before, call.Arguments[parameter], field), call);
            }
        }

        var outcomes = call.Function is { } function ? OutcomesOf(function.Name) : [];
        var applicable = outcomes.Where(outcome => IsApplicable(before, call, outcome) && IsAskedFor(before, call, outcome)).ToList();
        if (applicable.Count == 0)
        {
            return [(after, null)];
        }

        var result = new List<(PathState, CallOutcome?)>(applicable.Count);
        foreach (var outcome in applicable)
        {
            if (Learn(before, after, call, outcome) is { } state)
            {
                result.Add((state, outcome));
            }
        }

        return result;
    }

    private static bool IsApplicable(PathState state, CallExpression call, CallOutcome outcome) =>
        outcome.Guard is not var (parameter, field)
        || (parameter < call.Arguments.Length
            && ExpressionSemantics.Evaluate(state, call.Arguments[parameter]) is AddressValue { Place: FieldPlace place }
            && place.Field.Name == field);

    /// <summary>
    /// An outcome that the caller has to ask for with a flag only counts where the flag is known to be set. A flag of which nothing is known
    /// was set up elsewhere, for this caller.
    /// </summary>
    private static bool IsAskedFor(PathState state, CallExpression call, CallOutcome outcome) =>
        outcome.Requires.All(required => required.Parameter < call.Arguments.Length
            && (state.FactOf(state.Read(PlaceOf(state, call.Arguments[required.Parameter], required.Field))).Signs & Signs.Zero) == Signs.None);

    private static Place PlaceOf(PathState state, Expression argument, FieldSymbol? field)
    {
        var target = ExpressionSemantics.Pointee(ExpressionSemantics.Evaluate(state, argument));
        return field is null ? target : new FieldPlace(target, field);
    }

    private static PathState? Learn(PathState before, PathState after, CallExpression call, CallOutcome outcome)
    {
        var state = after;
        if (after.Temporary(call) is { } result)
        {
            state = outcome.Result is { Ones: var ones, Zeros: var zeros } && (ones | zeros) == ulong.MaxValue
                ? state.LearnEqual(result, unchecked((long)ones))
                : state.Learn(result, outcome.Result);
        }

        foreach (var output in outcome.Outputs)
        {
            if (state is not null && output.Parameter < call.Arguments.Length)
            {
                var place = PlaceOf(before, call.Arguments[output.Parameter], output.Field);
                state = state.Write(place, output.Number is { } number ? new ConstantValue(number) : before.Read(place));
            }
        }

        return state;
    }

    /// <summary>True if the function assigns a number to a member of a structure handed over, e.g. a flag.</summary>
    private static bool LeavesMark(FunctionDefinition function) =>
        function.Body.DescendantsAndSelf().OfType<AssignmentExpression>().Any(static assignment =>
            assignment is { Compound: null, Value.Constant: not null, Target: MemberExpression { IsArrow: true, Target: NameExpression { Symbol: VariableSymbol { Kind: VariableKind.Parameter } } } });

    /// <summary>The members of structures handed over that a function assigns, itself or in functions of the file that it hands them on to.</summary>
    private ImmutableArray<(int Parameter, FieldSymbol Field)> WrittenFields(FunctionDefinition function)
    {
        var fields = new HashSet<(int, FieldSymbol)>();
        foreach (var node in function.Body.DescendantsAndSelf())
        {
            switch (node)
            {
                case AssignmentExpression { Target: MemberExpression { IsArrow: true, Target: NameExpression { Symbol: VariableSymbol { Kind: VariableKind.Parameter } parameter }, Field: var field } }:
                    _ = fields.Add((parameter.Ordinal, field));
                    break;
                case CallExpression { Function: { } callee } call when writtenFields.TryGetValue(callee.Name, out var written):
                    fields.UnionWith(written
                        .Where(entry => entry.Parameter < call.Arguments.Length)
                        .Select(entry => (Parameter: (call.Arguments[entry.Parameter].Unwrapped as NameExpression)?.Symbol as VariableSymbol, entry.Field))
                        .Where(static entry => entry.Parameter?.Kind == VariableKind.Parameter)
                        .Select(static entry => (entry.Parameter!.Ordinal, entry.Field)));
                    break;
            }
        }

        return [.. fields.OrderBy(static entry => entry.Item1).ThenBy(static entry => entry.Item2.Name, StringComparer.Ordinal)];
    }

    private void Infer(FunctionDefinition function)
    {
        var inference = new Inference(ControlFlowGraph.Create(function), this);
        inference.Run(EquatableMap<string, bool>.Empty);
        var outcomes = inference.Outcomes;
        if (inference.HasGivenUp || outcomes.All(static outcome => outcome.Effects.IsEmpty && outcome.Outputs.All(static output => output.Number is null)))
        {
            return;
        }

        inferred[function.Name] = outcomes.Count <= MaximumOutcomes
            ? [.. outcomes.OrderBy(static outcome => string.Join(',', outcome.Effects), StringComparer.Ordinal)]
            : [.. outcomes.GroupBy(static outcome => string.Join(',', outcome.Effects), StringComparer.Ordinal).OrderBy(static group => group.Key, StringComparer.Ordinal).Select(Merge)];
    }

    private static CallOutcome Merge(IEnumerable<CallOutcome> outcomes) =>
        outcomes.Aggregate(static (one, other) => one with
        {
            Result = one.Result.Or(other.Result),
            Outputs = [.. one.Outputs.Intersect(other.Outputs)],
            Requires = [.. one.Requires.Intersect(other.Requires)],
        });

    /// <summary>Follows the paths of one function and collects how they end.</summary>
    private sealed class Inference(ControlFlowGraph graph, FunctionFacts facts) : PathAnalysis<EquatableMap<string, bool>>(graph)
    {
        public HashSet<CallOutcome> Outcomes { get; } = [];

        protected override IEnumerable<Path<EquatableMap<string, bool>>> Visit(Path<EquatableMap<string, bool>> path, Node node)
        {
            if (node is not CallExpression call)
            {
                return base.Visit(path, node);
            }

            return facts.Apply(path.State, call).Select(next => new Path<EquatableMap<string, bool>>(
                next.State,
                next.Outcome is null ? path.Protocol : Translate(path.State, call, next.Outcome).Aggregate(path.Protocol, static (effects, effect) => effects.With(effect, true))));
        }

        /// <summary>The effects of a call as effects of the caller: those on a parameter of its own go with that parameter, those on its locals stay inside.</summary>
        private IEnumerable<string> Translate(PathState state, CallExpression call, CallOutcome outcome)
        {
            foreach (var effect in outcome.Effects)
            {
                if (!effect.Contains(" *", StringComparison.Ordinal))
                {
                    yield return effect;
                }
            }

            foreach (var (verb, parameter) in outcome.OnParameters)
            {
                if (parameter < call.Arguments.Length
                    && ExpressionSemantics.Evaluate(state, call.Arguments[parameter]) is UnknownValue { Source: InitialContent { Place: VariablePlace { Variable.Kind: VariableKind.Parameter } own } }
                    && Graph.Function.Parameters.Contains(own.Variable))
                {
                    yield return $"{verb} *{own.Variable.Ordinal}";
                }
            }
        }

        protected override void AtExit(Path<EquatableMap<string, bool>> path, ReturnStatement? @return)
        {
            var outputs = ImmutableArray.CreateBuilder<CallOutput>();
            var requires = ImmutableArray.CreateBuilder<(int, FieldSymbol)>();
            foreach (var parameter in Graph.Function.Parameters)
            {
                var target = new PointeePlace(new UnknownValue(new InitialContent(new VariablePlace(parameter))));
                if (parameter.Type.Pointee is IntegerType or PointerType or EnumType)
                {
                    AddOutput(path.State, parameter.Ordinal, null, target, outputs);
                }

                foreach (var (index, field) in facts.writtenFields.GetValueOrDefault(Graph.Function.Name, []))
                {
                    if (index == parameter.Ordinal)
                    {
                        AddOutput(path.State, index, field, new FieldPlace(target, field), outputs);
                    }
                }

                if (path.Protocol.Count > 0)
                {
                    requires.AddRange(path.State.Flags(target).OrderBy(static field => field.Name, StringComparer.Ordinal).Select(field => (parameter.Ordinal, field)));
                }
            }

            var result = @return?.Value is null ? Fact.Nothing : path.State.FactOf(path.State.Read(ResultPlace.Instance));
            _ = Outcomes.Add(new CallOutcome([.. path.Protocol.Keys.Order(StringComparer.Ordinal)], result, outputs.ToImmutable()) { Requires = requires.ToImmutable() });
        }

        private static void AddOutput(PathState state, int parameter, FieldSymbol? field, Place place, ImmutableArray<CallOutput>.Builder outputs)
        {
            switch (state.Read(place))
            {
                case ConstantValue { Number: var number }:
                    outputs.Add(new CallOutput(parameter, field, number));
                    break;
                case UnknownValue { Source: InitialContent initial } when initial.Place == place:
                    outputs.Add(new CallOutput(parameter, field, null));
                    break;
            }
        }
    }
}
