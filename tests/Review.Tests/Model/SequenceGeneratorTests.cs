using Review.Model;
using Review.Model.Comparison;
using Review.Model.Scenarios;

namespace Review.Tests.Model;

/// <summary>Random sequences: the same for the same seed, readable as scenarios, never harmful.</summary>
public sealed class SequenceGeneratorTests
{
    private static readonly SequenceGenerator All = new(Requirement.All.ToHashSet(StringComparer.Ordinal));

    [Fact]
    public void The_same_seed_gives_the_same_sequences() =>
        Assert.All(Enumerable.Range(0, 50), static number => Assert.Equal(All.Make(3, (ulong)number), All.Make(3, (ulong)number)));

    [Fact]
    public void Sequences_are_scenarios_and_harm_nobody()
    {
        for (var number = 0UL; number < 500; number++)
        {
            var scenario = Shrinker.AsScenario(All.Make(4, number), "s", "f");
            var text = ScenarioWriter.Write(new ScenarioFile(null, null, [scenario]));
            Assert.Equal(scenario, ScenarioReader.Read(text, "text").Scenarios[0]);
            Assert.DoesNotContain("HWPOISON", text, StringComparison.Ordinal);
            Assert.DoesNotContain("SOFT_OFFLINE", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Shrinking_leaves_only_what_matters()
    {
        var seals = Enumerable.Range(0, 500).Select(static number => All.Make(5, (ulong)number)).First(static operations => operations.Any(static operation => operation is Mseal));
        var shortest = Shrinker.Shrink(seals, static operations => operations.Any(static operation => operation is Mseal));
        Assert.Single(shortest, static operation => operation is Mseal);
        Assert.InRange(shortest.Count, 1, 2);
    }
}
