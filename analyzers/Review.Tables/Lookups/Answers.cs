using System.Collections.Immutable;

namespace Review.Tables.Lookups;

/// <summary>What a decision answers for every number of 32 bits: ranges with one answer each, in order and without gaps.</summary>
public sealed record Answers(ImmutableArray<AnswerRange> Ranges)
{
    /// <summary>The answer where C does not define any: the decision reads past the end of an array.</summary>
    public const string Undefined = "undefined";

    /// <summary>The answer for a number.</summary>
    public string this[int value] => Ranges.First(range => range.Low <= value && value <= range.High).Answer;

    /// <summary>The answer for what nobody names: for all numbers but a few, or, where most read past the end of an array, for the gaps between its elements.</summary>
    /// <param name="named">The numbers that have a name.</param>
    public string AnswerOfOthers(IEnumerable<long> named)
    {
        var names = named.ToHashSet();
        return this[int.MinValue] is var most && most != Undefined ? most
            : Ranges.Where(range => range.Answer != Undefined && Enumerable.Range(0, names.Count + 1).Any(i => range.Low + (long)i <= range.High && !names.Contains(range.Low + (long)i)))
                .Select(static range => range.Answer).FirstOrDefault("0");
    }

    /// <summary>Asks for an answer at the start of each of the ranges that some numbers begin; it is the same up to the next one. Null if one of the answers is.</summary>
    /// <param name="starts">The numbers at which an answer may change.</param>
    /// <param name="answerOf">The answer for a number.</param>
    public static Answers? Of(IEnumerable<long> starts, Func<int, string?> answerOf)
    {
        var ordered = new SortedSet<long>(starts.Where(static start => start is > int.MinValue and <= int.MaxValue)) { int.MinValue, 0 };
        var ranges = new List<AnswerRange>();
        foreach (var start in ordered)
        {
            if (answerOf((int)start) is not { } answer)
            {
                return null;
            }

            if (ranges.Count > 0)
            {
                ranges[^1] = ranges[^1] with { High = (int)start - 1 };
            }

            if (ranges.Count == 0 || ranges[^1].Answer != answer)
            {
                ranges.Add(new AnswerRange((int)start, int.MaxValue, answer));
            }
            else
            {
                ranges[^1] = ranges[^1] with { High = int.MaxValue };
            }
        }

        return new Answers([.. ranges]);
    }

    /// <summary>The ranges in which two decisions answer differently.</summary>
    public IEnumerable<(int Low, int High, string First, string Second)> DifferencesFrom(Answers other)
    {
        var starts = new SortedSet<int>(Ranges.Concat(other.Ranges).Select(static range => range.Low)).ToList();
        for (var i = 0; i < starts.Count; i++)
        {
            var (first, second) = (this[starts[i]], other[starts[i]]);
            if (first != second)
            {
                yield return (starts[i], i + 1 < starts.Count ? starts[i + 1] - 1 : int.MaxValue, first, second);
            }
        }
    }
}

/// <summary>One answer for a range of numbers, both ends included.</summary>
public readonly record struct AnswerRange(int Low, int High, string Answer);
