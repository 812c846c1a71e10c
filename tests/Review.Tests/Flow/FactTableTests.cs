using Review.Flow.Facts;
using Review.Flow.Paths;

namespace Review.Tests.Flow;

/// <summary>Tables of facts, as rules carry them.</summary>
public sealed class FactTableTests
{
    [Fact]
    public void A_line_says_all_of_one_outcome()
    {
        var outcome = Assert.Single(FactTable.Parse("g/3 (0 lock) (1 & 0x4) (2 !& 8) = -22 *1 = 1 *2 kept: drops lock, starts *0 # why\n").OutcomesOf("g"));
        Assert.Equal(["drops lock", "starts *0"], outcome.Effects);
        Assert.Equal([("starts", 0)], outcome.OnParameters.ToArray());
        Assert.Equal(3, outcome.Arity);
        Assert.Equal((0, "lock"), outcome.Guard);
        Assert.Equal([new CallInput(1, new Fact(Signs.NotZero, 4, 0)), new CallInput(2, new Fact(Signs.Any, 0, 8))], outcome.Inputs.AsEnumerable());
        Assert.Equal(Fact.Of(-22), outcome.Result);
        Assert.Equal([new CallOutput(1, null, OutputKind.Number, 1), new CallOutput(2, null, OutputKind.Kept)], outcome.Outputs.AsEnumerable());
    }

    [Theory]
    [InlineData("g < 0:", Signs.Negative)]
    [InlineData("g <= 0:", Signs.NotPositive)]
    [InlineData("g > 0:", Signs.Positive)]
    [InlineData("g>=0:", Signs.NotNegative)]
    [InlineData("g != 0:", Signs.NotZero)]
    [InlineData("g:", Signs.Any)]
    public void Results_by_sign(string line, Signs expected) => Assert.Equal(expected, Assert.Single(FactTable.Parse(line).OutcomesOf("g")).Result.Signs);

    [Fact]
    public void Several_lines_are_several_ways_to_end()
    {
        var table = FactTable.Parse("# nothing\n\n  g = 0: a\ng = 1:\nh = $1 stable: a, b, a\n");
        Assert.Equal(2, table.OutcomesOf("g").Length);
        var h = Assert.Single(table.OutcomesOf("h"));
        Assert.Equal((1, true, "b, a"), (h.Returns!.Value, h.IsStable, h.Effects.ToString()));
        Assert.Empty(table.OutcomesOf("unknown"));
        Assert.Equal(["g", "h"], table.Functions.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("g")]
    [InlineData("g drops lock")]
    [InlineData("g = : a")]
    [InlineData("g = x: a")]
    [InlineData("g < 3: a")]
    [InlineData("g != 1: a")]
    [InlineData("g & 6: a")]
    [InlineData("g !& 0: a")]
    [InlineData("g (x lock): a")]
    [InlineData("g (0 = 1: a")]
    [InlineData("g *1: a")]
    [InlineData("g *1 = kept: a")]
    [InlineData("g = $x: a")]
    [InlineData("g/x: a")]
    [InlineData("g = 99999999999999999999: a")]
    [InlineData("g = 0x1ffffffffffffffff: a")]
    [InlineData("g (123 < 0): a")]
    [InlineData("two words: a")]
    public void What_is_no_fact_is_named(string line) =>
        Assert.Equal($"not a fact: '{line}'", Assert.Throws<FormatException>(() => FactTable.Parse($"ok: a\n{line}\n")).Message);
}
