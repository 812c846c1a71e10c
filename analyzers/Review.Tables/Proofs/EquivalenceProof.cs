using System.Collections.Immutable;
using System.Globalization;
using Review.Tables.Lookups;
using Review.Tables.Specification;

namespace Review.Tables.Proofs;

/// <summary>Compares what two sides answer, for every number of 32 bits and every choice of the options that either side asks for.</summary>
public static class EquivalenceProof
{
    private const string NotComputed = "cannot be told from the advice alone";
    private const string Computed = "can be told from the advice alone";

    /// <summary>Compares two C files in the decisions that both have.</summary>
    public static ProofResult Compare(LookupSource first, LookupSource second)
    {
        var options = Union(first.Options, second.Options);
        var decisions = Sets(options).SelectMany(on => first.With(on).Decisions().Intersect(second.With(on).Decisions(), StringComparer.Ordinal)).Distinct(StringComparer.Ordinal).ToList();
        var only = Sets(options).SelectMany(on => first.With(on).Decisions().Concat(second.With(on).Decisions()))
            .Where(name => !decisions.Contains(name) && (!Has(first, name, options) || !Has(second, name, options))).Distinct(StringComparer.Ordinal);
        return Prove(
            options,
            decisions.Select(decision => new Question(NameOf(decision), on => first.With(on).AnswersOf(decision), on => second.With(on).AnswersOf(decision), on => GateOf(first.With(on), second.With(on), decision))
                {
                    IsAsked = on => first.With(on).Has(decision.Split('.')[0]) && second.With(on).Has(decision.Split('.')[0]),
                    IsSpelling = (on, a, b) => IsSpelling(first.With(on), a, b) || IsSpelling(second.With(on), b, a),
                }),
            [.. only.Order(StringComparer.Ordinal)]);
    }

    /// <summary>Compares a table with the functions of a C file that its columns name, or with the lookup of its own name.</summary>
    /// <exception cref="LookupException">The file has none of them.</exception>
    public static ProofResult Compare(BehaviorTable table, LookupSource source)
    {
        var options = Union(table.Options, source.Options);
        var on = options.ToHashSet(StringComparer.Ordinal);
        var hasLookup = source.With(on).Has(table.Name);
        var questions = new List<Question>();
        var missing = new List<string>();
        foreach (var column in table.Columns)
        {
            if (hasLookup && source.With(on).HasMember(column.Field))
            {
                var field = $"{table.Name}.{column.Field}";
                questions.Add(new Question(
                    field, set => table.AnswersOf(column, set, word => column.IsBool ? (word == column.Default ? "0" : "1") : column.Enumerator(table.Name, word)), set => Named(source.With(set), table, column, source.With(set).AnswersOf(field)), static _ => null, source.With(on).IsArray(table.Name)));
            }

            if (column.Function is { } function && source.With(on).Has(function))
            {
                questions.Add(new Question(
                    function + "()",
                    set => table.AnswersOf(column, set, word => source.With(set).Constant(column.Constants[IndexOf(column, word)])),
                    set => source.With(set).AnswersOf(function),
                    set => GateOf(source.With(set), source.With(set), function))
                {
                    IsAsked = set => source.With(set).Has(function),
                    IsSpelling = (set, a, b) => IsSpelling(source.With(set), a, b),
                });
            }
            else if (!hasLookup || !source.With(on).HasMember(column.Field))
            {
                missing.Add(column.Name);
            }
        }

        return questions.Count > 0 ? Prove(options, questions, [.. missing])
            : throw new LookupException($"{source.Path} has neither {table.Name} nor a function that the table names", "compare with the file that the table was made from, or with what 'table emit' makes of it");
    }

    /// <summary>Compares two tables in the columns that both have.</summary>
    public static ProofResult Compare(BehaviorTable first, BehaviorTable second)
    {
        var options = Union([.. first.Options], [.. second.Options]);
        var common = first.Columns.Where(column => second.Column(column.Name) is not null);
        var only = first.Columns.Concat(second.Columns).Select(static column => column.Name).Where(name => first.Column(name) is null || second.Column(name) is null);
        return Prove(
            options,
            common.Select(column => new Question(column.Name, on => first.AnswersOf(column, on, static word => word), on => second.AnswersOf(second.Column(column.Name)!, on, static word => word), static _ => null)),
            [.. only.Order(StringComparer.Ordinal)]);
    }

    /// <summary>The same result with the sides exchanged.</summary>
    public static ProofResult Swap(ProofResult result) => result with { Differences = [.. result.Differences.Select(static difference => difference with { First = difference.Second, Second = difference.First })] };

    /// <summary>Every choice of some options: those that are on.</summary>
    public static IEnumerable<HashSet<string>> Sets(IReadOnlyList<string> options) =>
        Enumerable.Range(0, 1 << options.Count).Select(set => options.Where((_, i) => (set >> i & 1) == 1).ToHashSet(StringComparer.Ordinal));

    private static ProofResult Prove(ImmutableArray<string> options, IEnumerable<Question> questions, ImmutableArray<string> onlyOnOneSide)
    {
        var proved = ImmutableArray.CreateBuilder<ProvedDecision>();
        var differences = ImmutableArray.CreateBuilder<Difference>();
        var sets = Sets(options).ToList();
        foreach (var question in questions)
        {
            var found = new Dictionary<(int Low, int High, string First, string Second), bool[]>();
            string? gate = null;
            for (var set = 0; set < sets.Count; set++)
            {
                var on = sets[set];
                if (!question.IsAsked(on))
                {
                    continue;
                }

                var (first, second) = (question.First(on), question.Second(on));
                if (first is null || second is null)
                {
                    Add(set, int.MinValue, int.MaxValue, first is null ? NotComputed : Computed, second is null ? NotComputed : Computed);
                    continue;
                }

                foreach (var (low, high, a, b) in first.DifferencesFrom(second))
                {
                    if (question.IsSpelling(on, a, b))
                    {
                        continue;
                    }

                    // An array has no element for what no index of it is.
                    if (question.IsArray && ((a == Answers.Undefined && b == first[int.MinValue]) || (b == Answers.Undefined && a == first[int.MinValue])))
                    {
                        continue;
                    }

                    // An answer that C does not define is no difference for numbers that another decision has refused before.
                    if ((a == Answers.Undefined || b == Answers.Undefined) && question.Gate(on) is var (name, accepts) && Enumerable.Range(0, accepts.Ranges.Length).All(i => accepts.Ranges[i] is var range && (range.Answer == "0" || range.High < low || range.Low > high)))
                    {
                        gate = name;
                        continue;
                    }

                    Add(set, low, high, a, b);
                }
            }

            if (found.Count == 0)
            {
                proved.Add(new ProvedDecision(question.Name, gate));
            }

            differences.AddRange(found.OrderBy(static pair => pair.Key.Low).ThenBy(static pair => pair.Key.High)
                .Select(pair => new Difference(question.Name, Guard.Of(options, pair.Value), pair.Key.Low, pair.Key.High, pair.Key.First, pair.Key.Second)));

            void Add(int set, int low, int high, string a, string b)
            {
                if (!found.TryGetValue((low, high, a, b), out var when))
                {
                    found[(low, high, a, b)] = when = new bool[sets.Count];
                }

                when[set] = true;
            }
        }

        return new ProofResult(options, proved.ToImmutable(), differences.ToImmutable(), onlyOnOneSide);
    }

    /// <summary>The decision that both files ask before another one, and for which numbers both answer anything but zero.</summary>
    private static (string Name, Answers Accepts)? GateOf(LookupFile first, LookupFile second, string decision)
    {
        if (first.AskedBefore(decision) is not { } gate || second.AskedBefore(decision) != gate || first.AnswersOf(gate) is not { } a || second.AnswersOf(gate) is not { } b)
        {
            return null;
        }

        return (gate, Answers.Of(a.Ranges.Concat(b.Ranges).Select(static range => (long)range.Low), value => a[value] == "0" && b[value] == "0" ? "0" : "1")!);
    }

    /// <summary>Zeros that nobody wrote are the first enumerator.</summary>
    private static Answers? Named(LookupFile file, BehaviorTable table, TableColumn column, Answers? answers)
    {
        var first = column.Enumerator(table.Name, column.Default);
        return column.IsBool || answers is null || file.NumberOf(first) != 0 ? answers : new Answers([.. answers.Ranges.Select(range => range.Answer == "0" ? range with { Answer = first } : range)]);
    }

    /// <summary>True if one answer is the number of the enumerator that the other one is: an element that nobody wrote is a zero, whatever the zero is called.</summary>
    private static bool IsSpelling(LookupFile file, string enumerator, string number) =>
        file.NumberOf(enumerator) is { } value && number == value.ToString(CultureInfo.InvariantCulture);

    private static string NameOf(string decision) => decision.Contains('.', StringComparison.Ordinal) ? decision : decision + "()";

    private static int IndexOf(TableColumn column, string word) => Enumerable.Range(0, column.Words.Count).First(i => column.Words[i] == word);

    private static bool Has(LookupSource source, string decision, ImmutableArray<string> options) => source.With(options.ToHashSet(StringComparer.Ordinal)).Has(decision.Split('.')[0]);

    private static ImmutableArray<string> Union(IEnumerable<string> first, IEnumerable<string> second)
    {
        ImmutableArray<string> all = [.. first.Union(second, StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return all.Length <= BehaviorTable.MaximumOptions ? all : throw new LookupException($"the two sides ask for {all.Length} options", "compare files that ask for fewer");
    }

    private sealed record Question(string Name, Func<HashSet<string>, Answers?> First, Func<HashSet<string>, Answers?> Second, Func<HashSet<string>, (string Name, Answers Accepts)?> Gate, bool IsArray = false)
    {
        /// <summary>False where a side has no such function: nobody asks then.</summary>
        public Func<HashSet<string>, bool> IsAsked { get; init; } = static _ => true;

        /// <summary>True if two answers are one, spelled in two ways.</summary>
        public Func<HashSet<string>, string, string, bool> IsSpelling { get; init; } = static (_, _, _) => false;
    }
}

/// <summary>What a comparison came to.</summary>
/// <param name="Options">The options of which every combination was looked at.</param>
/// <param name="Proved">The decisions that are equal.</param>
/// <param name="Differences">Where the others differ.</param>
/// <param name="OnlyOnOneSide">What only one side has.</param>
public sealed record ProofResult(ImmutableArray<string> Options, ImmutableArray<ProvedDecision> Proved, ImmutableArray<Difference> Differences, ImmutableArray<string> OnlyOnOneSide)
{
    /// <summary>True if something was compared, and nothing differs.</summary>
    public bool IsEqual => Differences.IsEmpty && !Proved.IsEmpty;
}

/// <summary>A decision in which both sides are equal.</summary>
/// <param name="Name">The decision.</param>
/// <param name="Gate">The decision that has to be asked before, because one side is not defined for what it refuses; null if both are equal for every number.</param>
public sealed record ProvedDecision(string Name, string? Gate);

/// <summary>A range of numbers for which the sides differ.</summary>
/// <param name="Decision">The decision.</param>
/// <param name="When">The kernels in which they do.</param>
/// <param name="Low">The first number.</param>
/// <param name="High">The last number, inclusive.</param>
/// <param name="First">The answer of the first side.</param>
/// <param name="Second">The answer of the second side.</param>
public sealed record Difference(string Decision, Guard When, int Low, int High, string First, string Second);
