using System.Data.Common;
using System.Globalization;
using Review.Bot.Commands;
using Review.Bot.Configuration;
using Review.Bot.Reviewing;
using Review.Bot.Scanning;
using Review.Bot.Sending;
using Review.Bot.Store;
using Review.Patches.Archives;

namespace Review.Bot;

/// <summary>Everything the bot has around it; the composition root fills it in.</summary>
public sealed record BotSurroundings
{
    public required BotStore Store { get; init; }

    public required BotConfig Config { get; init; }

    /// <summary>Opens a source; one that can be disposed is, after each reading.</summary>
    public required Func<SourceConfig, IMailFeed> Open { get; init; }

    /// <summary>A reviewer for each worker.</summary>
    public required Func<ISeriesReviewer> Reviewer { get; init; }

    public required ILetters Letters { get; init; }

    public required IMailSender Drafts { get; init; }

    /// <summary>Sends mail; null if none is sent.</summary>
    public IMailSender? Mail { get; init; }

    /// <summary>Posts checks; null if none are posted.</summary>
    public IMailSender? Checks { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Takes lines for the operator's log.</summary>
    public Action<string> Log { get; init; } = static _ => { };
}

/// <summary>The bot: reads sources, has series reviewed, lets messages go.</summary>
public sealed class BotRunner
{
    /// <summary>How long somebody without work waits before he looks again, at the most.</summary>
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(5);

    /// <summary>How often it is looked what can be forgotten, and how much goes in one transaction.</summary>
    private static readonly TimeSpan Tidying = TimeSpan.FromHours(6);
    private const int ForgottenAtOnce = 50;

    private readonly BotSurroundings around;
    private readonly string owner = Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture);
    private readonly Scanner scanner;
    private readonly Dispatcher dispatcher;
    private DateTimeOffset tidied = DateTimeOffset.MinValue;
    private readonly Dictionary<string, (DateTimeOffset Due, int Failures)> schedule = new(StringComparer.Ordinal);

    public BotRunner(BotSurroundings around)
    {
        ArgumentNullException.ThrowIfNull(around);
        this.around = around;
        scanner = new Scanner(around.Store, around.Config, new ReplyCommands(around.Config, around.Letters), around.Clock);
        dispatcher = new Dispatcher(around.Store, around.Config, around.Letters, around.Drafts, around.Mail, around.Checks, around.Clock, owner + "-outbox");
        if (!around.Store.IsShared)
        {
            // Nobody else works on this state, so whatever is claimed belongs to a process that is gone.
            around.Store.Transact(session =>
            {
                SeriesTable.FreeAll(session, around.Clock.GetUtcNow());
                OutboxTable.FreeAll(session, around.Clock.GetUtcNow());
            });
        }
    }

    /// <summary>Does everything that is there to do, and returns; gives how many sources could not be read.</summary>
    public int RunOnce(CancellationToken cancellation)
    {
        var failures = around.Config.Sources.Count(source => !Scan(source, cancellation));
        Parallel.For(0, around.Config.Workers, new ParallelOptions { MaxDegreeOfParallelism = around.Config.Workers, CancellationToken = cancellation }, index =>
        {
            var worker = Worker(index);
            while (worker.Step(cancellation))
            {
            }
        });
        Dispatch(cancellation);
        Tidy(cancellation);
        return failures;
    }

    /// <summary>Works until it is told to stop.</summary>
    public void Run(CancellationToken cancellation)
    {
        Action[] jobs =
        [
            () => Loop(ScanDue, cancellation),
            () => Loop(() => Dispatch(cancellation), cancellation),
            .. Enumerable.Range(0, around.Config.Workers).Select(index => (Action)(() =>
            {
                var worker = Worker(index);
                Loop(() => worker.Step(cancellation), cancellation);
            })),
        ];
        var threads = jobs.Select(static job => new Thread(() => job())).ToList();
        threads.ForEach(static thread => thread.Start());
        threads.ForEach(static thread => thread.Join());

        bool ScanDue()
        {
            foreach (var source in around.Config.Sources.Where(source => schedule.GetValueOrDefault(source.Name).Due <= around.Clock.GetUtcNow()))
            {
                _ = Scan(source, cancellation);
            }

            Tidy(cancellation);
            return false;
        }
    }

    private ReviewWorker Worker(int index) =>
        new(around.Store, around.Config, around.Reviewer(), around.Letters, around.Clock, string.Create(CultureInfo.InvariantCulture, $"{owner}-{index}"));

    /// <summary>Reads a source; where that fails it is tried again later and later.</summary>
    private bool Scan(SourceConfig source, CancellationToken cancellation)
    {
        var failures = 0;
        try
        {
            var feed = around.Open(source);
            using (feed as IDisposable)
            {
                var count = scanner.Scan(source, feed, cancellation);
                if (count.Kept > 0)
                {
                    around.Log(string.Create(CultureInfo.InvariantCulture, $"{source.Name}: {count.Kept} mails"));
                }

                if (count.LeftOut > 0)
                {
                    around.Log(string.Create(CultureInfo.InvariantCulture, $"{source.Name}: {count.LeftOut} mails left out: they cannot be read, or have no Message-ID to answer to"));
                }
            }
        }
#pragma warning disable CA1031 // What is wrong with one source must not stop the others; the state and the log say what it was.
        catch (Exception trouble) when (trouble is not (OperationCanceledException or DbException))
#pragma warning restore CA1031
        {
            failures = around.Store.Transact(session => SourceTable.Fail(session, source.Name, trouble.Message, around.Clock.GetUtcNow()));
            around.Log($"{source.Name}: {trouble.Message}");
        }

        var pause = TimeSpan.FromTicks(Math.Min(around.Config.PollMost.Ticks, around.Config.Poll.Ticks << Math.Min(failures, 10)));
        schedule[source.Name] = (around.Clock.GetUtcNow() + pause, failures);
        return failures == 0;
    }

    /// <summary>Forgets what was done long ago.</summary>
    private void Tidy(CancellationToken cancellation)
    {
        var now = around.Clock.GetUtcNow();
        if (around.Config.Keep is not { } keep || now - tidied < Tidying)
        {
            return;
        }

        tidied = now;
        var forgotten = 0;
        for (var some = -1; some != 0 && !cancellation.IsCancellationRequested; forgotten += some)
        {
            some = around.Store.Transact(session => Retention.Forget(session, now - keep, ForgottenAtOnce));
        }

        if (forgotten > 0)
        {
            around.Log(string.Create(CultureInfo.InvariantCulture, $"forgot {forgotten} series that were done more than {keep.TotalDays} days ago"));
        }
    }

    private bool Dispatch(CancellationToken cancellation)
    {
        dispatcher.RetryUnknown();
        while (!cancellation.IsCancellationRequested && dispatcher.Step(cancellation))
        {
        }

        return false;
    }

    /// <summary>Does something again and again; at once while there is more of it.</summary>
    private void Loop(Func<bool> step, CancellationToken cancellation)
    {
        var failures = 0;
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                if (step())
                {
                    failures = 0;
                    continue;
                }

                failures = 0;
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (DbException trouble)
            {
                // A database that is gone comes back, and everything that counts is in it.
                failures++;
                around.Log($"the state cannot be reached: {trouble.Message}");
            }

            var pause = around.Config.Poll < Idle ? around.Config.Poll : Idle;
            _ = cancellation.WaitHandle.WaitOne(TimeSpan.FromTicks(pause.Ticks << Math.Min(failures, 6)));
        }
    }
}
