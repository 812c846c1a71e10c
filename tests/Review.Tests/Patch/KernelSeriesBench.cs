using System.Collections.Immutable;
using Review.Cli;
using Review.Cli.Check;
using Review.Cli.Patch;
using Review.Dev.Corpus;
using Review.Tests.Cli;
using SeriesReport = Review.Cli.Output.Report;

namespace Review.Tests.Patch;

/// <summary>
/// A repository that borrows the objects of the real kernel's, with only mm/ checked out: series are committed there, written with <c>git format-patch</c> and reviewed in this process.
/// </summary>
public sealed class KernelSeriesBench : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Lazy<string> release;

    public KernelSeriesBench() => release = new(Prepare);

    /// <summary>The edits that series are made of.</summary>
    internal static IReadOnlyDictionary<string, Mutation> Corpus { get; } =
        Mutation.ReadAll(Path.Combine(AppContext.BaseDirectory, "corpus", "mutations")).ToDictionary(static mutation => mutation.Name, StringComparer.Ordinal);

    internal string Repository => folder.At("linux");

    /// <summary>A file beside the repository.</summary>
    internal string Beside(string name) => folder.At(name);

    /// <summary>
    /// Commits a series and leaves the repository's branch at its base, as it is when its mail arrives.
    /// </summary>
    /// <returns>The base and the tip.</returns>
    internal (string Base, string Tip) Commit(CorpusSeries series)
    {
        ArgumentNullException.ThrowIfNull(series);
        var before = Start(series);
        for (var patch = 1; patch <= series.Patches.Length; patch++)
        {
            Edit(series.EditsOf(patch));
            Git("commit", "--quiet", "--no-verify", "--message", $"mm: part {patch} of a series\n\n{series.Name}");
        }

        var tip = Git("rev-parse", "HEAD");
        Git("update-ref", "HEAD", before);
        return (before, tip);
    }

    /// <summary>The same change in one commit.</summary>
    internal (string Base, string Tip) Squash((string Base, string Tip) range) => (range.Base, Git("commit-tree", $"{range.Tip}^{{tree}}", "-p", range.Base, "-m", "mm: all of a series"));

    /// <summary>The mails of a series.</summary>
    internal string Mails((string Base, string Tip) range, params string[] options) => Git(["format-patch", "--stdout", "--thread=shallow", .. options, $"{range.Base}..{range.Tip}"]) + "\n\n";

    /// <summary>Reviews what a file or folder of mails holds.</summary>
    internal SeriesReport Review(string mails, string? basis = null)
    {
        SeriesReport? report = null;
        var options = new PatchOptions
        {
            Mail = mails,
            Check = new CheckOptions { Kernel = Repository, Configuration = "default" },
            Base = basis,
            CacheFolder = folder.At("cache"),
            Timeout = TimeSpan.FromMinutes(5),
        };
        _ = new PatchRun(options, CancellationToken.None).Run(result =>
        {
            report = result;
            return ExitStatus.Clean;
        });
        return report!;
    }

    /// <summary>Writes a file beside the repository and gives its path.</summary>
    internal string Write(string name, string text)
    {
        folder.Write(name, text);
        return folder.At(name);
    }

    public void Dispose() => folder.Dispose();

    private string Start(CorpusSeries series)
    {
        Git("reset", "--quiet", release.Value, "--", "mm");
        Git("checkout-index", "--all", "--force");
        Git("update-ref", "HEAD", release.Value);
        if (!series.BaseEdits.Any())
        {
            return release.Value;
        }

        Edit(series.BaseEdits);
        Git("commit", "--quiet", "--no-verify", "--message", "the kernel before the series");
        return Git("rev-parse", "HEAD");
    }

    private void Edit(IEnumerable<string> edits)
    {
        foreach (var edit in edits)
        {
            var mutation = Corpus[edit[1..]];
            var undo = folder.At($"undo/{mutation.Name}");
            if (edit[0] == '+')
            {
                var run = TestProgram.Run("sh", folder.Path, [mutation.Script, Repository]);
                Assert.True(run.Status == 0, $"{mutation.Name}: {run.Errors}");
                folder.Write($"undo/{mutation.Name}", Git("diff", "--", "mm") + "\n");
            }
            else
            {
                Git("apply", "--reverse", undo);
            }

            Git("add", "--update", "--", "mm");
        }
    }

    private string Prepare()
    {
        var objects = Path.Combine(KernelFactAttribute.KernelFolder!, ".git", "objects");
        Assert.True(Directory.Exists(objects), "the kernel that MMREVIEW_TEST_KERNEL names is not under git; ./mmreview kernel --path names one that is");
        TestProgram.Git(folder.Path, "init", "--quiet", Repository);
        folder.Write("linux/.git/objects/info/alternates", objects + "\n");
        var commit = TestProgram.Git(KernelFactAttribute.KernelFolder!, "rev-parse", "HEAD");
        Git("update-ref", "HEAD", commit);

        // Files outside mm/ are part of every commit, but nobody edits them here.
        Git("config", "core.sparseCheckout", "true");
        folder.Write("linux/.git/info/sparse-checkout", "/mm/\n");
        Git("read-tree", "-m", "-u", commit);
        return commit;
    }

    private string Git(params string[] arguments) => TestProgram.Git(Repository, arguments);
}
