using System.Collections.Immutable;
using Review.Core.Syntax;

namespace Review.Rules.Atomic;

/// <summary>Collects what goes wrong in a function while its paths are followed, each thing once.</summary>
internal sealed class HeldFindings
{
    private readonly List<HeldFinding> findings = [];
    private readonly HashSet<(Incident Kind, Node At)> seen = [];
    private readonly HashSet<string> sections = new(StringComparer.Ordinal);
    private bool keepsLocks;
    private bool releasesForeign;

    /// <summary>Something goes wrong at a node.</summary>
    public void Add(Incident kind, Node at, Hold since, ReturnStatement? end = null, IEnumerable<ReturnStatement>? returns = null)
    {
        if (seen.Add((kind, at)))
        {
            findings.Add(new HeldFinding(kind, at, since, end) { Returns = [.. returns ?? []] });
        }
    }

    /// <summary>Something goes wrong because of what a node began or ended: one finding for that node, not one for each that follows.</summary>
    public void AddOnce(Incident kind, Node at, Hold since)
    {
        if (seen.Add((kind == Incident.SleptInLazyMode ? Incident.DroppedInLazyMode : kind, since.Since)))
        {
            findings.Add(new HeldFinding(kind, at, since, null));
        }
    }

    /// <summary>A path returns with something that it began.</summary>
    public void MarkKept() => keepsLocks = true;

    /// <summary>A path ends something that the function did not begin.</summary>
    public void MarkForeign() => releasesForeign = true;

    /// <summary>A path begins or ends a section for the caller.</summary>
    public void MarkSection(string section) => _ = sections.Add(section);

    /// <summary>What a callee does cannot be told: what holds for it holds for this function.</summary>
    public void MarkUnknown(HeldReport callee)
    {
        keepsLocks |= callee.KeepsLocks;
        releasesForeign |= callee.ReleasesForeign;
        sections.UnionWith(callee.Sections);
    }

    /// <summary>What was found; of a lock that is taken again while it is held nobody needs to hear that it is kept.</summary>
    public HeldReport Report() => new([.. findings.Where(finding => finding.Kind != Incident.LockKept || !seen.Contains((Incident.TakenTwice, finding.At)))], keepsLocks, releasesForeign, sections.ToImmutableHashSet(StringComparer.Ordinal));
}
