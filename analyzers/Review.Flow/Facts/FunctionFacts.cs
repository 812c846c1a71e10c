using System.Collections.Concurrent;
using System.Collections.Immutable;
using Review.Core.Dependencies;
using Review.Core.Engine;
using Review.Core.Syntax;
using Review.Flow.Paths;

namespace Review.Flow.Facts;

/// <summary>Whose bodies are looked into to find out what calls do.</summary>
public enum FactReach
{
    /// <summary>Those of the file, of its headers, and of the files that it is looked at together with.</summary>
    Everywhere,

    /// <summary>Those of the file only: its headers' functions are what the table says.</summary>
    OwnFunctions,
}

/// <summary>
/// What the calls of one file do, as far as it is known: from a table for functions whose body nobody has, and inferred for the functions of the file and of its
/// headers, so that code moved into a helper keeps its meaning. Where several files are looked at together, also for the functions of the others. Several rules may ask at once.
/// Where an account is kept, every answer is noted in it.
/// </summary>
public sealed class FunctionFacts : INoted
{
    private readonly TranslationUnit unit;
    private readonly Lazy<SubjectFacts> subject;
    private readonly ConcurrentDictionary<(object Question, string Function), Read> asked = [];

    /// <param name="unit">The file.</param>
    /// <param name="table">What is known of functions whose body nobody has.</param>
    /// <param name="reach">Whose bodies are looked into.</param>
    public FunctionFacts(TranslationUnit unit, FactTable table, FactReach reach = FactReach.Everywhere)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(table);
        this.unit = unit;
        subject = new Lazy<SubjectFacts>(() => ReadAccount.Apart(() => AnalysisProfile.MeasureShared(table.Work, () => FileFacts.Of(unit, reach).SubjectOf(table))));
    }

    internal FunctionFacts(TranslationUnit unit, SubjectFacts subject)
    {
        this.unit = unit;
        this.subject = new Lazy<SubjectFacts>(subject);
    }

    /// <summary>The effects that calls in a function of this file can have, directly or further down; what they are about is not looked at.</summary>
    public IReadOnlySet<string> EffectsWithin(FunctionDefinition function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Ask(CallQuestion.EffectsWithin, function.Name);
    }

    /// <summary>The effects that a call of a function can have, as the table says or directly or further down in its body; what they are about is not looked at.</summary>
    public IReadOnlySet<string> EffectsOf(string function) => ListedOutcomesOf(function) is { IsEmpty: false } listed
        ? listed.SelectMany(static outcome => outcome.Effects).ToHashSet(StringComparer.Ordinal)
        : Ask(CallQuestion.EffectsWithin, function);

    /// <summary>True if the function's body is in this file; also if another file or header has it and the table does not speak of it.</summary>
    public bool IsDefinedHere(string function) => Ask(CallQuestion.HasBody, function);

    /// <summary>True if it is known what the function does: its body was read, or the table has it.</summary>
    public bool IsKnown(string function) => Ask(CallQuestion.IsKnown, function);

    /// <summary>True if a call may change what an argument points to in ways of which nothing is known: the function is not known, or hands its parameter on to one that is not.</summary>
    public bool MayChange(CallExpression call, int argument)
    {
        ArgumentNullException.ThrowIfNull(call);
        return call.MayWriteThrough(argument) && (call.Function is not { } function || !IsKnown(function.Name) || Ask(CallQuestion.ParametersHandedOut, function.Name).Contains(argument));
    }

    /// <summary>
    /// What the table itself says of a function; empty if it does not speak of it. Enough for effects on the result, which do not pass on to whoever calls
    /// the function, and cheap: nothing is inferred.
    /// </summary>
    public ImmutableArray<CallOutcome> ListedOutcomesOf(string function) => Ask(CallQuestion.ListedOutcomes, function);

    /// <summary>What a function may do with what its parameters are or point to, on whatever path; nothing is said about when, or how the call ends.</summary>
    public IReadOnlyList<(string Verb, int Parameter)> ParameterEffectsOf(string function) => Ask(CallQuestion.ParameterEffects, function);

    /// <summary>The ways in which a call can end; empty if it is not known to have effects.</summary>
    /// <exception cref="NotAnalysedException">The function has too many paths, so its effects are not known.</exception>
    public ImmutableArray<CallOutcome> OutcomesOf(string function) => Ask(CallQuestion.Outcomes, function);

    /// <summary>The functions of the file with which a function calls itself in a circle, in source order; empty if it does not. What is worked out by following calls depends there on where it begins.</summary>
    public ImmutableArray<string> CircleOf(string function) => Ask(CallQuestion.Circle, function);

    /// <summary>The functions of the file that call themselves or each other in a circle, circle by circle.</summary>
    public ImmutableArray<string> Circles => Ask(CallQuestion.Circles, "");

    /// <summary>True if a function of the file can end in more ways than are told apart, or cannot be followed.</summary>
    internal bool IsBlurred(string function) => Ask(CallQuestion.IsBlurred, function);

    /// <summary>The trail after one more effect in the same function.</summary>
    internal EffectTrail Then(EffectTrail trail, string effect) => subject.Value.Then(trail, effect);

    /// <summary>What is known of a function, and from where.</summary>
    public KnownFunction Explain(string function)
    {
        ReadAccount.NoteUntold();
        return subject.Value.Explain(unit, function);
    }

    /// <summary>What the path can look like after a call; one state with no effects if nothing is known of the function.</summary>
    /// <exception cref="NotAnalysedException">The function called has too many paths, so its effects are not known.</exception>
    public IEnumerable<(PathState State, CallOutcome? Outcome)> Apply(PathState before, CallExpression call)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(call);
        var outcomes = call.Function is { } function ? OutcomesOf(function.Name) : [];
        if (outcomes.IsDefault)
        {
            // Nobody comes back from a recursion whose end is not known yet.
            return [];
        }

        var after = ExpressionSemantics.Apply(before, call);
        if (outcomes.IsEmpty)
        {
            return [(Again(before, after, call), null)];
        }

        var result = new List<(PathState, CallOutcome?)>();
        var isApplicable = false;
        foreach (var outcome in outcomes)
        {
            if (CallSemantics.IsApplicable(before, call, outcome))
            {
                isApplicable = true;
                if (CallSemantics.Apply(before, after, call, outcome) is { } state)
                {
                    result.Add((state, outcome));
                }
            }
        }

        return isApplicable ? result : [(Again(before, after, call), null)];
    }

    /// <summary>The state after a call of which nothing else is known; its result is that of an earlier call with the same arguments, if the function is such a one.</summary>
    private PathState Again(PathState before, PathState after, CallExpression call) => call.Function is { } function && Ask(CallQuestion.IsStable, function.Name) ? StableFunctions.Answer(before, after, call, function) : after;

    private T Ask<T>(CallQuestion<T> question, string function)
    {
        if (!ReadAccount.IsKept)
        {
            return question.Ask(subject.Value, unit, function);
        }

        var read = (CallRead<T>)asked.GetOrAdd((question, function), static (key, facts) =>
        {
            var (subject, question) = (facts.subject.Value, (CallQuestion<T>)key.Question);
            return new CallRead<T>(question, key.Function, subject.Table, subject.Reach, question.Answer(subject, facts.unit, key.Function));
        }, this);
        ReadAccount.Note(read);
        return read.Answer.Value;
    }
}
