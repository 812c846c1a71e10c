using System.Text;
using Review.Clang;
using Review.Core.Source;
using Review.Model;
using Review.Model.Eras;
using Review.Witness;
using Review.Witness.Exploration;

namespace Review.Tests.Witness;

/// <summary>Walkers of our own, run in all situations of MADV_DONTNEED.</summary>
public sealed class WalkerTests
{
    private static readonly Lazy<WitnessProgram> Program = new(Load);

    [Theory]
    [InlineData("walk_losing_the_end", ViolationKind.PageSkipped)]
    [InlineData("walk_stopping_at_a_hole", ViolationKind.PageSkipped)]
    [InlineData("walk_with_a_stale_vma", ViolationKind.UseAfterFree)]
    [InlineData("walk_unlocked", ViolationKind.Unlocked)]
    [InlineData("walk_locking_twice", ViolationKind.LockState)]
    [InlineData("walk_returning_locked", ViolationKind.LockState)]
    [InlineData("walk_leaving_a_gather", ViolationKind.TlbGather)]
    [InlineData("walk_going_round", ViolationKind.NoProgress)]
    public void A_defect_is_found(string function, ViolationKind kind)
    {
        var verdict = Explore(function);
        Assert.Equal((VerdictKind.Violated, kind), (verdict.Kind, verdict.Violation));
        Assert.NotEmpty(verdict.Steps);
    }

    [Fact]
    public void Right_code_is_clean_and_every_situation_was_tried()
    {
        var verdict = Explore("walk_keeping_the_end");
        Assert.Equal((VerdictKind.Clean, ""), (verdict.Kind, verdict.Message));
        Assert.Equal(Situations.For(Madv.DontNeed, KernelEra.V6_1).Count(), verdict.Effort.Situations);
        Assert.True(verdict.Effort.Interleavings > verdict.Effort.Situations);
    }

    [Fact]
    public void What_is_not_known_is_named()
    {
        var verdict = Explore("walk_calling_an_unknown");
        Assert.Equal((VerdictKind.NotWitnessed, "needs the function not_bound()"), (verdict.Kind, verdict.Message));
    }

    [Fact]
    public void A_reached_bound_says_nothing()
    {
        var verdict = Explore("walk_keeping_the_end", new Bounds(States: 3));
        Assert.Equal(VerdictKind.OutOfBound, verdict.Kind);
        Assert.Equal(VerdictKind.OutOfBound, Explore("walk_keeping_the_end", new Bounds(Instructions: 20)).Kind);
    }

    [Fact]
    public void The_interleaving_is_a_shortest_one()
    {
        var actions = Explore("walk_losing_the_end").Steps.Select(static step => $"{step.Thread} {step.Function}: {step.Action}").ToList();
        Assert.Equal(
            [
                "0 : madvise(A, 2p, DONTNEED)",
                "0 mmap_read_lock: lock taken",
                "0 find_vma: vma = [A, A+2p)",
                "0 userfaultfd_remove: lock dropped",
                "1 : mprotect(A, 1p, Read)",
                "1 : reads the event",
                "0 mmap_read_lock: lock taken",
                "0 find_vma: vma = [A, A+1p)",
                "0 zap_page_range_single: zaps [A, A+1p)",
                "0 mmap_read_unlock: lock dropped",
                "0 walk_losing_the_end: returns 0",
            ],
            actions);
    }

    private static Verdict Explore(string function, Bounds? bounds = null) =>
        Program.Value.Explore(function, Situations.For(Madv.DontNeed, KernelEra.V6_1), ViolationKinds.Definite, bounds ?? Bounds.Default);

    private static WitnessProgram Load()
    {
        using var parser = new ClangParser();
        var source = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "fixtures", "witness", "walkers.c"));
        var unit = parser.Parse(new ParseRequest(
            new SourceText("mm/walkers.c", Encoding.UTF8.GetBytes(source)), "/fixture/tree", "/fixture/overlay", ["--target=x86_64-linux-gnu", "-std=gnu11", "-nostdinc", "-w"]));
        Assert.Empty(unit.Problems);
        return new WitnessProgram(unit);
    }
}
