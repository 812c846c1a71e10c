using System.Collections.Immutable;
using System.Globalization;
using LibGit2Sharp;
using Review.Cli.Trees;
using Review.Patches.Diffs;
using Review.Patches.Series;

namespace Review.Cli.Patch;

/// <summary>
/// Finds the revision that a series was made for: the commit it names; else the newest revision in which the files have the blobs of its index lines; else the newest to
/// which it applies. Nothing is fetched, whatever the mail says.
/// </summary>
internal sealed class BaseFinder
{
    /// <summary>Commits that are looked at besides tags.</summary>
    private const int MaximumCommits = 50;

    /// <summary>Tags that are looked at, the newest versions first.</summary>
    private const int MaximumTags = 60;

    private readonly Repository repository;
    private readonly PatchSeries series;

    private BaseFinder(Repository repository, PatchSeries series) => (this.repository, this.series) = (repository, series);

    /// <summary>The base in the repository at a folder; the files of the work tree if the folder is under no git.</summary>
    public static FoundBase Find(string folder, PatchSeries series)
    {
        if (!GitLibrary.IsRepository(folder))
        {
            return new FoundBase(null, "the files of the work tree", BaseCertainty.None);
        }

        using var opened = GitLibrary.Open(folder);
        return new BaseFinder(opened, series).Find();
    }

    private FoundBase Find()
    {
        if (series.BaseCommit is { } named && LookUp(named) is { } commit)
        {
            return new FoundBase(commit.Sha, $"{Short(commit)}, the base-commit that it names", BaseCertainty.Named);
        }

        var candidates = Candidates().ToList();
        var blobs = BlobsBefore();
        if (blobs.Count > 0 && candidates.Find(one => blobs.All(blob => one.Commit[blob.Key]?.Target.Sha.StartsWith(blob.Value, StringComparison.Ordinal) == true)) is { Commit: not null } exact)
        {
            return new FoundBase(exact.Commit.Sha, string.Create(CultureInfo.InvariantCulture, $"{exact.Name}, by the blobs of {blobs.Count} {(blobs.Count == 1 ? "file" : "files")}"), BaseCertainty.Blobs);
        }

        return candidates.Find(Applies) is { Commit: not null } fitting
            ? new FoundBase(fitting.Commit.Sha, $"{fitting.Name}, the newest to which it applies", BaseCertainty.Applies)
            : new FoundBase(candidates is [var head, ..] ? head.Commit.Sha : throw new UserError("the repository has no commit", "name another one with --kernel"), $"{head.Name}, for want of a better one", BaseCertainty.None);
    }

    private Commit? LookUp(string id)
    {
        try
        {
            return repository.Lookup<Commit>(id);
        }
        catch (LibGit2SharpException)
        {
            return null;
        }
    }

    /// <summary>The tip, the tags of versions, the commits below the tip; each once, the newest first.</summary>
    private IEnumerable<(string Name, Commit Commit)> Candidates()
    {
        if (repository.Head.Tip is not { } tip)
        {
            yield break;
        }

        yield return ($"HEAD ({Short(tip)})", tip);
        foreach (var tag in repository.Tags.Where(static tag => tag.PeeledTarget is Commit).OrderByDescending(static tag => ((Commit)tag.PeeledTarget).Committer.When).Take(MaximumTags))
        {
            yield return (tag.FriendlyName, (Commit)tag.PeeledTarget);
        }

        foreach (var commit in repository.Commits.Skip(1).Take(MaximumCommits))
        {
            yield return (Short(commit), commit);
        }
    }

    /// <summary>For each file that is there before the series: the digits of its blob that the first patch which touches it gives.</summary>
    private ImmutableSortedDictionary<string, string> BlobsBefore()
    {
        var blobs = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var made = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in series.Patches.SelectMany(static patch => patch.Files))
        {
            if (file.OldPath is { } path && file.OldId.Length >= 7 && file.OldId.AsSpan().IndexOfAnyExcept('0') >= 0 && !made.Contains(path))
            {
                _ = blobs.TryAdd(path, file.OldId);
            }

            _ = made.Add(file.NewPath ?? file.Path);
        }

        return blobs.ToImmutable();
    }

    private bool Applies((string Name, Commit Commit) candidate)
    {
        var touched = series.Patches.SelectMany(static patch => patch.Files).SelectMany(static file => new[] { file.OldPath, file.NewPath }).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return AppliedSeries.On(new CommitFiles(candidate.Commit, touched), series).IsComplete;
    }

    private static string Short(Commit commit) => commit.Sha[..12];
}
