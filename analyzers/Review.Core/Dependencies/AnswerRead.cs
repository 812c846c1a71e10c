using System.Collections.Immutable;
using Review.Core.Engine;

namespace Review.Core.Dependencies;

/// <summary>The answer that a fact about the file as a whole gave to a question.</summary>
/// <param name="Question">The question, which names the class of the fact; the same for all versions.</param>
/// <param name="Key">What it is asked about.</param>
/// <param name="Content">What <see cref="FactContent"/> says of the answer; null if that cannot be said.</param>
/// <param name="Reason">Why there is no answer: a function cannot be followed; else null.</param>
/// <param name="Reads">What the fact has read to answer.</param>
/// <param name="Ask">Asks it of another version.</param>
internal sealed record AnswerRead(Delegate Question, object Key, string? Content, string? Reason, ImmutableArray<Read> Reads, Func<UnitFacts, (string? Content, string? Reason)> Ask) : Read
{
    /// <summary>The answer as it was given. What is remembered is the question, and nothing of the version that was asked.</summary>
    public static AnswerRead Of<T, TKey, TAnswer>(Func<UnitFacts, object> make, TKey key, Func<T, TKey, TAnswer> question, TAnswer? answer, string? reason, ImmutableArray<Read> reads)
        where T : class
        where TKey : notnull => new(question, key, ContentOf(answer), reason, reads, now =>
        {
            var (again, trouble) = ReadAccount.Apart(() => Try(() => question(now.Fact<T>(make), key)));
            return (ContentOf(again), trouble?.Message);
        });

    /// <summary>An answer, or that there is none because a function cannot be followed.</summary>
    public static (TAnswer? Answer, NotAnalysedException? Trouble) Try<TAnswer>(Func<TAnswer> ask)
    {
        try
        {
            return (ask(), null);
        }
        catch (NotAnalysedException exception)
        {
            return (default, exception);
        }
    }

    /// <summary>True if nothing has changed that the fact looked at, or if it says the same nevertheless.</summary>
    public override bool HoldsIn(UnitFacts now) => Reads.All(now.Confirms) || (Content is not null && Ask(now).Equals((Content, Reason)));

    public bool Equals(AnswerRead? other) => other is not null && Question.Equals(other.Question) && Key.Equals(other.Key) && Content == other.Content && Reason == other.Reason;

    public override int GetHashCode() => HashCode.Combine(Question, Key);

    private static string? ContentOf<TAnswer>(TAnswer answer) => ReadAccount.Apart(() => FactContent.Of(answer));
}
