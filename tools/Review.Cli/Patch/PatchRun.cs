using System.Collections.Immutable;
using System.Globalization;
using Review.Cli.Cache;
using Review.Cli.Check;
using Review.Cli.Commands;
using Review.Cli.Mail;
using Review.Cli.Output;
using Review.Cli.Trees;
using Review.Core.Diagnostics;
using Review.Kernel;
using Review.Patches.Series;
using Review.Patches.Threads;

namespace Review.Cli.Patch;

/// <summary>One run of <c>mmreview patch</c>: reads the mails, puts the newest series on its base, and compares what is found before and after each patch.</summary>
internal sealed class PatchRun(PatchOptions options, CancellationToken cancellation)
{
    /// <summary>Runs on the newest series in the mails that were named, and hands the report on while the tree is still open.</summary>
    public int Run(Func<Report, int> finish)
    {
        var thread = MailSource.Read(options.Mail, options.MessageId, cancellation);
        return Run(SeriesIn(thread) ?? throw new UserError($"no patch in {options.Mail}", "name a mail or mailbox that holds patches"), thread, finish);
    }

    /// <summary>The series in a thread that is meant: the one of the mail that was named, else the newest; null if there is none.</summary>
    public PatchSeries? SeriesIn(MailThread thread)
    {
        var all = SeriesAssembler.Assemble(thread);
        return (options.MessageId?.Trim('<', '>', ' ') is { } id ? all.LastOrDefault(series => series.Patches.Select(static patch => patch.Mail).Append(series.Cover).Any(mail => mail?.MessageId == id)) : null) ?? all.LastOrDefault();
    }

    /// <summary>Runs on one series.</summary>
    /// <param name="series">The series.</param>
    /// <param name="thread">The mails around it.</param>
    /// <param name="finish">Gets the report while the tree is still open; gives the exit status.</param>
    public int Run(PatchSeries series, MailThread thread, Func<Report, int> finish)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timer.CancelAfter(options.Timeout);
        try
        {
            return Review(series, thread, finish, timer.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new UserError(string.Create(CultureInfo.InvariantCulture, $"the series was not analysed within {options.Timeout.TotalSeconds} seconds"), "give it more time with --timeout");
        }
        catch (KernelTreeException trouble)
        {
            throw new UserError(trouble.Message, "name another tree with --kernel, or another configuration with --config");
        }
    }

    private int Review(PatchSeries series, MailThread thread, Func<Report, int> finish, CancellationToken token)
    {
        if (!options.Scope.Concerns(series))
        {
            return finish(DismissedSeries.Report(series, $"no file under {options.Scope} is touched"));
        }

        using var cache = options.CacheFolder is { } folder ? CacheDirectory.Open(folder) : CacheDirectory.Open();
        var location = new KernelLocator(cache, Environment.CurrentDirectory, Environment.GetEnvironmentVariable)
            .Locate(options.Check.Kernel, Progress.ToTerminal, token);
        var basis = options.Found ?? (options.Base is { } given ? new FoundBase(given, $"{given}, as given", BaseCertainty.Named) : BaseFinder.Find(location.Folder, series));
        using var source = KernelSource.Open(cache, location.Folder, basis.Revision);
        var applied = AppliedSeries.On(source.Tree, series);
        var trouble = series.Trouble ?? (applied.IsComplete ? null : $"it does not apply: {applied.Failure}");
        if (trouble is not null)
        {
            var cure = applied.IsComplete ? "name a mailbox that holds the whole series" : "name the revision that it was made for with --base";
            _ = finish(DismissedSeries.Report(series, null, new NotAnalysed(series.Title, null, trouble, cure)));
            throw new UserError($"not analysed: {trouble}", cure);
        }

        var review = new SeriesReview(options, cache, location.Folder, source, RuleAssemblies.Load(options.Check.Analyzers), token);
        return finish(review.Run(series, applied.Trees, basis.How, applied.Moved, thread, PreviousOf(series, SeriesAssembler.Assemble(thread))));
    }

    /// <summary>The version before, if it is among the mails.</summary>
    private static PatchSeries? PreviousOf(PatchSeries series, ImmutableArray<PatchSeries> all) =>
        all.LastOrDefault(other => other.Revision < series.Revision && other.Patches.Select(static patch => patch.Title).Intersect(series.Patches.Select(static patch => patch.Title), StringComparer.Ordinal).Any());
}
