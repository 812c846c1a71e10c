using System.Collections.Immutable;

namespace Review.Core.Diagnostics;

/// <summary>
/// Findings that were there before and do not count. Matching is by fingerprint, so edits elsewhere in a file
/// change nothing. An entry covers one finding: one with the same fingerprint in its own file, else one in
/// another file, because files get renamed.
/// </summary>
public sealed class Baseline
{
    /// <summary>The reason that a suppressed finding gives.</summary>
    private const string Reason = "in the baseline";

    public Baseline(IEnumerable<BaselineEntry> entries) => Entries = [.. entries.Order(BaselineEntry.Order)];

    /// <summary>No entries.</summary>
    public static Baseline Empty { get; } = new([]);

    /// <summary>The entries by file, function, rule, fingerprint.</summary>
    public ImmutableArray<BaselineEntry> Entries { get; }

    /// <summary>A baseline that covers these findings.</summary>
    public static Baseline From(IEnumerable<Finding> findings) => new(findings.Select(BaselineEntry.From));

    /// <summary>
    /// Moves the findings that the baseline covers to the suppressed ones. Findings of the engine's own are never covered:
    /// they say that something was not looked at.
    /// </summary>
    public BaselineMatch Apply(IEnumerable<Finding> findings)
    {
        var open = new List<BaselineEntry>(Entries);
        var waiting = new List<Finding>();
        var known = new HashSet<Finding>(ReferenceEqualityComparer.Instance);
        var all = findings.ToList();
        foreach (var finding in all)
        {
            if (Take(open, finding, isSameFile: true))
            {
                known.Add(finding);
            }
            else
            {
                waiting.Add(finding);
            }
        }

        known.UnionWith(waiting.Where(finding => Take(open, finding, isSameFile: false)));
        return new BaselineMatch(
            [.. all.Where(finding => !known.Contains(finding))],
            [.. all.Where(known.Contains).Select(finding => finding with { Suppression = new FindingSuppression(SuppressionKind.Baseline, Reason) })],
            [.. open]);
    }

    /// <summary>Applies the baseline to a result: what it covers moves to the suppressed findings.</summary>
    public AnalysisResult Apply(AnalysisResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var match = Apply(result.Findings);
        return result with
        {
            Findings = match.New,
            Suppressed = [.. result.Suppressed.Concat(match.Known).Order(FindingOrder.Instance)],
        };
    }

    /// <summary>
    /// Drops the entries that no longer occur. An entry stays if this result cannot know: its file or function was
    /// not analysed, or its rule did not run.
    /// </summary>
    /// <param name="result">A result, before or after <see cref="Apply(AnalysisResult)"/>.</param>
    /// <param name="isGone">Tells whether a file no longer exists; entries of such files are dropped.</param>
    public Baseline Prune(AnalysisResult result, Func<string, bool> isGone)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(isGone);
        var unmatched = Apply(result.Findings.Concat(result.Suppressed)).Absent.ToHashSet(ReferenceEqualityComparer.Instance);
        var files = result.Files.Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        var rules = result.Rules.ToHashSet(StringComparer.Ordinal);

        bool WasLookedAt(BaselineEntry entry) =>
            rules.Contains(entry.Rule)
            && files.Contains(entry.File)
            && !result.NotAnalysed.Any(gap => gap.Path == entry.File && (gap.Function is null || gap.Function == entry.Function) && (gap.Rule is null || gap.Rule == entry.Rule));

        return new Baseline(Entries.Where(entry => !unmatched.Contains(entry) || !(WasLookedAt(entry) || isGone(entry.File))));
    }

    private static bool Take(List<BaselineEntry> open, Finding finding, bool isSameFile)
    {
        if (finding.Id == EngineRules.Failure.Id)
        {
            return false;
        }

        var index = open.FindIndex(entry =>
            entry.Fingerprint == finding.Fingerprint && (entry.File == finding.Path) == isSameFile);
        if (index < 0)
        {
            return false;
        }

        open.RemoveAt(index);
        return true;
    }
}

/// <summary>One finding of a baseline. Only <see cref="Fingerprint"/> matters for matching; the rest is for people who read the file.</summary>
/// <param name="Fingerprint">16 hexadecimal digits.</param>
/// <param name="Rule">The rule's name.</param>
/// <param name="File">File inside the tree.</param>
/// <param name="Function">The function; empty at file level.</param>
/// <param name="Message">What was reported.</param>
public sealed record BaselineEntry(string Fingerprint, string Rule, string File, string Function, string Message)
{
    /// <summary>By file, function, rule, fingerprint.</summary>
    internal static IComparer<BaselineEntry> Order { get; } = Comparer<BaselineEntry>.Create(static (a, b) =>
    {
        var order = string.CompareOrdinal(a.File, b.File);
        order = order != 0 ? order : string.CompareOrdinal(a.Function, b.Function);
        order = order != 0 ? order : string.CompareOrdinal(a.Rule, b.Rule);
        return order != 0 ? order : string.CompareOrdinal(a.Fingerprint, b.Fingerprint);
    });

    internal static BaselineEntry From(Finding finding) => new(finding.Fingerprint, finding.Rule, finding.Path, finding.Function, finding.Message);
}

/// <summary>Findings compared with a baseline.</summary>
/// <param name="New">Those it does not cover.</param>
/// <param name="Known">Those it covers, marked as suppressed.</param>
/// <param name="Absent">The entries that no finding used.</param>
public sealed record BaselineMatch(ImmutableArray<Finding> New, ImmutableArray<Finding> Known, ImmutableArray<BaselineEntry> Absent);
