using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using Review.Core.Dependencies;
using Review.Core.Engine;
using Review.Core.Syntax;
using Review.Flow.Paths;

namespace Review.Flow.Facts;

/// <summary>
/// What is known in one subject of the functions of one file, or of several files together. A function is followed when somebody asks, bottom-up; for functions
/// that call each other in a circle it is done in a few rounds. Nothing depends on who asks first. Several threads may ask at once.
/// </summary>
internal sealed class SubjectFacts
{
    /// <summary>Rounds over functions that call each other in a circle.</summary>
    private const int MaximumRounds = 8;

    /// <summary>Longest circle over several files that is followed. In a longer one every file is looked at alone.</summary>
    private const int MaximumCircle = 8;

    private static readonly HashSet<string> Nothing = [];

    private readonly CallGraph graph;
    private readonly FactTable table;
    private readonly FactTable elsewhere;
    private readonly Dictionary<TranslationUnit, FactTable> tables = [];

    /// <summary>What does not depend on the table's own lines is shared by all subjects with the same base.</summary>
    private readonly SubjectFacts? shared;

    /// <summary>The effects below each function; one that leads to no name of the table's own lines is not in it.</summary>
    private readonly Dictionary<CalledFunction, HashSet<string>> below = [];

    private readonly ConcurrentDictionary<CalledFunction, Inferred> finished = [];
    private readonly ConcurrentDictionary<(TranslationUnit Asking, CalledFunction Function), ImmutableArray<CallOutcome>> translated = [];
    private readonly ConcurrentDictionary<CalledFunction, bool> leadingOut = [];
    private readonly ConcurrentDictionary<CalledFunction, ImmutableArray<(string Verb, int Parameter)>> parameterEffects = [];
    private readonly ConcurrentDictionary<CalledFunction, HashSet<string>> within = [];
    private readonly ConcurrentDictionary<CalledFunction, HashSet<int>> handedOut = [];

    /// <summary>The members of a circle over several files that is too long to be followed: for functions of other files they are as good as unknown.</summary>
    private readonly HashSet<CalledFunction> apart = [];

    /// <summary>What is inferred at the moment. One whose inference has begun and found no way to return yet has no outcomes at all.</summary>
    private readonly Dictionary<CalledFunction, Inferred> current = [];

    /// <summary>For asking whether what was inferred before still holds.</summary>
    private readonly ConcurrentDictionary<TranslationUnit, UnitFacts> facts = [];

    private readonly Lock access = new();

    /// <param name="graph">The functions of the files.</param>
    /// <param name="table">What is known of functions whose body nobody has.</param>
    /// <param name="elsewhere">What was found out about functions of further files.</param>
    /// <param name="shared">The facts of the table's base over the same graph; null if it has none.</param>
    /// <param name="reach">Whose bodies are looked into.</param>
    public SubjectFacts(CallGraph graph, FactTable table, FactTable elsewhere, SubjectFacts? shared, FactReach reach)
    {
        Reach = reach;
        this.graph = graph;
        this.table = table;
        this.elsewhere = elsewhere;
        this.shared = shared;
        foreach (var unit in graph.Functions.Select(static function => function.Unit).Distinct())
        {
            tables[unit] = table.For(unit.Text);
        }

        FindReach();
    }

    /// <summary>What is known of functions whose body nobody has.</summary>
    public FactTable Table => table;

    /// <summary>Whose bodies are looked into.</summary>
    public FactReach Reach { get; }

    /// <summary>The effects that calls in a function can have, directly or further down; what they are about is not looked at.</summary>
    /// <remarks>Effects of functions of other files count if callers here see them, which is not so for everything that may happen further down.</remarks>
    public IReadOnlySet<string> EffectsWithin(TranslationUnit unit, string function) =>
        graph.Find(unit, function) is not { } body || !below.ContainsKey(body) ? Nothing
        : body.Unit == unit ? within.GetOrAdd(body, body => FindWithin(body.Unit, body))
        : FindWithin(unit, body);

    private HashSet<string> FindWithin(TranslationUnit unit, CalledFunction body)
    {
        var effects = new HashSet<string>(StringComparer.Ordinal);
        var seen = new HashSet<CalledFunction> { body };
        var work = new Stack<CalledFunction>(seen);
        while (work.TryPop(out var next))
        {
            foreach (var (name, callee) in next.Callees)
            {
                if (callee is null || callee.Unit != unit || TableOf(unit).Knows(name))
                {
                    effects.UnionWith(EffectsOf(next, name, OutcomesOf(unit, name)));
                }
                else if (below.ContainsKey(callee) && seen.Add(callee))
                {
                    work.Push(callee);
                }
            }
        }

        return effects;
    }

    /// <summary>The trail after one more effect in the same function.</summary>
    public EffectTrail Then(EffectTrail trail, string effect) => table.Then(trail, effect);

    /// <summary>True if the function's body is in the file, or another file or header has it and the table does not speak of it.</summary>
    public bool HasBody(TranslationUnit unit, string function) =>
        graph.Find(unit, function) is { IsHeader: false } body && body.Unit == unit
        || ((graph.Find(unit, function) is not null || IsFoundElsewhere(function)) && !TableOf(unit).Knows(function));

    /// <summary>True if it is known what the function does. One of a header counts if nobody gets hold of its arguments of whom nothing is known.</summary>
    public bool IsKnown(TranslationUnit unit, string function) =>
        TableOf(unit).Knows(function) || (graph.Find(unit, function) is { } body ? !body.IsHeader || !LeadsOut(body) : IsFoundElsewhere(function));

    /// <summary>What the table says of a function as it counts for a file; empty if it does not speak of it.</summary>
    public ImmutableArray<CallOutcome> ListedOutcomesOf(TranslationUnit unit, string function) => TableOf(unit).OutcomesOf(function);

    /// <summary>What a function may do with its parameters on whatever path, itself or by handing them on; by parameter and in source order.</summary>
    public IReadOnlyList<(string Verb, int Parameter)> ParameterEffectsOf(TranslationUnit unit, string function)
    {
        if (ListedOutcomesOf(unit, function) is { IsEmpty: false } known)
        {
            return EffectsOn(known, null);
        }

        if (graph.Find(unit, function) is not { } body)
        {
            return EffectsOn(FoundElsewhere(function), null);
        }

        // What a function of another file is for, its name says; what it looks at on its way is its own affair.
        return body.Unit != unit ? [] : parameterEffects.GetOrAdd(body, static (body, subject) => subject.below.ContainsKey(body) ? [.. subject.FindParameterEffects(body)] : [], this);
    }

    private IEnumerable<(string Verb, int Parameter)> FindParameterEffects(CalledFunction function)
    {
        for (var parameter = 0; parameter < function.Definition.Parameters.Length; parameter++)
        {
            var found = new HashSet<string>(StringComparer.Ordinal);
            var seen = new HashSet<(CalledFunction Function, int Parameter)> { (function, parameter) };
            var work = new Queue<(CalledFunction Function, int Parameter)>(seen);
            while (work.TryDequeue(out var at))
            {
                foreach (var (call, argument) in ParameterUses.Of(at.Function.Definition, at.Parameter))
                {
                    if (call.Function?.Name is not { } callee)
                    {
                        continue;
                    }

                    var listed = ListedOutcomesOf(at.Function.Unit, callee);
                    if (listed.IsEmpty && graph.Find(at.Function.Unit, callee) is { } body)
                    {
                        if (argument < body.Definition.Parameters.Length && body.Unit == at.Function.Unit && below.ContainsKey(body) && seen.Add((body, argument)))
                        {
                            work.Enqueue((body, argument));
                        }
                    }
                    else
                    {
                        found.UnionWith(EffectsOn(listed.IsEmpty ? FoundElsewhere(callee) : listed, argument).Select(static effect => effect.Verb));
                    }
                }
            }

            foreach (var verb in found)
            {
                yield return (verb, parameter);
            }
        }
    }

    /// <summary>The parameters of a function of the file that it hands on, itself or further down, to a function of which nothing is known and which may change what they point to.</summary>
    public IReadOnlySet<int> ParametersHandedOut(TranslationUnit unit, string function) =>
        !TableOf(unit).Knows(function) && graph.Find(unit, function) is { IsHeader: false } body && body.Unit == unit
            ? handedOut.GetOrAdd(body, static (body, subject) => [.. Enumerable.Range(0, body.Definition.Parameters.Length).Where(parameter => subject.HandsOut(body, parameter))], this)
            : FrozenSet<int>.Empty;

    private bool HandsOut(CalledFunction function, int parameter)
    {
        var seen = new HashSet<(CalledFunction Function, int Parameter)> { (function, parameter) };
        var work = new Queue<(CalledFunction Function, int Parameter)>(seen);
        while (work.TryDequeue(out var at))
        {
            foreach (var (call, argument) in ParameterUses.Of(at.Function.Definition, at.Parameter).Where(static use => use.Call.MayWriteThrough(use.Argument)))
            {
                if (call.Function?.Name is not { } callee || !IsKnown(function.Unit, callee))
                {
                    return true;
                }

                if (!TableOf(function.Unit).Knows(callee) && graph.Find(function.Unit, callee) is { IsHeader: false } body && body.Unit == function.Unit && argument < body.Definition.Parameters.Length && seen.Add((body, argument)))
                {
                    work.Enqueue((body, argument));
                }
            }
        }

        return false;
    }

    private static IReadOnlyList<(string Verb, int Parameter)> EffectsOn(ImmutableArray<CallOutcome> outcomes, int? parameter) =>
        [.. outcomes.SelectMany(static outcome => outcome.OnParameters).Where(effect => parameter is null || effect.Parameter == parameter).Distinct()];

    /// <summary>The ways in which a call from a file can end; empty if it is not known to have effects; default while the function is being followed and no way to return is known yet.</summary>
    /// <exception cref="NotAnalysedException">The function is one of the file and has too many paths.</exception>
    public ImmutableArray<CallOutcome> OutcomesOf(TranslationUnit unit, string function)
    {
        if (TableOf(unit).OutcomesOf(function) is { IsEmpty: false } known)
        {
            return known;
        }

        if (graph.Find(unit, function) is not { } body)
        {
            return FieldNames.Of(unit).Translate(FoundElsewhere(function));
        }

        var subject = SubjectOf(body);
        if (subject is null)
        {
            return [];
        }

        if (body.Unit != unit && subject.access.IsHeldByCurrentThread && subject.apart.Contains(body))
        {
            return [];
        }

        var inferred = subject.Infer(body);
        if (inferred.Reason is { } reason)
        {
            // A function of another file that cannot be followed is as good as one that nobody has.
            return body.Unit == unit && !body.IsHeader ? throw new NotAnalysedException(reason) : [];
        }

        return body.Unit != unit && inferred.IsBlurred ? []
            : inferred.Outcomes.IsDefaultOrEmpty || body.Unit == unit ? inferred.Outcomes
            : inferred.IsFinished ? translated.GetOrAdd((unit, body), static (key, outcomes) => FieldNames.Of(key.Asking).Translate(outcomes), inferred.Outcomes)
            : FieldNames.Of(unit).Translate(inferred.Outcomes);
    }

    /// <summary>The functions of a file with which a function calls itself in a circle, in source order; empty if it does not.</summary>
    public ImmutableArray<string> CircleOf(TranslationUnit unit, string function) =>
        [.. graph.CirclesOf(unit).FirstOrDefault(circle => circle.Any(member => member.Name == function), []).Select(static member => member.Name)];

    /// <summary>The functions of a file that call themselves or each other in a circle, circle by circle.</summary>
    public ImmutableArray<string> CirclesOf(TranslationUnit unit) => [.. graph.CirclesOf(unit).SelectMany(static circle => circle).Select(static member => member.Name)];

    /// <summary>True if a function of a file can end in more ways than are told apart, or cannot be followed.</summary>
    public bool IsBlurred(TranslationUnit unit, string function) =>
        !TableOf(unit).Knows(function) && graph.Find(unit, function) is { } body && body.Unit == unit
        && SubjectOf(body) is { } subject && subject.Infer(body) is { IsBlurred: true } or { Reason: not null };

    /// <summary>What the functions that files make known to others do, where it follows from lines of the table's own; by file and in source order.</summary>
    public IEnumerable<(string File, FactLine Line)> Export()
    {
        foreach (var function in graph.Shared.OrderBy(static function => function.Index).Where(function => !TableOf(function.Unit).Knows(function.Name)))
        {
            // One that nobody can follow is as good as one without effects, for those who see its body too.
            var isConcerned = shared is null || below.ContainsKey(function);
            var outcomes = isConcerned && SubjectOf(function) == this && Infer(function) is { IsBlurred: false } inferred ? inferred.Outcomes : [];
            if (isConcerned)
            {
                foreach (var outcome in outcomes.DefaultIfEmpty(new CallOutcome(EffectTrail.Empty, Fact.Nothing, [])))
                {
                    yield return (function.Unit.Path, new FactLine(null, function.Name, outcome with { Outputs = [.. outcome.Outputs.Where(static output => output.Field is not { Record: "" })] }));
                }
            }
        }
    }

    /// <summary>What is known of a function, and from where.</summary>
    public KnownFunction Explain(TranslationUnit unit, string function)
    {
        var own = TableOf(unit);
        if (own.Knows(function))
        {
            return new KnownFunction(own.NameOf(function), own.OutcomesOf(function), [], null);
        }

        if (graph.Find(unit, function) is not { } body)
        {
            return new KnownFunction(elsewhere.Knows(function) ? FoundFacts.Source : null, FoundElsewhere(function), [], null);
        }

        var inferred = SubjectOf(body)?.Infer(body);
        ImmutableArray<CallOutcome> outcomes = inferred is null ? [] : inferred.Outcomes;
        var effects = outcomes.SelectMany(static outcome => outcome.Effects).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        return new KnownFunction(body.Definition.Header ?? body.Unit.Path, outcomes, [.. effects.Select(effect => new KnownEffect(effect, PathTo(effect, body)))], inferred?.Reason) { IsForOthers = inferred?.IsBlurred != true };
    }

    /// <summary>The shortest way from a function to a call that has an effect; empty if there is none.</summary>
    private ImmutableArray<string> PathTo(string effect, CalledFunction from)
    {
        var seen = new HashSet<CalledFunction> { from };
        var work = new Queue<(CalledFunction Function, ImmutableArray<string> Path)>([(from, [$"{from.Name}()"])]);
        while (work.TryDequeue(out var item))
        {
            foreach (var (name, body) in item.Function.Callees)
            {
                var own = TableOf(item.Function.Unit);
                var (table, source) = own.Knows(name) ? (own, own.NameOf(name)) : body is null ? (elsewhere, FoundFacts.Source) : (null, "");
                if (table is not null && table.OutcomesOf(name).FirstOrDefault(Has) is { } outcome)
                {
                    return item.Path.Add($"{name}(){new FactLine(null, name, outcome).Condition} ({source})");
                }

                if (table is null && SubjectOf(body!) == this && Infer(body!).Outcomes.Any(Has) && seen.Add(body!))
                {
                    work.Enqueue((body!, item.Path.Add($"{name}()")));
                }
            }
        }

        return [];

        // On the way down an effect on one parameter is one on another.
        bool Has(CallOutcome outcome) => outcome.Effects.Any(other => other == effect || (CallOutcome.Split(effect) is var (verb, _) && CallOutcome.Split(other)?.Verb == verb));
    }

    /// <summary>The subject that follows a function: this one, the shared one, or null if nobody wants to know anything of it.</summary>
    private SubjectFacts? SubjectOf(CalledFunction function) =>
        TableOf(function.Unit).Knows(function.Name) ? null
        : below.TryGetValue(function, out var effects) || shared is null ? ((effects ?? Nothing).Count > 0 || function.Written.Count > 0 ? this : null)
        : shared.SubjectOf(function);

    private FactTable TableOf(TranslationUnit unit) => tables.TryGetValue(unit, out var known) ? known : table;

    private bool IsFoundElsewhere(string function) => elsewhere.Knows(function) || shared?.IsFoundElsewhere(function) == true;

    /// <summary>What was found out about a function of a further file; as for functions here, nothing if it has no effects.</summary>
    private ImmutableArray<CallOutcome> FoundElsewhere(string function) =>
        !elsewhere.Knows(function) ? shared?.FoundElsewhere(function) ?? []
        : elsewhere.OutcomesOf(function) is var outcomes && outcomes.Any(static outcome => outcome.MattersToCallers) ? outcomes : [];

    private void FindReach()
    {
        var work = new Queue<CalledFunction>();
        foreach (var name in table.OwnFunctions.Concat(elsewhere.Functions).Distinct(StringComparer.Ordinal))
        {
            foreach (var caller in graph.CallersOf(name))
            {
                var own = TableOf(caller.Unit);
                if (own.Knows(name) || (graph.Find(caller.Unit, name) is null && elsewhere.Knows(name)))
                {
                    var outcomes = (own.Knows(name) ? own : elsewhere).OutcomesOf(name);
                    if (outcomes.Any(outcome => IsPossible(caller, name, outcome)))
                    {
                        Add(caller, EffectsOf(caller, name, outcomes));
                    }
                }
            }
        }

        while (work.TryDequeue(out var function))
        {
            foreach (var caller in graph.CallersOf(function.Name))
            {
                if (caller != function && !TableOf(caller.Unit).Knows(function.Name) && graph.Find(caller.Unit, function.Name) == function)
                {
                    Add(caller, below[function]);
                }
            }
        }

        void Add(CalledFunction caller, IEnumerable<string> effects)
        {
            var isNew = !below.TryGetValue(caller, out var known);
            known ??= below[caller] = new HashSet<string>(StringComparer.Ordinal);
            var before = known.Count;
            known.UnionWith(effects);
            if (isNew || known.Count > before)
            {
                work.Enqueue(caller);
            }
        }
    }

    private static IEnumerable<string> EffectsOf(CalledFunction caller, string name, ImmutableArray<CallOutcome> outcomes) => outcomes
        .Where(outcome => !outcome.Effects.IsEmpty && IsPossible(caller, name, outcome))
        .SelectMany(static outcome => outcome.Effects)
        .Where(static effect => !CallOutcome.IsAboutResult(effect));

    /// <summary>False if an outcome asks for the address of another member than all calls in a function spell: one function locks many kinds of locks.</summary>
    private static bool IsPossible(CalledFunction caller, string name, CallOutcome outcome) =>
        outcome.Guard is not var (parameter, field)
        || caller.Definition.Body.DescendantsAndSelf<CallExpression>().Any(call => call.Function?.Name == name
            && (parameter >= call.Arguments.Length
                || call.Arguments[parameter].Unwrapped is not UnaryExpression { Operator: UnaryOperator.AddressOf, Operand: MemberExpression member }
                || member.Field.Name == field));

    private Inferred Infer(CalledFunction function)
    {
        if (finished.TryGetValue(function, out var known))
        {
            return known;
        }

        lock (access)
        {
            if (current.TryGetValue(function, out var started) || finished.TryGetValue(function, out started))
            {
                return started;
            }

            return AnalysisProfile.MeasureShared(table.Work, () => InferBelow(function));
        }
    }

    /// <summary>Bottom-up, so that no inference waits for another one: chains of calls may be long.</summary>
    private Inferred InferBelow(CalledFunction function)
    {
        foreach (var circle in CallGraph.Below(function, callee => SubjectOf(callee) == this && !finished.ContainsKey(callee)))
        {
            InferCircle(circle);
        }

        return finished[function];
    }

    private void InferCircle(ImmutableArray<CalledFunction> circle)
    {
        if (circle.Length > MaximumCircle && circle.Any(function => function.Unit != circle[0].Unit))
        {
            InferApart(circle);
            return;
        }

        var alone = circle.Length == 1 && circle[0].Callees.All(callee => callee.Body != circle[0]) ? circle[0] : null;
        var history = alone is null ? null : InferenceHistory.Of(alone.Unit);
        if (history?.Find(table, Reach, alone!.Definition, FactsOf(alone.Unit)) is Inferred known)
        {
            finished[alone!] = known;
            return;
        }

        foreach (var function in circle)
        {
            current[function] = Inferred.Pending;
        }

        var account = history is null ? null : new ReadAccount(alone!.Unit, alone.Definition);
        _ = account is null ? InferRounds(circle, alone is null ? MaximumRounds : 1) : account.Keep(() => InferRounds(circle, 1));

        foreach (var function in circle)
        {
            // Of one that is not known to return nobody knows anything.
            finished[function] = current[function] with { IsFinished = true, Outcomes = current[function].Outcomes.IsDefault ? [] : current[function].Outcomes };
            _ = current.Remove(function);
        }

        history?.Keep(table, Reach, alone!.Definition, finished[alone], account!.Reads);
    }

    /// <summary>Recursion: what one round finds the next one builds on, until there is nothing new. The number of rounds.</summary>
    private int InferRounds(ImmutableArray<CalledFunction> circle, int maximum)
    {
        for (var round = 1; round <= maximum; round++)
        {
            var isNew = false;
            foreach (var function in circle)
            {
                isNew |= InferOnce(function);
            }

            if (!isNew)
            {
                return round;
            }
        }

        return maximum;
    }

    private UnitFacts FactsOf(TranslationUnit unit) => facts.GetOrAdd(unit, static unit => new UnitFacts(unit));

    /// <summary>Infers the functions of a circle over several files as if each file were alone.</summary>
    private void InferApart(ImmutableArray<CalledFunction> circle)
    {
        apart.UnionWith(circle);
        foreach (var function in circle)
        {
            if (!finished.ContainsKey(function))
            {
                foreach (var part in CallGraph.Below(function, callee => callee.Unit == function.Unit && apart.Contains(callee) && !finished.ContainsKey(callee)))
                {
                    InferCircle(part);
                }
            }
        }

        apart.ExceptWith(circle);
    }

    /// <summary>Infers one function from what is known so far; false if that gives nothing new.</summary>
    private bool InferOnce(CalledFunction function)
    {
        var before = current[function];
        try
        {
            var callees = new FunctionFacts(function.Unit, this);
            var (outcomes, isBlurred) = Inference.Run(function.Definition, callees);
            if (outcomes.IsEmpty && before.Outcomes.IsDefault && before.Reason is null)
            {
                return false;
            }

            current[function] = new Inferred(outcomes.Any(static outcome => outcome.MattersToCallers) ? outcomes : [], before.Reason, isBlurred || before.IsBlurred || function.Callees.Any(callee => callees.IsBlurred(callee.Name)));
            return before.Outcomes.IsDefault || !before.Outcomes.SequenceEqual(current[function].Outcomes);
        }
        catch (NotAnalysedException exception)
        {
            current[function] = Inferred.Unknown(exception.Message.Contains("()", StringComparison.Ordinal)
                ? exception.Message
                : $"what {function.Name}() does is not known, for {exception.Message}");
            return before.Reason is null;
        }
    }

    /// <summary>True if a pointer that a function of a header gets may go to one of which nothing is known.</summary>
    private bool LeadsOut(CalledFunction function)
    {
        if (leadingOut.TryGetValue(function, out var known))
        {
            return known;
        }

        var isOut = false;
        var seen = new HashSet<CalledFunction> { function };
        var work = new Stack<CalledFunction>(seen);
        while (!isOut && work.TryPop(out var next))
        {
            var calls = next.Definition.Body.DescendantsAndSelf<CallExpression>()
                .Where(static call => call.Arguments.Any(static argument => argument.Type.Canonical is PointerType { IsTargetConst: false }))
                .Select(static call => call.Function?.Name);
            foreach (var callee in calls.Where(name => name is null || !(TableOf(next.Unit).Knows(name) || name.StartsWith("__builtin_", StringComparison.Ordinal))))
            {
                if (callee is null || graph.Find(next.Unit, callee) is not { } body)
                {
                    isOut |= callee is null || !IsFoundElsewhere(callee);
                }
                else if (body.IsHeader && seen.Add(body))
                {
                    work.Push(body);
                }
            }
        }

        return leadingOut[function] = isOut;
    }

    /// <summary>What following a function gave.</summary>
    /// <param name="Outcomes">The ways in which a call can end.</param>
    /// <param name="Reason">Why it could not be followed, else null.</param>
    /// <param name="IsBlurred">True if there are more ways to end than are told apart: good enough for the same file, where nothing else is known either, but not for others.</param>
    /// <param name="IsFinished">True if nothing is added to it any more.</param>
    private sealed record Inferred(ImmutableArray<CallOutcome> Outcomes, string? Reason = null, bool IsBlurred = false, bool IsFinished = false)
    {
        public static readonly Inferred Pending = new(default(ImmutableArray<CallOutcome>));

        public static Inferred Unknown(string reason) => new([], reason);
    }
}
