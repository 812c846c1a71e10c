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
        { "uffd-fork-event", Defects.NoForkEvent, "fork-is-announced" },
    };

    public static TheoryData<string> Programs => ["zap-and-device", "tlb-gather", "pinned-page", "split-beside-walk", "uffd-unmap-event", "uffd-fork-event", "speculative-lookup"];

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

    [Theory]
    [InlineData(Defects.NoVmaRecheck, "entries-fit-their-vma", "v5.15", "v6.1", "v6.12", "v6.18")]
    [InlineData(Defects.NoVmaSequenceCheck, "entries-fit-their-vma", "v6.12", "v6.18")]
    public void A_lookup_without_mmap_lock_that_checks_too_little_uses_a_VMA_that_has_changed(Defects mistake, string property, params string[] eras)
    {
        var file = ExplorationFiles.Load("speculative-lookup");
        var wrong = file with { Protocol = file.Protocol with { Defects = mistake }, Properties = [KnownProperties.Find(property)!] };

        Assert.All(eras, era => Assert.Equal(property, wrong.On(KernelEra.Find(era)!).Result.Violation?.Property));
    }

    [Theory]
    [InlineData(Defects.NoVmaRecheck)]
    [InlineData(Defects.NoVmaSequenceCheck)]
    public void Per_VMA_locks_need_both_checks(Defects mistake)
    {
        var file = ExplorationFiles.Load("speculative-lookup");
        var wrong = file with { Protocol = file.Protocol with { Defects = mistake }, Threads = [file.Threads[0], file.Threads[2]] };

        Assert.Equal(ExplorationOutcome.Holds, wrong.On(KernelEra.V6_1).Result.Outcome);
        Assert.Equal(ExplorationOutcome.Violated, wrong.On(KernelEra.V6_18).Result.Outcome);
    }

    [Fact]
    public void A_fork_whose_event_nobody_reads_never_returns()
    {
        var file = ExplorationFiles.Load("uffd-fork-event");

        Assert.Equal(Explorer.SomebodyCanGoOn, (file with { Threads = [file.Threads[0]] }).On(KernelEra.V6_18).Result.Violation?.Property);
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
