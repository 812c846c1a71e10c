using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Review.Core.Dependencies;
using Review.Core.Syntax;

namespace Review.Core.Engine;

/// <summary>
/// What rules learn about a translation unit and share: function summaries, graphs. A fact is computed when the
/// first rule asks and dropped with the unit, so rules stay without state. Where an account is kept of what a run reads, it has read the fact as a whole, unless the fact
/// has parts that note by themselves what they are asked (<see cref="INoted"/>).
/// </summary>
/// <param name="unit">The file.</param>
/// <param name="profile">Hears how long each fact took; null if nobody asks.</param>
public sealed class UnitFacts(TranslationUnit unit, AnalysisProfile? profile = null)
{
    private readonly ConcurrentDictionary<Type, Lazy<KeptFact>> facts = new();

    /// <summary>What was asked, with the answers.</summary>
    private readonly ConcurrentDictionary<(Delegate Question, object Key), (AnswerRead Read, object? Answer)> answers = new();

    private static long versions;

    /// <summary>The number of this version among all that there were: runs share most of what they have read, and a read remembers for which version it was last asked.</summary>
    private readonly long version = Interlocked.Increment(ref versions);

    /// <summary>The file.</summary>
    public TranslationUnit Unit => unit;

    /// <summary>The facts that are not any more what they were when they were made, although whoever asks is told that they are: each is a defect.</summary>
    public IEnumerable<Type> Unsteady => facts.Where(static fact => fact.Value.Value is { Read: { } read } known && FactContent.Of(known.Value) != read.Content).Select(static fact => fact.Key);

    /// <summary>The facts of whose content no account can be kept: whoever has asked one of them runs again for every version.</summary>
    public IEnumerable<Type> Untold => facts.Where(static fact => fact.Value.Value is { Read.Content: null }).Select(static fact => fact.Key);

    /// <summary>The fact of a type. If computing it throws, everybody who asks sees the exception.</summary>
    /// <param name="compute">A pure function of the unit, which captures nothing; for one type always the same.</param>
    public T Get<T>(Func<TranslationUnit, T> compute)
        where T : class => Get<T>(compute, known => compute(known.Unit));

    /// <summary>A fact that builds on others.</summary>
    /// <param name="compute">A pure function of the unit and its other facts, which captures nothing; for one type always the same.</param>
    public T Get<T>(Func<TranslationUnit, UnitFacts, T> compute)
        where T : class => Get<T>(compute, known => compute(known.Unit, known));

    /// <summary>Asks a fact something whose answer changes less often than the fact. Only the answer counts as read.</summary>
    /// <param name="fact">The fact, one of these.</param>
    /// <param name="key">What is asked about, in words that mean the same in all versions of the file.</param>
    /// <param name="question">Asks it; captures nothing.</param>
    public TAnswer Ask<T, TKey, TAnswer>(T fact, TKey key, Func<T, TKey, TAnswer> question)
        where T : class
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(question);
        if (!ReadAccount.IsKept)
        {
            return question(fact, key);
        }

        if (!answers.TryGetValue((question, key), out var known))
        {
            RefuseCaptures(question);
            var account = new ReadAccount(unit, null);
            var content = facts[typeof(T)].Value.Read!;
            var (answer, trouble) = account.Keep(() => AnswerRead.Try(() => question(fact, key)));
            known = (AnswerRead.Of(content.Compute, key, question, answer, trouble?.Message, [content, .. account.Reads]), answer);
            if (!account.Reads.Contains(UntoldRead.Instance))
            {
                // What is asked in a circle is answered in another way once the circle is closed.
                answers[(question, key)] = known;
            }
        }

        ReadAccount.Note(known.Read);
        return known.Read.Reason is { } reason ? throw new NotAnalysedException(reason) : (TAnswer)known.Answer!;
    }

    /// <summary>The same for a fact that is asked nothing else.</summary>
    /// <param name="compute">Makes the fact, as for <see cref="Get{T}(Func{TranslationUnit, T})"/>.</param>
    /// <param name="key">What is asked about.</param>
    /// <param name="question">Asks it.</param>
    public TAnswer Ask<T, TKey, TAnswer>(Func<TranslationUnit, T> compute, TKey key, Func<T, TKey, TAnswer> question)
        where T : class
        where TKey : notnull => Ask(ReadAccount.Apart(() => Get(compute)), key, question);

    internal T Fact<T>(Func<UnitFacts, object> make)
        where T : class => (T)Known(typeof(T), make).Value;

    /// <summary>True if what was read of another version is so in this one.</summary>
    public bool Confirms(Read read)
    {
        ArgumentNullException.ThrowIfNull(read);
        return read.HoldsIn(this, version);
    }

    internal string NamesOf(bool headers) => unit.ListRead(headers).Names;

    /// <summary>The content of a fact in this version; null if that cannot be said.</summary>
    internal string? ContentOf(Type fact, Func<UnitFacts, object> compute) => Known(fact, compute).Read?.Content;

    private T Get<T>(Delegate compute, Func<UnitFacts, object> make)
        where T : class
    {
        var known = Known(typeof(T), facts =>
        {
            RefuseCaptures(compute);
            return make(facts);
        });
        if (known.Read is { } read)
        {
            ReadAccount.Note(read);
        }

        return (T)known.Value;
    }

    private KeptFact Known(Type fact, Func<UnitFacts, object> make) => facts.GetOrAdd(fact, _ => new Lazy<KeptFact>(() =>
    {
        var value = ReadAccount.Apart(() => profile is null ? make(this) : profile.Measure("facts: " + fact.Name, () => make(this)));
        return new KeptFact(value, ReadAccount.IsKept ? new FactRead(fact, ReadAccount.Apart(() => FactContent.Of(value)), make) : null);
    })).Value;

    /// <summary>What is captured is of this version, and would be taken for the same in the next one.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "Where fields are gone a question is taken for one without; the portable program refuses it, in the tests.")]
    private static void RefuseCaptures(Delegate question)
    {
        if (question.Target?.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic) is { Length: > 0 })
        {
            throw new InvalidOperationException($"{question.Method.DeclaringType?.FullName} asks for a fact with a function that captures something: other versions of the file are to get the same question");
        }
    }

    /// <summary>A fact, and what somebody has read who asks for it: null if no account was kept when it was made.</summary>
    private sealed record KeptFact(object Value, FactRead? Read);
}
