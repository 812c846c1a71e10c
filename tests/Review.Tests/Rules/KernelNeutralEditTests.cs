using System.Text;
using Review.Core.Diagnostics;
using Review.Core.Syntax;
using Review.Dev.Corpus;
using Review.Tests.Cli;

namespace Review.Tests.Rules;

/// <summary>
/// Edits of a real kernel's functions that change nothing about what they do, many at a time, one or two in every function: what the rules say of the file stays the same, to the
/// fingerprint, whether the functions are right or have a known bug put in.
/// </summary>
public sealed class KernelNeutralEditTests(MutationTests.RealKernel kernel) : IClassFixture<MutationTests.RealKernel>
{
    /// <summary>Bugs of several rules, one in each function, that are in the file together.</summary>
    private static readonly Dictionary<string, string[]> Bugs = new(StringComparer.Ordinal)
    {
        ["mm/madvise.c"] = ["prev-willneed-not-nulled", "vma-remove-offset-late", "revalidate-populate-hole", "023-walk-start-not-advanced", "030-swapin-sleep-under-ptl", "058-pageout-no-gather", "049-free-range-start-before-init", "ref-process-madvise-no-mmput"],
        ["mm/gup.c"] = ["040-gup-fast-ref-leak", "032-follow-pmd-no-unlock", "revalidate-fixup-null", "lock-faultin-wrong-unlock", "gup-flags-cleared-in-fault", "088-longterm-without-pin"],
    };

    /// <summary>Of so many files the sample has one.</summary>
    private const int SampleStep = 12;

    public static TheoryData<string, int> Cases => new() { { "mm/madvise.c", 1 }, { "mm/madvise.c", 2 }, { "mm/gup.c", 1 } };

    [KernelTheory]
    [MemberData(nameof(Cases))]
    public void Findings_of_right_and_of_wrong_functions_stay_the_same(string file, int seed)
    {
        var corpus = Mutation.ReadAll(Path.Combine(AppContext.BaseDirectory, "corpus", "mutations"));
        var bugs = Bugs[file].Select(name => corpus.Single(mutation => mutation.Name == name)).ToList();
        var text = kernel.Kernel.TextAfter(file, bugs);
        var unit = kernel.Kernel.Load(file, text);
        var before = kernel.Kernel.FindingsIn(file, text);
        Assert.All(bugs, bug => Assert.Contains(before, finding => finding.Rule == bug.Rule && finding.Function == bug.Function));

        var chosen = Choose(unit, before, new Random(seed));
        Assert.True(chosen.Count > 20, $"{chosen.Count} edits are too few to show anything");
        var edited = new NeutralEdit("all", "", [.. chosen.SelectMany(static edit => edit.Edits)]).Apply(unit.Text);
        var after = kernel.Kernel.FindingsIn(file, Encoding.UTF8.GetBytes(edited));
        Assert.Equal(Keys(before), Keys(after));
    }

    /// <summary>The same in files of all kinds as they are, in which hardly anything is wrong: nothing new may come up.</summary>
    [KernelFact]
    public void Findings_of_a_sample_of_all_files_stay_the_same()
    {
        var sample = kernel.Kernel.FilesOf("mm/*.c").Where(static (_, index) => index % SampleStep == 0);
        var sessions = sample.Select(file => NeutralSession.Of(kernel.Kernel, file, 1)).ToList();
        Assert.True(sessions.Sum(static session => session.Edits) > 200, "too few edits to show anything");
        Assert.Empty(sessions.SelectMany(static session => session.Changes.Concat(session.Failures)));
    }

    /// <summary>One edit in every function that has one, chosen by chance. Those that give another shape to the statement that a finding is about would rename the finding.</summary>
    private static List<NeutralEdit> Choose(TranslationUnit unit, IReadOnlyList<Finding> findings, Random random) =>
    [
        .. NeutralEdit.Of(unit)
            .Where(edit => !findings.Any(finding => edit.MayReword(finding, unit.Text)))
            .GroupBy(static edit => edit.Function, StringComparer.Ordinal)
            .Select(edits => edits.ElementAt(random.Next(edits.Count()))),
    ];

    private static IEnumerable<string> Keys(IEnumerable<Finding> findings) => findings.Select(static finding => $"{finding.Rule} {finding.Function} {finding.Fingerprint}").Order(StringComparer.Ordinal);
}
