using System.Collections.Immutable;
using Review.Core.Dependencies;
using Review.Core.Engine;
using Review.Core.Syntax;

namespace Review.Flow.Facts;

/// <summary>The questions about a function, by name, that the facts of a file answer.</summary>
internal static class CallQuestion
{
    public static readonly CallQuestion<ImmutableArray<CallOutcome>> Outcomes = new(static (subject, unit, function) => subject.OutcomesOf(unit, function), AreSame);

    public static readonly CallQuestion<ImmutableArray<CallOutcome>> ListedOutcomes = new(static (subject, unit, function) => subject.ListedOutcomesOf(unit, function), AreSame);

    public static readonly CallQuestion<IReadOnlySet<string>> EffectsWithin = new(static (subject, unit, function) => subject.EffectsWithin(unit, function), static (one, other) => one.SetEquals(other));

    public static readonly CallQuestion<IReadOnlyList<(string Verb, int Parameter)>> ParameterEffects = new(static (subject, unit, function) => subject.ParameterEffectsOf(unit, function), static (one, other) => one.SequenceEqual(other));

    public static readonly CallQuestion<IReadOnlySet<int>> ParametersHandedOut = new(static (subject, unit, function) => subject.ParametersHandedOut(unit, function), static (one, other) => one.SetEquals(other));

    public static readonly CallQuestion<bool> HasBody = new(static (subject, unit, function) => subject.HasBody(unit, function), static (one, other) => one == other);

    public static readonly CallQuestion<bool> IsKnown = new(static (subject, unit, function) => subject.IsKnown(unit, function), static (one, other) => one == other);

    public static readonly CallQuestion<bool> IsBlurred = new(static (subject, unit, function) => subject.IsBlurred(unit, function), static (one, other) => one == other);

    public static readonly CallQuestion<bool> IsStable = new(static (_, unit, function) => StableFunctions.Of(unit).Contains(function), static (one, other) => one == other);

    public static readonly CallQuestion<ImmutableArray<string>> Circle = new(static (subject, unit, function) => subject.CircleOf(unit, function), static (one, other) => one.SequenceEqual(other));

    public static readonly CallQuestion<ImmutableArray<string>> Circles = new(static (subject, unit, _) => subject.CirclesOf(unit), static (one, other) => one.SequenceEqual(other));

    private static bool AreSame(ImmutableArray<CallOutcome> one, ImmutableArray<CallOutcome> other) => one == other || (!one.IsDefault && !other.IsDefault && one.SequenceEqual(other));
}

/// <summary>A question about a function, by name.</summary>
/// <param name="ask">Asks it in one file.</param>
/// <param name="areSame">True if two answers say the same.</param>
internal sealed class CallQuestion<T>(Func<SubjectFacts, TranslationUnit, string, T> ask, Func<T, T, bool> areSame)
{
    /// <summary>The answer.</summary>
    /// <exception cref="NotAnalysedException">The function cannot be followed.</exception>
    public T Ask(SubjectFacts subject, TranslationUnit unit, string function) => ask(subject, unit, function);

    /// <summary>The answer for somebody who keeps an account: that the function cannot be followed is one too.</summary>
    public CallAnswer<T> Answer(SubjectFacts subject, TranslationUnit unit, string function) => ReadAccount.Apart(() =>
    {
        try
        {
            return new CallAnswer<T>(ask(subject, unit, function), null);
        }
        catch (NotAnalysedException exception)
        {
            return new CallAnswer<T>(default, exception.Message);
        }
    });

    /// <summary>True if two answers say the same.</summary>
    public bool AreSame(CallAnswer<T> one, CallAnswer<T> other) => one.Reason == other.Reason && (one.Reason is not null || areSame(one.Value, other.Value));
}

/// <summary>An answer about a function.</summary>
/// <param name="known">The answer.</param>
/// <param name="reason">Why the function cannot be followed; null if there is an answer.</param>
internal sealed class CallAnswer<T>(T? known, string? reason)
{
    public string? Reason => reason;

    /// <exception cref="NotAnalysedException">The function cannot be followed.</exception>
    public T Value => reason is null ? known! : throw new NotAnalysedException(reason);
}

/// <summary>What was answered about a function.</summary>
/// <param name="Question">The question.</param>
/// <param name="Function">The function.</param>
/// <param name="Table">The table in whose terms it was asked.</param>
/// <param name="Reach">Whose bodies were looked into.</param>
/// <param name="Answer">The answer.</param>
internal sealed record CallRead<T>(CallQuestion<T> Question, string Function, FactTable Table, FactReach Reach, CallAnswer<T> Answer) : Read
{
    public override bool HoldsIn(UnitFacts now) => Question.AreSame(Answer, Question.Answer(FileFacts.Of(now.Unit, Reach).SubjectOf(Table), now.Unit, Function));

    /// <summary>One version has one answer.</summary>
    public bool Equals(CallRead<T>? other) => other is not null && Question == other.Question && Function == other.Function && Table == other.Table && Reach == other.Reach;

    public override int GetHashCode() => HashCode.Combine(Question, Function, Table);
}
