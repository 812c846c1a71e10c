using System.Collections.Immutable;
using System.Text;
using Review.Core.Diagnostics;
using Review.Dev.Corpus;
using Review.Model.Eras;
using Review.Tests.Cli;
using Review.Witness;
using Review.Witness.Claims;
using Review.Witness.Exploration;
using Xunit.Abstractions;

namespace Review.Tests.Witness;

/// <summary>The callbacks of page walks in Linux 6.1's mm/madvise.c, run on page tables.</summary>
public sealed class PageWalkTests(ITestOutputHelper output) : IDisposable
{
    private const string File = "mm/madvise.c";
    private const string Batch = "lock-dropped-in-batch";

    private static readonly ImmutableArray<string> Walkers = ["madvise_cold_or_pageout_pte_range", "madvise_free_pte_range"];
    private static readonly ImmutableArray<string> Rules = [Batch, "pte-lock", "sleep-in-atomic", "page-ref-leak"];
    private static readonly ImmutableArray<Mutation> Corpus = [.. Mutation.ReadAll(Path.Combine(AppContext.BaseDirectory, "corpus", "mutations")).Where(static mutation => mutation.Files.SequenceEqual([File], StringComparer.Ordinal))];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [KernelFact]
    public void A_lock_that_is_dropped_in_lazy_mode_is_confirmed_and_refuted_once_the_mode_is_left_before()
    {
        using var kernel = Open();
        var asItIs = Search(kernel, null);
        Assert.All(Walkers, walker => Assert.Equal((walker, WitnessStatus.Confirmed), (walker, asItIs.Try(new Claim(Batch, walker)).Status)));
        Assert.All(Rules.Skip(1), rule => Assert.All(Walkers, walker => Assert.Equal((rule, walker, WitnessStatus.None), (rule, walker, asItIs.Try(new Claim(rule, walker)).Status))));

        // As upstream has cured it: the mode is left before every unlock, and entered behind every relock.
        var lines = System.IO.File.ReadAllLines(Path.Combine(KernelFactAttribute.KernelFolder!, File)).Select(static line => line.Trim() switch
        {
            "pte_unmap_unlock(orig_pte, ptl);" => $"arch_leave_lazy_mmu_mode(); {line}",
            "orig_pte = pte_offset_map_lock(mm, pmd, addr, &ptl);" or "orig_pte = pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);" or "orig_pte = pte = pte_offset_map_lock(mm, pmd, addr, &ptl);" => $"{line} arch_enter_lazy_mmu_mode();",
            "arch_leave_lazy_mmu_mode();" or "arch_enter_lazy_mmu_mode();" => "",
            _ => line,
        });
        var cured = new ClaimSearch(new WitnessProgram(kernel.Load(File, Encoding.UTF8.GetBytes(string.Join('\n', lines)))), KernelEra.V6_1, Bounds.Default);
        foreach (var walker in Walkers)
        {
            var result = cured.Try(new Claim(Batch, walker));
            Assert.True(result.Status == WitnessStatus.Refuted, $"{walker}: {result.Status} {result.Violation} {result.Note}");
        }
    }

    [KernelFact]
    public void Bugs_in_callbacks_are_confirmed_and_neutral_edits_are_not()
    {
        using var kernel = Open();
        var confirmed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var edit in Corpus.Where(static edit => edit.Rule is null || (Rules.Contains(edit.Rule) && Walkers.Contains(edit.Function))))
        {
            var search = Search(kernel, edit);
            var claims = edit.Rule is { } rule ? [new Claim(rule, edit.Function)] : Rules.Skip(1).SelectMany(static rule => Walkers.Select(walker => new Claim(rule, walker))).ToList();
            foreach (var claim in claims)
            {
                var result = search.Try(claim);
                if (edit.Rule is null)
                {
                    Assert.True(result.Status != WitnessStatus.Confirmed, $"{edit.Name}: {claim}: {result.Violation}");
                    continue;
                }

                output.WriteLine($"{edit.Name}: {claim.Rule}:{claim.Function}: {result.Status} {result.Violation} ({result.Note})");
                Assert.NotEqual(WitnessStatus.Refuted, result.Status);
                _ = result.Status == WitnessStatus.Confirmed && confirmed.Add(edit.Rule!);
            }
        }

        Assert.Superset(Rules.Skip(1).ToHashSet(StringComparer.Ordinal), confirmed);
    }

    private KernelUnderTest Open() => new(KernelFactAttribute.KernelFolder!, folder.At("scratch")) { AsVersions = true };

    private static ClaimSearch Search(KernelUnderTest kernel, Mutation? mutation) => new(new WitnessProgram(kernel.Load(File, mutation)), KernelEra.V6_1, Bounds.Default);
}
