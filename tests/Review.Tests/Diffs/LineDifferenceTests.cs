using System.Collections.Immutable;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Review.Core.Source;

namespace Review.Tests.Diffs;

/// <summary>The ranges in which two versions of a file differ lead from one to the other, wherever they are slid to.</summary>
public sealed class LineDifferenceTests
{
    // A few different lines, so that many are equal; the last one may not be ended.
    private static readonly Arbitrary<SourceText> Versions = Arb.From(
        from lines in Gen.ListOf(Gen.Elements("\n", "}\n", "int f(void)\n", "int g(void)\n", "{\n", "\tx();\n", "\ty();\n"))
        from end in Gen.Elements("", "\tx();")
        select new SourceText("f.c", Encoding.UTF8.GetBytes(string.Concat(lines) + end)));

    [Fact]
    public void Old_text_with_the_ranges_replaced_is_the_new_text() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(Versions, Versions, static (before, after) =>
    {
        var ranges = LineDifference.Between(before, after);
        Assert.Equal(Text(after), Replaced(before, after, ranges));
        Assert.Equal(Text(after), Replaced(before, after, [.. ranges.Select(range => range.Trimmed(before, after))]));
        foreach (var (range, index) in ranges.Select(static (range, index) => (range, index)))
        {
            var (from, to) = (index > 0 ? ranges[index - 1].Old.End : 0, index + 1 < ranges.Length ? ranges[index + 1].Old.Start : before.Length);
            foreach (var slid in range.Slides(before, after).Where(slid => slid.Old.Start >= from && slid.Old.End <= to))
            {
                Assert.Equal(Text(after), Replaced(before, after, ranges.SetItem(index, slid)));
            }
        }

        Assert.Empty(LineDifference.Between(after, after));
    }));

    /// <summary>git diff would say here that the lines of f became those of another function.</summary>
    [Fact]
    public void A_function_is_the_one_that_has_kept_its_name()
    {
        var before = new SourceText("f.c", "int f(void)\n{\n\tone();\n\ttwo();\n\tthree();\n}\n"u8.ToArray());
        var after = new SourceText("f.c", "int g(void)\n{\n\tone();\n\ttwo();\n\tthree();\n}\n\nint f(void)\n{\n\tg();\n}\n"u8.ToArray());
        Assert.Equal(new ChangedRange(new TextSpan(0, 0), new TextSpan(0, 43)), LineDifference.Between(before, after)[0]);
    }

    [Fact]
    public void Lines_that_came_can_be_said_to_have_come_further_up()
    {
        var before = new SourceText("f.c", "a\n/*\n * b\n */\n"u8.ToArray());
        var after = new SourceText("f.c", "a\n/*\n * c\n */\n/*\n * b\n */\n"u8.ToArray());
        var range = Assert.Single(LineDifference.Between(before, after));
        Assert.Contains(new ChangedRange(new TextSpan(2, 2), new TextSpan(2, 14)), range.Slides(before, after).Prepend(range));
    }

    private static string Replaced(SourceText before, SourceText after, ImmutableArray<ChangedRange> ranges)
    {
        var (result, at) = (new StringBuilder(), 0);
        foreach (var range in ranges)
        {
            _ = result.Append(before.Slice(new TextSpan(at, range.Old.Start))).Append(after.Slice(range.New));
            at = range.Old.End;
        }

        return result.Append(before.Slice(new TextSpan(at, before.Length))).ToString();
    }

    private static string Text(SourceText text) => text.Slice(new TextSpan(0, text.Length));
}
