using FsCheck;
using FsCheck.Fluent;
using Review.Flow.Facts;
using Review.Flow.Paths;

namespace Review.Tests.Flow;

/// <summary>Laws of what paths know of values.</summary>
public sealed class FactTests
{
    private static readonly long[] Interesting = [long.MinValue, -4096, -22, -1, 0, 1, 2, 3, 8, 0x400, 0x4000, long.MaxValue];

    private static readonly Arbitrary<Fact> Facts = (
        from signs in Gen.Choose(0, 7)
        from ones in Gen.Choose(0, 31)
        from zeros in Gen.Choose(0, 31)
        select new Fact((Signs)signs, (ulong)ones, (ulong)zeros)).ToArbitrary();

    [Fact]
    public void A_number_is_allowed_by_its_own_fact_only() =>
        Assert.All(Interesting, static number => Assert.Equal([number], Interesting.Where(other => Fact.Of(number).Allows(other))));

    [Fact]
    public void Both_facts_allow_what_each_allows() =>
        Prop.ForAll(Facts, Facts, static (one, other) => Interesting.All(number => one.And(other).Allows(number) == (one.Allows(number) && other.Allows(number)))).QuickCheckThrowOnFailure();

    [Fact]
    public void One_of_two_facts_allows_what_either_allows() =>
        Prop.ForAll(Facts, Facts, static (one, other) => Interesting.All(number => one.Or(other).Allows(number) || !(one.Allows(number) || other.Allows(number)))).QuickCheckThrowOnFailure();

    [Fact]
    public void An_impossible_fact_allows_nothing() =>
        Prop.ForAll(Facts, static fact => !fact.IsImpossible || !Interesting.Any(fact.Allows)).QuickCheckThrowOnFailure();

    [Fact]
    public void Learning_never_forgets()
    {
        Prop.ForAll(Facts, Facts, static (one, other) =>
        {
            var value = new UnknownValue("source");
            var known = PathState.Begin().Learn(value, one);
            var more = known?.Learn(value, other);
            return more is null || Interesting.All(number => !more.FactOf(value).Allows(number) || known!.FactOf(value).Allows(number));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_map_does_not_care_in_which_order_it_was_filled()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<int[]>(), static keys =>
        {
            var one = keys.Aggregate(EquatableMap<int, int>.Empty, static (map, key) => map.With(key, key / 2));
            var other = keys.Reverse().Aggregate(EquatableMap<int, int>.Empty, static (map, key) => map.With(key, key / 2));
            var emptied = keys.Aggregate(one, static (map, key) => map.Without(key));
            return one.Equals(other) && one.GetHashCode() == other.GetHashCode() && one.Count == keys.Distinct().Count() && emptied.Count == 0;
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("f")]
    [InlineData("f = : drops x")]
    [InlineData("f (a b): drops x")]
    [InlineData(": drops x")]
    public void A_line_that_is_no_fact_is_refused(string line) => Assert.Throws<FormatException>(() => FactTable.Parse("# first\n" + line));

    [Fact]
    public void Lines_of_one_function_are_its_outcomes()
    {
        var table = FactTable.Parse("f = 0: drops x, takes y # why\n\nf = 1:\ng: z\n");
        Assert.Equal(2, table.OutcomesOf("f").Length);
        Assert.Equal(["drops x", "takes y"], table.OutcomesOf("f")[0].Effects);
        Assert.Equal(Fact.Of(1), table.OutcomesOf("f")[1].Result);
        Assert.Empty(table.OutcomesOf("unknown"));
    }
}
