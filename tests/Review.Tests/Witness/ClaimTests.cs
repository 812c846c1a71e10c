using System.Text;
using Review.Clang;
using Review.Core.Diagnostics;
using Review.Core.Source;
using Review.Model.Eras;
using Review.Witness;
using Review.Witness.Claims;
using Review.Witness.Exploration;

namespace Review.Tests.Witness;

/// <summary>Claims about functions of our own: what is confirmed, what is refuted, and about what nothing is said.</summary>
public sealed class ClaimTests
{
    private static readonly Lazy<ClaimSearch> Search = new(Load);

    [Theory]
    [InlineData("stale-prev", "advise_and_keep", WitnessStatus.Confirmed, "")]
    [InlineData("stale-prev", "advise_and_forget", WitnessStatus.Refuted, "situations")]
    [InlineData("mmap-lock-imbalance", "advise_and_forget", WitnessStatus.Refuted, "situations")]
    [InlineData("mmap-lock-imbalance", "advise_and_keep", WitnessStatus.None, "a run ends before its end")]
    [InlineData("stale-prev", "advise_unknown", WitnessStatus.None, "needs the function not_bound()")]
    [InlineData("stale-prev", "never_called", WitnessStatus.None, "needs to know with which lock never_called() is called")]
    [InlineData("tlb-gather-unpaired", "advise_checking_before", WitnessStatus.Refuted, "a branch that no situation takes was taken all the same")]
    [InlineData("tlb-gather-unpaired", "advise_checking_inside", WitnessStatus.None, "no situation leads to line")]
    [InlineData("lock-dropped-in-batch", "advise_relocking_in_gather", WitnessStatus.Confirmed, "situations")]
    [InlineData("lock-dropped-in-batch", "advise_relocking_in_batch", WitnessStatus.None, "is open that begin_batch() has opened for its callers")]
    [InlineData("errno-contract", "advise_losing_an_error", WitnessStatus.Confirmed, "situations")]
    [InlineData("mmap-lock-imbalance", "advise_pointing_nowhere", WitnessStatus.None, "a run ends before its end: writes")]
    [InlineData("pin-mismatch", "advise_and_keep", WitnessStatus.None, "the model has no property for pin-mismatch")]
    [InlineData("pte-lock", "advise_and_keep", WitnessStatus.None, "no walk of page tables that do_madvise() begins calls advise_and_keep()")]
    [InlineData("pointer-level", "advise_and_forget", WitnessStatus.None, "does not show every defect of this class")]
    public void A_claim_is_judged_by_running_the_code(string rule, string function, WitnessStatus status, string note)
    {
        var result = Search.Value.Try(new Claim(rule, function));
        Assert.Equal(status, result.Status);
        Assert.Contains(note, result.Note, StringComparison.Ordinal);
        Assert.Equal(status == WitnessStatus.Confirmed, result.Steps.Length > 0);
    }

    [Fact]
    public void An_error_of_a_callee_has_to_come_out() =>
        Assert.Equal(
            "do_madvise() returns -EFAULT where faultin_vma_page_range() failed with -EHWPOISON and -EHWPOISON is due",
            Search.Value.Try(new Claim("errno-contract", "advise_losing_an_error")).Violation);

    [Fact]
    public void Advice_that_leads_to_the_function_is_found_by_running_all() =>
        Assert.Equal("madvise(A, 2p, WILLNEED)", Search.Value.Try(new Claim("stale-prev", "advise_and_keep")).Steps[0].Action);

    private static ClaimSearch Load()
    {
        using var parser = new ClangParser();
        var source = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "fixtures", "witness", "claims.c"));
        var unit = parser.Parse(new ParseRequest(
            new SourceText("mm/claims.c", Encoding.UTF8.GetBytes(source)), "/fixture/tree", "/fixture/overlay", ["--target=x86_64-linux-gnu", "-std=gnu11", "-nostdinc", "-w"]));
        Assert.Empty(unit.Problems);
        return new ClaimSearch(new WitnessProgram(unit), KernelEra.V6_1, Bounds.Default);
    }
}
