using Review.Cli.Exploring;
using Review.Model.Eras;
using Review.Model.Exploration;

namespace Review.Tests.Exploration;

/// <summary>Every property of an exploration holds on a program of its own, and is broken there by the mistake that it is to find.</summary>
public sealed class DisciplineTests
{
    public static TheoryData<string, Defects, string> Mistakes => new()
    {
        { "zap-and-device", Defects.NoNotifierStart, "secondary-mmu-is-current" },
        { "zap-and-device", Defects.NoNotifierStart, "notifier-ranges-are-paired" },
        { "zap-and-device", Defects.NoNotifierEnd, "notifier-ranges-are-paired" },
        { "tlb-gather", Defects.FreesBeforeFlush, "tlb-is-flushed-before-free" },
        { "pinned-page", Defects.FreesReferencedPages, "pages-outlive-references" },
        { "split-beside-walk", Defects.ReadLockForWriting, "vmas-change-under-write-lock" },
        { "uffd-remove-race", Defects.NoRemoveEvent, "removal-is-announced" },
    };

    public static TheoryData<string> Programs => ["zap-and-device", "tlb-gather", "pinned-page", "split-beside-walk", "uffd-unmap-event"];

    [Theory]
    [MemberData(nameof(Programs))]
    public void Everything_holds_where_nothing_is_done_wrong(string program)
    {
        var file = ExplorationFiles.Load(program);
        Assert.All(file.Eras, era =>
        {
            var result = file.On(era).Result;
            Assert.True(result.Outcome == ExplorationOutcome.Holds, ExplorationText.Of(file, [file.On(era)]));
            Assert.True(result.Interleavings > 1);
        });
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_found_by_the_property_that_is_there_for_it(string program, Defects mistake, string property)
    {
        var file = ExplorationFiles.Load(program);
        var wrong = file with
        {
            Protocol = file.Protocol with { Defects = mistake },
            Properties = [KnownProperties.Find(property)!],
        };
        Assert.All(file.Eras, era => Assert.Equal(property, wrong.On(era).Result.Violation?.Property));

        // The era that loses the second page breaks another property of this program.
        var right = wrong with { Protocol = file.Protocol };
        Assert.All(file.Eras, era => Assert.Equal(ExplorationOutcome.Holds, right.On(era).Result.Outcome));
    }

    [Fact]
    public void A_page_that_munmap_has_left_to_zap_is_still_reachable_and_lives()
    {
        var file = ExplorationFiles.Load("tlb-gather");
        var inOneStep = file with { Protocol = ZapProtocol.OneStep };

        Assert.True(file.On(KernelEra.V6_18).Result.States > inOneStep.On(KernelEra.V6_18).Result.States);
        Assert.Equal(ExplorationOutcome.Holds, inOneStep.On(KernelEra.V6_18).Result.Outcome);
    }

    [Fact]
    public void A_monitor_that_does_not_copy_again_after_EAGAIN_leaves_a_thread_waiting()
    {
        var file = ExplorationFiles.Load("uffd-unmap-event");
        var monitor = file.Threads[^1];
        var forgetful = file with { Threads = [.. file.Threads.Take(2), monitor with { Calls = [.. monitor.Calls.Take(monitor.Calls.Count - 1)] }] };

        Assert.Equal(Explorer.SomebodyCanGoOn, forgetful.On(KernelEra.V6_18).Result.Violation?.Property);
    }
}
