using System.Collections.Immutable;
using Review.Core.Diagnostics;
using Review.Dev.Corpus;
using Review.Model;
using Review.Model.Eras;
using Review.Tests.Cli;
using Review.Witness;
using Review.Witness.Claims;
using Review.Witness.Exploration;
using Xunit.Abstractions;

namespace Review.Tests.Witness;

/// <summary>The known bugs, the neutral edits and the traps of Linux 6.1's mm/madvise.c, run on the model.</summary>
public sealed class WitnessCorpusTests(ITestOutputHelper output) : IDisposable
{
    private const string File = "mm/madvise.c";
    private static readonly ImmutableArray<string> OtherFiles = ["mm/gup.c", "mm/khugepaged.c", "mm/memory.c", "mm/mprotect.c", "mm/mremap.c"];
    private static readonly ImmutableArray<Mutation> Corpus = Mutation.ReadAll(Path.Combine(AppContext.BaseDirectory, "corpus", "mutations"));

    /// <summary>
    /// Break a rule of the code, and nothing else. Where follow_hugetlb_page() has lost mmap_lock it leaves no pages to go, so that the loop ends there all the same. A walk that is told of the
    /// VMA before the merged one looks that one up again, and goes on where it would have. faultin_vma_page_range() gives no error without the lock. Those that
    /// are not told that the lock was dropped in between, by __get_user_pages_locked(), go on with nothing from before. EFAULT is a code of MADV_POPULATE_READ, and whether a page or a hole that
    /// came in between is the reason is not told apart. What pr_debug() would print is read in no configuration without CONFIG_DYNAMIC_DEBUG and DEBUG.
    /// </summary>
    private static readonly ImmutableArray<string> Harmless = ["094-gup-hugetlb-lost-lock", "prev-anon-name-split", "lock-populate-relock-late", "lock-gup-locked-drop-not-told", "errno-populate-hole-efault", "vma-remove-named-after-put"];

    /// <summary>The model has no page tables that mappings of hugetlbfs share, so that nothing is outside of the range that is announced: refuted, and wrongly.</summary>
    private const string BeyondTheModel = "notifier-zap-single-not-adjusted";

    /// <summary>Of what may come in between the model takes one thing at a time: a lock that is lost in a page fault, or a signal; not one after the other. Refuted, and wrongly.</summary>
    private const string BeyondTheBounds = "lock-populate-signal";

    /// <summary>Bugs of one class in one function that are searched for a witness: more of them take minutes, and break the same property there.</summary>
    private const int Alike = 2;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [KernelFact]
    public void Many_bugs_of_many_classes_are_confirmed()
    {
        using var kernel = Open();
        var untouched = Search(kernel, null);
        var before = new Dictionary<Claim, WitnessStatus>();
        var confirmed = new List<Mutation>();
        var refuted = new List<string>();
        foreach (var bug in Corpus.Where(static mutation => mutation.Rule is not null && mutation.Files.SequenceEqual([File], StringComparer.Ordinal) && ClaimedProperties.Of(mutation.Rule) is not null && ClaimedProperties.MayBeRefuted(mutation.Rule))
            .GroupBy(static mutation => (mutation.Rule, mutation.Function)).SelectMany(static alike => alike.Take(Alike)))
        {
            var result = Search(kernel, bug).Try(new Claim(bug.Rule!, bug.Function));
            output.WriteLine($"{bug.Name}: {bug.Rule}:{bug.Function}: {result.Status} {result.Violation} ({result.Note})");
            if (result.Status == WitnessStatus.Refuted)
            {
                refuted.Add(bug.Name);
            }

            if (result.Status == WitnessStatus.Confirmed && Untouched(new Claim(bug.Rule!, bug.Function)) != WitnessStatus.Confirmed)
            {
                confirmed.Add(bug);
            }
        }

        Assert.Empty(refuted.Except([.. Harmless, BeyondTheBounds], StringComparer.Ordinal));
        output.WriteLine($"confirmed: {confirmed.Count} of {confirmed.Select(static bug => bug.Rule).Distinct().Count()} classes");
        Assert.True(confirmed.Count >= 12, string.Join(", ", confirmed.Select(static bug => bug.Name)));
        string[] classes = ["stale-prev", "stale-vma-use", "missing-revalidation", "walk-progress", "lock-dropped-in-batch", "mmap-lock-imbalance", "notifier-range-uninit", "notifier-unpaired", "tlb-gather-unpaired", "errno-contract", "destructive-remote"];
        Assert.Empty(classes.Except(confirmed.Select(static bug => bug.Rule!), StringComparer.Ordinal));

        WitnessStatus Untouched(Claim claim)
        {
            if (!before.TryGetValue(claim, out var status))
            {
                before[claim] = status = untouched.Try(claim).Status;
            }

            return status;
        }
    }

    [KernelFact]
    public void Neutral_edits_break_nothing_more()
    {
        using var kernel = Open();
        var before = Violations(kernel, null);
        Assert.NotEmpty(before);
        foreach (var edit in Corpus.Where(static mutation => mutation.Rule is null && mutation.Files.SequenceEqual([File], StringComparer.Ordinal)))
        {
            var after = Violations(kernel, edit);
            output.WriteLine($"{edit.Name}: {after.Count}");
            Assert.Equal((edit.Name, string.Join('\n', before)), (edit.Name, string.Join('\n', after)));
        }
    }

    [KernelFact]
    public void Bugs_of_code_that_other_files_call_are_confirmed_and_never_refuted()
    {
        using var kernel = Open();
        var searches = OtherFiles.ToDictionary(static file => file, file => Search(kernel, file, null), StringComparer.Ordinal);
        var confirmed = new List<Mutation>();
        var refuted = new List<string>();
        foreach (var bug in Corpus.Where(static mutation => mutation.Rule is not null && mutation.Files is [var only] && OtherFiles.Contains(only, StringComparer.Ordinal) && ClaimedProperties.MayBeRefutedByDirectCalls(mutation.Rule)))
        {
            var claim = new Claim(bug.Rule!, bug.Function);
            var result = Search(kernel, bug.Files[0], bug).Try(claim);
            output.WriteLine($"{bug.Name}: {bug.Rule}:{bug.Function}: {result.Status} {result.Violation} ({result.Note})");
            if (result.Status == WitnessStatus.Refuted)
            {
                refuted.Add(bug.Name);
            }

            if (result.Status == WitnessStatus.Confirmed)
            {
                Assert.NotEqual(WitnessStatus.Confirmed, searches[bug.Files[0]].Try(claim).Status);
                confirmed.Add(bug);
            }
        }

        Assert.Empty(refuted.Except([.. Harmless, BeyondTheModel], StringComparer.Ordinal));
        output.WriteLine($"confirmed: {string.Join(", ", confirmed.Select(static bug => bug.Name))}");
        Assert.True(confirmed.Count >= 20);
        Assert.True(confirmed.Select(static bug => bug.Rule).Distinct(StringComparer.Ordinal).Count() >= 6);
    }

    [KernelFact]
    public void Traps_are_refuted()
    {
        using var kernel = Open();
        var searches = ((string[])[File, .. OtherFiles]).Select(file => (Unit: kernel.Load(file), Search: Search(kernel, file, null))).ToList();
        var refuted = 0;
        foreach (var trap in Trap.ReadAll(Path.Combine(AppContext.BaseDirectory, "corpus", "traps.tsv")))
        {
            var (_, search) = searches.Find(pair => pair.Unit.Functions.Any(function => function.Name == trap.Function));
            var result = search.Try(new Claim(trap.Rule, trap.Function));
            output.WriteLine($"{trap.Rule}:{trap.Function}: {result.Status} ({result.Note})");
            Assert.NotEqual(WitnessStatus.Confirmed, result.Status);
            refuted += result.Status == WitnessStatus.Refuted ? 1 : 0;

            // The others are of a class of which the model does not show every defect, or none.
            Assert.True(
                result.Status == WitnessStatus.Refuted || ClaimedProperties.Of(trap.Rule) is null || !ClaimedProperties.MayBeRefuted(trap.Rule),
                $"{trap.Rule}:{trap.Function}: {result.Note}");
        }

        Assert.True(refuted >= 16);
    }

    private KernelUnderTest Open() => new(KernelFactAttribute.KernelFolder!, folder.At("scratch")) { AsVersions = true };

    private static ClaimSearch Search(KernelUnderTest kernel, Mutation? mutation) => Search(kernel, File, mutation);

    private static ClaimSearch Search(KernelUnderTest kernel, string file, Mutation? mutation) => new(new WitnessProgram(kernel.Load(file, mutation)), KernelEra.V6_1, Bounds.Default);

    private static List<string> Violations(KernelUnderTest kernel, Mutation? mutation)
    {
        var program = new WitnessProgram(kernel.Load(File, mutation));
        return
        [
            .. Madv.Names.Keys.Select(advice => (advice, Verdict: program.Explore("do_madvise", Situations.For(advice, KernelEra.V6_1), ViolationKinds.Definite, Bounds.Default)))
                .Where(static row => row.Verdict.Kind == VerdictKind.Violated)
                .Select(static row => $"{Madv.NameOf(row.advice)}: {row.Verdict.Violation}"),
        ];
    }
}
