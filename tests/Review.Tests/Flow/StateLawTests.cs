using FsCheck;
using FsCheck.Fluent;
using Review.Core.Syntax;
using Review.Flow.Paths;

namespace Review.Tests.Flow;

/// <summary>Laws of facts and states for all inputs. The seed is fixed: a failure repeats.</summary>
public sealed class StateLawTests
{
    private static readonly Config Fixed = Config.QuickThrowOnFailure.WithReplay(20261120, 4711).WithMaxTest(500);

    private static readonly VariableSymbol[] Variables = [.. "abcd".Select(static (name, i) => new VariableSymbol(name.ToString(), new IntegerType("long", 8, true, false), VariableKind.Parameter, default, i))];

    private static readonly Arbitrary<long> Numbers = Arb.From(Gen.Elements(0L, 1, -1, 2, 3, 4, 5, -4, 8, 255, long.MaxValue, long.MinValue));

    private static readonly Gen<Fact> AnyFact =
        from signs in Gen.Elements(Enum.GetValues<Signs>())
        from ones in Gen.Elements(0UL, 1UL, 4UL, 5UL, 1UL << 63)
        from zeros in Gen.Elements(0UL, 1UL, 2UL, 8UL, ~0UL << 8)
        select new Fact(signs, ones, zeros);

    /// <summary>A state made by a few steps from nothing.</summary>
    private static readonly Gen<PathState> States = Gen.ArrayOf(
        from step in Gen.Choose(0, 3)
        from target in Gen.Choose(0, 3)
        from source in Gen.Choose(0, 3)
        from number in Numbers.Generator
        from fact in AnyFact
        select (step, target, source, number, fact)).Select(static steps => steps.Take(8).Aggregate(PathState.Begin(), static (state, item) =>
        {
            var target = new VariablePlace(Variables[item.target]);
            var source = state.Read(new VariablePlace(Variables[item.source]));
            return item.step switch
            {
                0 => state.Write(target, source),
                1 => state.Write(target, new ConstantValue(item.number)),
                2 => state.Learn(source, item.fact) ?? state,
                _ => Renewed(state, target),
            };
        }));

    [Fact]
    public void Of_two_facts_the_numbers_that_both_allow_or_that_one_allows() =>
        Check.One(Fixed, Prop.ForAll(Arb.From(AnyFact.SelectMany(static _ => AnyFact, static (one, other) => (one, other))), Numbers, static (facts, number) =>
        {
            var (one, other) = facts;
            Assert.Equal(one.Allows(number) && other.Allows(number), one.And(other).Allows(number));
            Assert.True(!(one.Allows(number) || other.Allows(number)) || one.Or(other).Allows(number));
            Assert.True(!one.IsImpossible || !one.Allows(number));
            Assert.True(Fact.Of(number).Allows(number));
        }));

    [Fact]
    public void A_fact_of_a_number_allows_no_other_number() =>
        Check.One(Fixed, Prop.ForAll(Numbers, Numbers, static (one, other) => Assert.Equal(one == other, Fact.Of(one).Allows(other))));

    [Fact]
    public void What_is_learned_only_adds_to_what_is_known() =>
        Check.One(Fixed, Prop.ForAll(Arb.From(States), Arb.From(AnyFact), Numbers, static (state, fact, number) =>
        {
            var place = new VariablePlace(Variables[0]);
            var before = state.FactOf(state.Read(place));
            if (state.Learn(state.Read(place), fact) is { } after)
            {
                Assert.Equal(before.Allows(number) && fact.Allows(number), after.FactOf(after.Read(place)).Allows(number));
            }
            else
            {
                Assert.False(before.Allows(number) && fact.Allows(number));
            }

            Assert.Equal(before.Allows(number), state.LearnEqual(state.Read(place), number) is not null);
        }));

    [Fact]
    public void Merged_states_know_no_more_than_either() =>
        Check.One(Fixed, Prop.ForAll(Arb.From(States), Arb.From(States), Numbers, static (one, other, number) =>
        {
            var merged = one.Merge(other, 1);
            foreach (var place in Variables.Select(static variable => new VariablePlace(variable)))
            {
                var either = one.FactOf(one.Read(place)).Allows(number) || other.FactOf(other.Read(place)).Allows(number);
                Assert.True(!either || merged.FactOf(merged.Read(place)).Allows(number));
            }

            // Once merged, the same paths add nothing: that is why loops come to an end.
            Assert.Equal(merged, merged.Merge(one, 1).Merge(other, 1));

            // What need not be merged would have changed nothing.
            Assert.True(one.HasMerged(one, 1));
            Assert.True(!one.HasMerged(other, 1) || merged.Equals(one));
            Assert.True(merged.HasMerged(one, 1) && merged.HasMerged(other, 1));
        }));

    [Fact]
    public void Equal_states_have_equal_hashes_and_forget_alike() =>
        Check.One(Fixed, Prop.ForAll(Arb.From(States), static state =>
        {
            var copy = PathState.Begin();
            foreach (var (place, value) in state.Contents.Reverse())
            {
                copy = copy.Write(place, value);
            }

            var bare = state.Keep(static _ => true);
            Assert.Equal(bare, bare.Keep(static _ => true));
            Assert.Equal(copy.Equals(bare), copy.GetHashCode() == bare.GetHashCode() && copy.Equals(bare));
            Assert.Equal(PathState.Begin(), state.Keep(static _ => false).Keep(static _ => false));
        }));

    [Fact]
    public void A_new_value_is_nobody_elses() =>
        Check.One(Fixed, Prop.ForAll(Arb.From(States), static state =>
        {
            var (next, value) = state.Fresh("source");
            Assert.False(next.Mentions(value));
            var (after, again) = next.Write(new VariablePlace(Variables[0]), value).Fresh("source");
            Assert.NotEqual(again, after.Read(new VariablePlace(Variables[0])));
        }));

    private static PathState Renewed(PathState state, Place place)
    {
        var (next, value) = state.Fresh("call");
        return next.Write(place, value);
    }
}
