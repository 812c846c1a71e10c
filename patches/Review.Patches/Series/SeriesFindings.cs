using System.Collections.Immutable;
using Review.Core.Diagnostics;

namespace Review.Patches.Series;

/// <summary>
/// The findings of all versions of a tree, from the base to the last patch, sorted by what the series has to do with them. A finding is the same in two versions
/// if its fingerprint is; and if a patch takes one away and puts one of the same rule into the same function, it only moved: its statement was edited.
/// </summary>
public sealed class SeriesFindings
{
    private SeriesFindings(ImmutableArray<Finding> introduced, ImmutableArray<Finding> transient, ImmutableArray<CuredFinding> cured, ImmutableArray<Finding> old) =>
        (Introduced, Transient, Cured, Old) = (introduced, transient, cured, old);

    private readonly Dictionary<Finding, Finding> firstSeen = new(ReferenceEqualityComparer.Instance);

    /// <summary>What a patch introduces and the last one leaves.</summary>
    public ImmutableArray<Finding> Introduced { get; }

    /// <summary>What a patch introduces and a later one takes away.</summary>
    public ImmutableArray<Finding> Transient { get; }

    /// <summary>What was there before and is gone at the end.</summary>
    public ImmutableArray<CuredFinding> Cured { get; }

    /// <summary>What was there before and still is.</summary>
    public ImmutableArray<Finding> Old { get; }

    /// <summary>A finding of one of the lists as the version has it that was the first to have it: there its lines are those of the patch.</summary>
    public Finding FirstSeen(Finding finding) => firstSeen[finding];

    /// <summary>Sorts findings.</summary>
    /// <param name="versions">The findings of the base, then those after each patch.</param>
    /// <param name="numbers">The number of each patch.</param>
    /// <param name="renamed">The path that a file of the version before had; the same path if it was not renamed.</param>
    public static SeriesFindings Of(IReadOnlyList<ImmutableArray<Finding>> versions, IReadOnlyList<int> numbers, Func<int, string, string> renamed)
    {
        ArgumentNullException.ThrowIfNull(versions);
        var histories = new List<FindingHistory>();
        for (var version = 0; version < versions.Count; version++)
        {
            Continue(histories, versions[version], version, path => renamed(version, path));
        }

        var last = versions.Count - 1;
        var origins = new List<(Finding Placed, Finding First)>();
        var result = new SeriesFindings(
            [.. histories.Where(one => one.First > 0 && one.Last == last).Select(one => Placed(one, true)).Order(FindingOrder.Instance)],
            [.. histories.Where(one => one.First > 0 && one.Last < last).Select(one => Placed(one, false)).Order(FindingOrder.Instance)],
            [.. histories.Where(one => one.First == 0 && one.Last < last).Select(one => new CuredFinding(Placed(one, false), numbers[one.Last])).OrderBy(static one => one.Finding, FindingOrder.Instance)],
            [.. histories.Where(one => one.First == 0 && one.Last == last).Select(one => Placed(one, true)).Order(FindingOrder.Instance)]);

        foreach (var (placed, first) in origins)
        {
            result.firstSeen.Add(placed, first);
        }

        return result;

        Finding Placed(FindingHistory one, bool survives)
        {
            var placed = one.Finding with { Patch = new PatchPlace(one.First == 0 ? null : numbers[one.First - 1], survives) };
            origins.Add((placed, one.FirstFinding));
            return placed;
        }
    }

    /// <summary>Carries the histories on with the findings of the next version.</summary>
    private static void Continue(List<FindingHistory> histories, ImmutableArray<Finding> findings, int version, Func<string, string> renamed)
    {
        var open = findings.ToList();
        var waiting = histories.Where(one => one.Last == version - 1).ToList();

        // The strictest likeness first; whatever is left of both sides may still be the same by a looser one.
        Match((one, finding) => one.Fingerprint == finding.Fingerprint && one.Path == renamed(finding.Path));
        Match((one, finding) => one.Rule == finding.Rule && one.Function == finding.Function && one.Message == finding.Message);
        Match((one, finding) => one.Rule == finding.Rule && one.Function == finding.Function && one.Path == renamed(finding.Path));
        Match((one, finding) => one.Rule == finding.Rule && one.Message == finding.Message && one.Path == renamed(finding.Path));

        // What comes back after it was gone is the same finding again.
        waiting = [.. histories.Where(one => one.Last < version - 1)];
        Match((one, finding) => one.Fingerprint == finding.Fingerprint && one.Path == finding.Path);
        histories.AddRange(open.Select(finding => new FindingHistory(version, finding)));

        void Match(Func<Finding, Finding, bool> isSame)
        {
            foreach (var one in waiting.ToList())
            {
                var index = open.FindIndex(finding => isSame(one.Finding, finding));
                if (index >= 0)
                {
                    one.Continue(version, open[index]);
                    open.RemoveAt(index);
                    _ = waiting.Remove(one);
                }
            }
        }
    }

    /// <summary>One finding through the versions.</summary>
    private sealed class FindingHistory(int first, Finding finding)
    {
        /// <summary>The first version that has it.</summary>
        public int First { get; } = first;

        /// <summary>The last version that has it.</summary>
        public int Last { get; private set; } = first;

        /// <summary>The finding as the first version has it.</summary>
        public Finding FirstFinding { get; } = finding;

        /// <summary>The finding as the last version has it.</summary>
        public Finding Finding { get; private set; } = finding;

        public void Continue(int version, Finding now) => (Last, Finding) = (version, now);
    }
}

/// <summary>A finding of the base that a patch takes away.</summary>
/// <param name="Finding">As it was last seen.</param>
/// <param name="By">Number of the patch.</param>
public sealed record CuredFinding(Finding Finding, int By);
