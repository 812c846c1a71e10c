using System.Collections.Immutable;
using System.Globalization;
using LibGit2Sharp;
using Review.Cli.Trees;
using Review.Patches.Series;

namespace Review.Cli.Patch;

/// <summary>
/// Compares the Fixes lines of commit messages with the repository. A commit that is not there is told only where all of Linux's history is; a shallow clone, an import or a tree without git has
/// nothing to say. What else a message claims is never judged.
/// </summary>
/// <param name="firstCommit">The id with which the history begins that has to be there.</param>
internal sealed class FixesCheck(string firstCommit = FixesCheck.LinuxBegins)
{
    /// <summary>Linux-2.6.12-rc2, the first commit of Linux's repository.</summary>
    public const string LinuxBegins = "1da177e4c3f41524e886b7f1b8a0c1fc7321cac2";

    /// <summary>A line for each trailer that is wrong.</summary>
    /// <param name="folder">The repository; a folder that is none has nothing wrong.</param>
    /// <param name="series">The patches.</param>
    public ImmutableArray<string> Run(string folder, PatchSeries series)
    {
        var trailers = series.Patches.SelectMany(static patch => FixesTrailer.In(patch.Message).Select(trailer => (patch.Number, Trailer: trailer))).ToList();
        if (trailers.Count == 0 || !GitLibrary.IsRepository(folder))
        {
            return [];
        }

        using var repository = GitLibrary.Open(folder);
        return [.. trailers.Select(one => Check(repository, one.Number, one.Trailer)).OfType<string>()];
    }

    private string? Check(Repository repository, int patch, FixesTrailer trailer)
    {
        try
        {
            if (repository.Lookup(trailer.Id) is Commit commit)
            {
                return trailer.Names(commit.MessageShort) ? null : string.Create(CultureInfo.InvariantCulture, $"patch {patch}: Fixes names {trailer.Id} (\"{trailer.Subject}\"), but that commit is \"{commit.MessageShort}\"");
            }

            return !repository.Info.IsShallow && repository.Lookup<Commit>(firstCommit) is not null
                ? string.Create(CultureInfo.InvariantCulture, $"patch {patch}: Fixes names {trailer.Id}, and the repository has no such commit")
                : null;
        }
        catch (LibGit2SharpException)
        {
            // Too few digits for one commit: git says that by itself.
            return null;
        }
    }
}
