using System.Collections.Immutable;
using Review.Core.Diagnostics;

namespace Review.Cli.History;

/// <summary>What a rule says of one commit.</summary>
/// <param name="Commit">The commit.</param>
/// <param name="Findings">The findings that were asked for; empty if the rule is silent.</param>
/// <param name="Gap">Why nothing can be said; null if something can.</param>
internal sealed record HistoryPoint(HistoryCommit Commit, ImmutableArray<Finding> Findings, string? Gap)
{
    /// <summary>True if the rule fires, false if it is silent, null if nobody knows.</summary>
    public bool? Fires => !Findings.IsEmpty ? true : Gap is null ? false : null;
}

/// <summary>A change of what the rule says.</summary>
/// <param name="Before">The last commit that is known to be as before.</param>
/// <param name="After">The first one that is known to be other.</param>
/// <param name="IsExact">True if no commit between the two changes one of the files.</param>
internal sealed record HistoryTurn(HistoryPoint Before, HistoryPoint After, bool IsExact)
{
    /// <summary>True if the rule starts to fire here.</summary>
    public bool Starts => After.Fires == true;
}

/// <summary>A rule over many commits: where it fires, and where that changes.</summary>
/// <param name="line">The commits of the repository.</param>
/// <param name="look">What the rule says of a commit.</param>
internal sealed class RuleHistory(CommitLine line, Func<HistoryCommit, HistoryPoint> look)
{
    private readonly Dictionary<string, HistoryPoint> known = new(StringComparer.Ordinal);

    /// <summary>What the rule says of some commits, in their order.</summary>
    public ImmutableArray<HistoryPoint> Look(IEnumerable<HistoryCommit> commits) => [.. commits.Select(Look)];

    /// <summary>Where it changes from one commit to the next; commits about which nothing can be said are passed over.</summary>
    /// <param name="points">What the rule says, oldest first.</param>
    /// <param name="bisect">True to look for the very commits.</param>
    public ImmutableArray<HistoryTurn> Turns(ImmutableArray<HistoryPoint> points, bool bisect)
    {
        var turns = ImmutableArray.CreateBuilder<HistoryTurn>();
        HistoryPoint? before = null;
        foreach (var point in points.Where(static point => point.Fires is not null))
        {
            if (before is not null && before.Fires != point.Fires)
            {
                turns.Add(bisect ? Bisect(before, point) : new HistoryTurn(before, point, line.Between(before.Commit.Id, point.Commit.Id).Length <= 1));
            }

            before = point;
        }

        return turns.ToImmutable();
    }

    /// <summary>
    /// Halves the commits between two until they are neighbours. If the rule turned over several times in between, one of the turns is found; commits about which nothing can be said
    /// are passed over, and then the turn is not exact.
    /// </summary>
    private HistoryTurn Bisect(HistoryPoint before, HistoryPoint after)
    {
        var open = line.Between(before.Commit.Id, after.Commit.Id).RemoveAll(commit => commit.Id == after.Commit.Id);
        while (open.Length > 0)
        {
            // The nearest one to the middle of which something is known.
            var middle = open.Length / 2;
            var found = Enumerable.Range(0, open.Length).OrderBy(index => Math.Abs(index - middle)).Select(index => (Index: index, Point: Look(open[index]))).FirstOrDefault(static one => one.Point.Fires is not null);
            if (found.Point is null)
            {
                return new HistoryTurn(before, after, IsExact: false);
            }

            if (found.Point.Fires == before.Fires)
            {
                (before, open) = (found.Point, open[(found.Index + 1)..]);
            }
            else
            {
                (after, open) = (found.Point, open[..found.Index]);
            }
        }

        return new HistoryTurn(before, after, IsExact: true);
    }

    private HistoryPoint Look(HistoryCommit commit)
    {
        if (!known.TryGetValue(commit.Id, out var point))
        {
            known[commit.Id] = point = look(commit);
        }

        return point with { Commit = commit };
    }
}
