using FsCheck;
using FsCheck.Fluent;
using Review.Cli.Exploring;
using Review.Model;
using Review.Model.Eras;
using Review.Model.Exploration;
using Review.Model.Scenarios;
using Explored = Review.Cli.Exploring.Exploration;

namespace Review.Tests.Exploration;

/// <summary>What the explorer finds, and that its reduction hides nothing.</summary>
public sealed class ExplorerTests
{
    private static readonly Gen<Operation> Operations = Gen.OneOf<Operation>(
        from page in Gen.Choose(0, 2) from length in Gen.Choose(1, 3) from advice in Gen.Elements(Madv.DontNeed, Madv.Free, Madv.Random, Madv.DontFork, Madv.Cold, Madv.PopulateWrite)
        select (Operation)new Madvise(AddressExpression.In("A", page), AddressExpression.Pages((ulong)length), advice, CallExpectation.Success),
        from page in Gen.Choose(0, 2) from protection in Gen.Elements(Protection.None, Protection.Read, Protection.Read | Protection.Write)
        select (Operation)new Mprotect(AddressExpression.In("A", page), AddressExpression.Pages(1), protection, CallExpectation.Success),
        from page in Gen.Choose(0, 2) select (Operation)new Munmap(AddressExpression.In("A", page), AddressExpression.Pages(1), CallExpectation.Success),
        from page in Gen.Choose(0, 2) select (Operation)new Mlock(AddressExpression.In("A", page), AddressExpression.Pages(1), CallExpectation.Success),
        from page in Gen.Choose(0, 2) select (Operation)new WriteBytes(AddressExpression.In("A", page), AddressExpression.Pages(1), 7, AccessOutcome.Done));

    private static readonly Gen<ExplorationFile> Programs =
        from first in Gen.ListOf(Operations, 2) from second in Gen.ListOf(Operations, 2) from era in Gen.Elements(KernelEra.All.ToArray())
        select new ExplorationFile(
            "random",
            null,
            new[] { era }.ToEquatableList(),
            KnownProperties.All.ToEquatableList(),
            ZapProtocol.OneStep,
            ExplorationFiles.Race.Setup.Take(2).ToEquatableList(),
            new[] { new ExplorationThread("CPU0", false, first.ToEquatableList()), new ExplorationThread("CPU1", false, second.ToEquatableList()) }.ToEquatableList());

    [Theory]
    [InlineData("v5.15")]
    [InlineData("v6.1")]
    [InlineData("v6.12")]
    public void The_walker_that_loses_a_clamped_end_leaves_the_second_page(string era)
    {
        var exploration = ExplorationFiles.Race.On(KernelEra.Find(era)!);

        Assert.Equal("zap-is-complete", exploration.Result.Violation?.Property);
        Assert.Equal("A+1p", exploration.Pages);
        Assert.Contains(exploration.Result.Violation!.Steps, static step => step.Call.Text.StartsWith("mprotect", StringComparison.Ordinal));
    }

    [Fact]
    public void The_walker_that_keeps_it_discards_both_pages_in_every_interleaving()
    {
        var result = ExplorationFiles.Race.On(KernelEra.V6_18).Result;

        Assert.Equal(ExplorationOutcome.Holds, result.Outcome);
        Assert.True(result.Interleavings > 1);
    }

    [Fact]
    public void Without_the_split_no_walker_leaves_anything()
    {
        var file = ExplorationFiles.Race with { Threads = ExplorationFiles.Race.Threads.Where(static (_, index) => index != 1).ToEquatableList() };

        Assert.All(KernelEra.All, era => Assert.Equal(ExplorationOutcome.Holds, file.On(era).Result.Outcome));
    }

    [Fact]
    public void Who_waits_for_an_event_that_nobody_reads_waits_for_ever()
    {
        var file = ExplorationFiles.Race with { Threads = ExplorationFiles.Race.Threads.Take(2).ToEquatableList() };

        Assert.Equal(Explorer.SomebodyCanGoOn, file.On(KernelEra.V6_18).Result.Violation?.Property);
    }

    [Fact]
    public void A_bound_that_is_reached_proves_nothing() =>
        Assert.Equal(ExplorationOutcome.OutOfBounds, Explored.Of(ExplorationFiles.Race, KernelEra.V6_18, new ExplorationBounds(States: 5)).Result.Outcome);

    [Fact]
    public void The_reduction_reaches_the_same_ends_and_violations() => Prop.ForAll(Programs.ToArbitrary(), static file =>
    {
        var era = file.Eras[0];
        var reduced = Explored.Of(file, era, new ExplorationBounds()).Result;
        var full = Explored.Of(file, era, new ExplorationBounds { UsesReduction = false }).Result;
        return (reduced.Outcome == full.Outcome && reduced.Violation?.Property == full.Violation?.Property && reduced.Ends == full.Ends && reduced.States <= full.States)
            .Label($"{era.Name}: {string.Join(" | ", file.Threads.Select(static thread => string.Join("; ", thread.Calls.Select(CallText.Of))))}: {reduced} {full}");
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(11, 13));

    [Fact]
    public void A_text_says_where_and_how()
    {
        var text = ExplorationText.Of(ExplorationFiles.Race, [ExplorationFiles.Race.On(KernelEra.V6_12), ExplorationFiles.Race.On(KernelEra.V6_18)]);

        Assert.Contains("uffd-remove-race on v6.12: zap-is-complete is violated", text, StringComparison.Ordinal);
        Assert.Contains("(A+1p)", text, StringComparison.Ordinal);
        Assert.Contains("uffd-remove-race on v6.18: holds in every interleaving", text, StringComparison.Ordinal);
    }
}
