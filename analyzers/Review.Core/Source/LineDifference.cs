using System.Collections.Immutable;

namespace Review.Core.Source;

/// <summary>What differs between two versions of a file, in ranges of whole lines; between them the versions are equal.</summary>
public static class LineDifference
{
    /// <summary>
    /// The ranges in their order; none if the versions are equal. Lines that both versions have once each stay where that is possible, as in a patience diff, and before all others those at
    /// the margin: where the body of a function has become another one, the function is the one that has kept its name.
    /// </summary>
    /// <param name="old">The version before.</param>
    /// <param name="now">The version behind it.</param>
    public static ImmutableArray<ChangedRange> Between(SourceText old, SourceText now)
    {
        ArgumentNullException.ThrowIfNull(old);
        ArgumentNullException.ThrowIfNull(now);
        var numbers = new Dictionary<Line, int>(old.LineCount);
        var comparison = new Comparison(new Lines(old, NumbersOf(old, numbers)), new Lines(now, NumbersOf(now, numbers)));
        comparison.Compare(0, old.LineCount, 0, now.LineCount);
        return comparison.Found;
    }

    private static int[] NumbersOf(SourceText text, Dictionary<Line, int> numbers)
    {
        var result = new int[text.LineCount];
        for (var line = 0; line < result.Length; line++)
        {
            var content = new Line(text, new TextSpan(text.OffsetOfLine(line + 1), line + 1 < text.LineCount ? text.OffsetOfLine(line + 2) : text.Length));
            if (!numbers.TryGetValue(content, out result[line]))
            {
                numbers.Add(content, result[line] = numbers.Count);
            }
        }

        return result;
    }

    /// <summary>A line by what is in it.</summary>
    private readonly record struct Line(SourceText Text, TextSpan Span)
    {
        public bool Equals(Line other) => Text.BytesOf(Span).SequenceEqual(other.Text.BytesOf(other.Span));

        public override int GetHashCode()
        {
            var hash = default(HashCode);
            hash.AddBytes(Text.BytesOf(Span));
            return hash.ToHashCode();
        }
    }

    /// <summary>The lines of a version; equal ones have the same number.</summary>
    private sealed record Lines(SourceText Text, int[] Numbers)
    {
        public TextSpan Bytes(int start, int end) => new(OffsetOf(start), OffsetOf(end));

        /// <summary>True for a line that begins with a letter, as the head of a function does.</summary>
        public bool IsAtMargin(int line) => OffsetOf(line) is var start && start < Text.Length && char.IsAsciiLetter((char)Text.Bytes[start]);

        private int OffsetOf(int line) => line < Numbers.Length ? Text.OffsetOfLine(line + 1) : Text.Length;
    }

    private sealed class Comparison(Lines old, Lines now)
    {
        private readonly ImmutableArray<ChangedRange>.Builder found = ImmutableArray.CreateBuilder<ChangedRange>();

        public ImmutableArray<ChangedRange> Found => found.ToImmutable();

        public void Compare(int oldStart, int oldEnd, int nowStart, int nowEnd)
        {
            while (oldStart < oldEnd && nowStart < nowEnd && old.Numbers[oldStart] == now.Numbers[nowStart])
            {
                (oldStart, nowStart) = (oldStart + 1, nowStart + 1);
            }

            while (oldStart < oldEnd && nowStart < nowEnd && old.Numbers[oldEnd - 1] == now.Numbers[nowEnd - 1])
            {
                (oldEnd, nowEnd) = (oldEnd - 1, nowEnd - 1);
            }

            if (oldStart == oldEnd && nowStart == nowEnd)
            {
                return;
            }

            var unique = OnceIn(now.Numbers, nowStart, nowEnd);
            var common = OnceIn(old.Numbers, oldStart, oldEnd).Where(one => one.Value >= 0 && unique.GetValueOrDefault(one.Key, -1) >= 0).Select(one => (Old: one.Value, Now: unique[one.Key])).OrderBy(static one => one.Old).ToList();
            var anchors = InOrderOfBoth(common.FindAll(line => old.IsAtMargin(line.Old)));
            anchors = anchors.Count > 0 ? anchors : InOrderOfBoth(common);
            if (anchors.Count == 0)
            {
                found.Add(new ChangedRange(old.Bytes(oldStart, oldEnd), now.Bytes(nowStart, nowEnd)));
                return;
            }

            foreach (var (oldLine, nowLine) in anchors)
            {
                Compare(oldStart, oldLine, nowStart, nowLine);
                (oldStart, nowStart) = (oldLine, nowLine);
            }

            Compare(oldStart, oldEnd, nowStart, nowEnd);
        }

        /// <summary>The longest row of lines that stand in both parts in the same order.</summary>
        /// <param name="lines">The lines in the order of the version before.</param>
        private static List<(int Old, int Now)> InOrderOfBoth(List<(int Old, int Now)> lines)
        {
            var before = new int[lines.Count];
            var ends = new List<int>();
            for (var index = 0; index < lines.Count; index++)
            {
                var now = lines[index].Now;
                var place = ends.FindIndex(end => lines[end].Now > now);
                if (place < 0)
                {
                    place = ends.Count;
                    ends.Add(index);
                }

                ends[place] = index;
                before[index] = place > 0 ? ends[place - 1] : -1;
            }

            var result = new List<(int Old, int Now)>();
            for (var next = ends.Count > 0 ? ends[^1] : -1; next >= 0; next = before[next])
            {
                result.Add(lines[next]);
            }

            result.Reverse();
            return result;
        }

        /// <summary>Where each line of a part stands; -1 for one that stands there more than once.</summary>
        private static Dictionary<int, int> OnceIn(int[] numbers, int start, int end)
        {
            var result = new Dictionary<int, int>();
            for (var line = start; line < end; line++)
            {
                if (!result.TryAdd(numbers[line], line))
                {
                    result[numbers[line]] = -1;
                }
            }

            return result;
        }
    }
}

/// <summary>A range of bytes in the place of which another version has another one.</summary>
/// <param name="Old">Where it is in the version before; empty if something came.</param>
/// <param name="New">Where it is in the version behind; empty if something went.</param>
public readonly record struct ChangedRange(TextSpan Old, TextSpan New)
{
    /// <summary>The range without the bytes that are equal at its beginning and at its end.</summary>
    public ChangedRange Trimmed(SourceText old, SourceText now)
    {
        ArgumentNullException.ThrowIfNull(old);
        ArgumentNullException.ThrowIfNull(now);
        var before = old.BytesOf(Old);
        var after = now.BytesOf(New);
        var prefix = before.CommonPrefixLength(after);
        var suffix = 0;
        while (suffix < Math.Min(before.Length, after.Length) - prefix && before[^(suffix + 1)] == after[^(suffix + 1)])
        {
            suffix++;
        }

        return new ChangedRange(new TextSpan(Old.Start + prefix, Old.End - suffix), new TextSpan(New.Start + prefix, New.End - suffix));
    }

    /// <summary>The other places at which the same lines can be said to have come or gone, those further up first, each direction nearest first; none where some have been replaced.</summary>
    /// <param name="old">The version before.</param>
    /// <param name="now">The version behind it.</param>
    public IEnumerable<ChangedRange> Slides(SourceText old, SourceText now)
    {
        var (text, lines) = Old.Length == 0 ? (now, New) : (old, Old);
        if (Old.Length > 0 && New.Length > 0)
        {
            yield break;
        }

        for (var slid = lines; slid.Start > 0 && LineBefore(text, slid.Start) is var line && text.BytesOf(line).SequenceEqual(text.BytesOf(LineBefore(text, slid.End)));)
        {
            slid = new TextSpan(slid.Start - line.Length, slid.End - line.Length);
            yield return MovedBy(slid.Start - lines.Start);
        }

        for (var slid = lines; slid.End < text.Length && LineBehind(text, slid.End) is var line && text.BytesOf(line).SequenceEqual(text.BytesOf(LineBehind(text, slid.Start)));)
        {
            slid = new TextSpan(slid.Start + line.Length, slid.End + line.Length);
            yield return MovedBy(slid.Start - lines.Start);
        }
    }

    private ChangedRange MovedBy(int distance) => new(new TextSpan(Old.Start + distance, Old.End + distance), new TextSpan(New.Start + distance, New.End + distance));

    private static TextSpan LineBefore(SourceText text, int end) => new(text.OffsetOfLine(text.PositionOf(end - 1).Line), end);

    private static TextSpan LineBehind(SourceText text, int start) =>
        text.PositionOf(start).Line is var line && line < text.LineCount ? new TextSpan(start, text.OffsetOfLine(line + 1)) : new TextSpan(start, text.Length);
}
