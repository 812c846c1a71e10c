using System.Collections.Immutable;
using LibGit2Sharp;
using Review.Cli.Cache;
using Review.Cli.Check;
using Review.Cli.Commands;
using Review.Cli.Output;
using Review.Cli.Trees;
using Review.Kernel;
using Review.Patches.Diffs;
using Review.Patches.Mail;
using Review.Patches.Series;

namespace Review.Cli.Patch;

/// <summary><c>mmreview check --rev A..B</c>: the commits of a range, reviewed like a series.</summary>
internal sealed class RangeRun(PatchOptions options, string range, CancellationToken cancellation)
{
    private static readonly string[] Separators = ["...", ".."];

    /// <summary>Runs, and hands the report on while the tree is still open.</summary>
    public int Run(Func<Report, int> finish)
    {
        var ends = range.Split(Separators, StringSplitOptions.None);
        if (ends.Length != 2 || range.Contains("...", StringComparison.Ordinal))
        {
            throw new UserError($"--rev {range} is no range", "write A..B");
        }

        using var cache = CacheDirectory.Open();
        var folder = new KernelLocator(cache, Environment.CurrentDirectory, Environment.GetEnvironmentVariable).Locate(options.Check.Kernel, Progress.ToTerminal, cancellation).Folder;
        using var repository = GitLibrary.Open(folder);
        ImmutableArray<Commit> commits = [.. Commits(repository, Find(repository, ends[0]), Find(repository, ends[1]))];
        if (commits.IsEmpty || commits[0].Parents.FirstOrDefault() is not { } basis)
        {
            throw new UserError($"no commit in {range}", "'git log A..B' lists what a range holds");
        }

        using var source = KernelSource.Open(cache, folder, basis.Sha);
        var start = PatchedTree.Of(source.Tree);
        ImmutableArray<PatchedTree> trees = [start, .. commits.Select(commit => start.With(Changes(repository, basis.Tree, commit.Tree)))];
        var series = new PatchSeries { Total = commits.Length, Patches = [.. commits.Select((commit, index) => PatchOf(repository, commit, index + 1))] };
        try
        {
            return finish(new SeriesReview(options, cache, folder, source, RuleAssemblies.Load(options.Check.Analyzers), cancellation).Run(series, trees, basis.Sha[..12], [], null, null));
        }
        catch (KernelTreeException trouble)
        {
            throw new UserError(trouble.Message, "name another tree with --kernel, or another configuration with --config");
        }
    }

    private static Commit Find(Repository repository, string revision)
    {
        try
        {
            var found = revision.StartsWith('-') ? null : repository.Lookup<Commit>((revision.Length == 0 ? "HEAD" : revision) + "^{commit}");
            return found ?? throw new UserError($"unknown revision '{revision}'", "give commits, tags or branches with --rev A..B");
        }
        catch (LibGit2SharpException)
        {
            throw new UserError($"unknown revision '{revision}'", "give commits, tags or branches with --rev A..B");
        }
    }

    private static IEnumerable<Commit> Commits(Repository repository, Commit from, Commit to)
    {
        var filter = new CommitFilter { IncludeReachableFrom = to, ExcludeReachableFrom = from, SortBy = CommitSortStrategies.Topological | CommitSortStrategies.Reverse, FirstParentOnly = true };
        var commits = repository.Commits.QueryBy(filter).Take(MailLimits.Patches + 1).ToList();
        return commits.Count <= MailLimits.Patches ? commits : throw new UserError($"more than {MailLimits.Patches} commits in the range", "review a shorter one");
    }

    private static IEnumerable<KeyValuePair<string, byte[]?>> Changes(Repository repository, Tree before, Tree after)
    {
        using var changes = repository.Diff.Compare<TreeChanges>(before, after, new CompareOptions { Similarity = SimilarityOptions.None });
        foreach (var change in changes)
        {
            if (change.Status == ChangeKind.Deleted)
            {
                yield return new(change.Path, null);
            }
            else if (change.Mode is Mode.NonExecutableFile or Mode.ExecutableFile && repository.Lookup<Blob>(change.Oid) is { } blob && blob.Size <= DiffLimits.FileBytes)
            {
                using var content = blob.GetContentStream();
                using var bytes = new MemoryStream();
                content.CopyTo(bytes);
                yield return new(change.Path, bytes.ToArray());
            }
        }
    }

    private static SeriesPatch PatchOf(Repository repository, Commit commit, int number)
    {
        using var changes = repository.Diff.Compare<TreeChanges>(commit.Parents.First().Tree, commit.Tree);
        ImmutableArray<FilePatch> files = [.. changes.Select(static change => new FilePatch
        {
            OldPath = change.Status == ChangeKind.Added ? null : change.OldPath,
            NewPath = change.Status == ChangeKind.Deleted ? null : change.Path,
        })];
        return new SeriesPatch(number, null, commit.MessageShort, commit.Message[Math.Min(commit.MessageShort.Length, commit.Message.Length)..].Trim(), files, null);
    }
}
