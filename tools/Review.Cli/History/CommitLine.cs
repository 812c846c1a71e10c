using System.Collections.Immutable;
using LibGit2Sharp;

namespace Review.Cli.History;

/// <summary>A commit of a history.</summary>
/// <param name="Id">Its full id.</param>
/// <param name="Name">What people call it: the revision as it was given, or the first digits of the id.</param>
/// <param name="Subject">The first line of its message.</param>
internal sealed record HistoryCommit(string Id, string Name, string Subject);

/// <summary>Finds the commits that a history is made of.</summary>
/// <param name="repository">The repository.</param>
/// <param name="files">The files that the history is about.</param>
internal sealed class CommitLine(Repository repository, ImmutableArray<string> files)
{
    private const int ShortId = 12;

    /// <summary>
    /// The commits that some revisions name, in their order. A range <c>A..B</c> stands for A and what follows it on the way of the first parents to B, as far as it changes one
    /// of the files; of more than <paramref name="samples"/> of these for so many at equal distances, the last one among them.
    /// </summary>
    public ImmutableArray<HistoryCommit> Of(IEnumerable<string> revisions, int samples) => [.. revisions.SelectMany(revision => Of(revision, samples)).DistinctBy(static commit => commit.Id)];

    /// <summary>The commits behind one and up to another one that change one of the files, oldest first; the first parents' way.</summary>
    public ImmutableArray<HistoryCommit> Between(string older, string newer)
    {
        var filter = new CommitFilter
        {
            IncludeReachableFrom = Find(newer),
            ExcludeReachableFrom = Find(older),
            SortBy = CommitSortStrategies.Topological | CommitSortStrategies.Reverse,
            FirstParentOnly = true,
        };
        return [.. repository.Commits.QueryBy(filter).Where(Changes).Select(static commit => new HistoryCommit(commit.Sha, commit.Sha[..ShortId], commit.MessageShort))];
    }

    private IEnumerable<HistoryCommit> Of(string revision, int samples)
    {
        if (revision.Split("..") is not [var older, var newer])
        {
            var commit = Find(revision);
            return [new HistoryCommit(commit.Sha, revision, commit.MessageShort)];
        }

        var start = Find(older);
        var changes = Between(older, newer);
        var chosen = changes.Length <= samples ? changes : [.. Enumerable.Range(1, samples).Select(number => changes[(int)((long)changes.Length * number / samples) - 1])];
        return chosen.Prepend(new HistoryCommit(start.Sha, older, start.MessageShort));
    }

    private bool Changes(Commit commit) => files.Any(file => commit[file]?.Target.Id != commit.Parents.FirstOrDefault()?[file]?.Target.Id);

    private Commit Find(string revision)
    {
        try
        {
            return (revision.StartsWith('-') ? null : repository.Lookup<Commit>(revision + "^{commit}")) ?? throw new UserError($"unknown revision '{revision}'", "give commits, tags, branches or ranges A..B");
        }
        catch (LibGit2SharpException)
        {
            throw new UserError($"unknown revision '{revision}'", "give commits, tags, branches or ranges A..B");
        }
    }
}
