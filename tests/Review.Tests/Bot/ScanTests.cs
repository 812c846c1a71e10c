using System.Diagnostics;
using System.Globalization;
using Review.Bot.Store;
using Review.Tests.Cli;

namespace Review.Tests.Bot;

/// <summary>A large source of which little concerns the bot. How fast it is gone through is measured by <c>Review.Benchmarks bot-scan</c>; what it costs in memory is tested.</summary>
public sealed class ScanTests : IDisposable
{
    private const int Mails = 10_000;
    private const int Series = 20;
    private const int MaximumMegabytes = 400;

    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Ten_thousand_mails_are_gone_through_in_little_memory()
    {
        folder.Write("policy.yaml", "default: drafts\n");
        folder.Write("bot.yaml", "state: sqlite:state.db\npolicy: policy.yaml\nidentity: {address: bot@example.org}\nsources: [{list: list@example.org, maildir: mail}]\nkernels: [{path: .}]\ndrafts: {folder: drafts}\nmax_age_days: 0\n");
        _ = Directory.CreateDirectory(folder.At("mail/new"));
        _ = Directory.CreateDirectory(folder.At("mail/cur"));
        for (var i = 0; i < Mails; i++)
        {
            File.WriteAllText(folder.At(string.Create(CultureInfo.InvariantCulture, $"mail/new/{i:00000}")), Mail(i));
        }

        using var host = Process.Start(new ProcessStartInfo("dotnet", [BotHostProgram.File, folder.At("bot.yaml"), "--once"]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        var peak = 0L;
        while (!host.WaitForExit(20))
        {
            peak = Math.Max(peak, Peak(host.Id));
        }

        Assert.Equal(0, host.ExitCode);
        Assert.InRange(peak, 1, MaximumMegabytes << 10);
        using var store = BotStore.Open(Database.Of("sqlite:" + folder.At("state.db")));
        Assert.Equal(Series, store.SeriesCounts()["reviewed"]);
        Assert.Equal(2 * Series, store.Transact(static session => session.Number("select count(*) from mails")));
    }

    [Fact]
    public void Mails_that_nobody_can_answer_are_left_out_and_counted()
    {
        folder.Write("policy.yaml", "default: drafts\n");
        folder.Write("bot.yaml", "state: sqlite:state.db\npolicy: policy.yaml\nidentity: {address: bot@example.org}\nsources: [{list: list@example.org, maildir: mail}]\nkernels: [{path: .}]\ndrafts: {folder: drafts}\n");
        folder.Write("mail/new/1", "From: a@example.org\nSubject: [PATCH] mm: without an id\n\n---\n");
        folder.Write("mail/new/2", "From: a@example.org\nMessage-ID: <a@b>\nSubject: [PATCH] mm: too large\n\n" + new string('x', 11 << 20));
        _ = Directory.CreateDirectory(folder.At("mail/cur"));
        var result = TestProgram.Run("dotnet", folder.Path, [Path.Combine(AppContext.BaseDirectory, "mmreview.dll"), "bot", "run", "--config", "bot.yaml", "--once"]);
        Assert.Equal((0, "mmreview: list@example.org: 2 mails left out: they cannot be read, or have no Message-ID to answer to\n"), (result.Status, result.Errors));

        // They come again for a while, and are told of once.
        result = TestProgram.Run("dotnet", folder.Path, [Path.Combine(AppContext.BaseDirectory, "mmreview.dll"), "bot", "run", "--config", "bot.yaml", "--once"]);
        Assert.Equal((0, ""), (result.Status, result.Errors));
        result = TestProgram.Run("dotnet", folder.Path, [Path.Combine(AppContext.BaseDirectory, "mmreview.dll"), "bot", "status", "--config", "bot.yaml"]);
        Assert.Equal((0, "source list@example.org: read; 2 mails left out\n"), (result.Status, result.Output));
    }

    public void Dispose() => folder.Dispose();

    /// <summary>The most memory that a process ever had, in kB; 0 if it is gone (proc(5)).</summary>
    private static long Peak(int process)
    {
        try
        {
            return long.Parse(File.ReadLines($"/proc/{process}/status").First(static line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture);
        }
        catch (Exception gone) when (gone is IOException or InvalidOperationException)
        {
            return 0;
        }
    }

    /// <summary>Every 500th mail is a patch of a series of two, the next one the other; the rest is talk.</summary>
    private static string Mail(int number)
    {
        const int Distance = Mails / Series;
        var (series, place) = (number / Distance, number % Distance);
        var head = string.Create(CultureInfo.InvariantCulture, $"From: A <a{series}@example.org>\nTo: list@example.org\nDate: Wed, 01 May 2024 12:00:00 +0000\n");
        return place < 2
            ? string.Create(CultureInfo.InvariantCulture, $"{head}Subject: [PATCH {place + 1}/2] mm: {series}\nMessage-ID: <{series}.{place}@s>\n{(place == 1 ? $"References: <{series}.0@s>\n" : "")}\nText.\n---\ndiff --git a/mm/a.c b/mm/a.c\n--- a/mm/a.c\n+++ b/mm/a.c\n@@ -1 +1 @@\n-a\n+b\n")
            : string.Create(CultureInfo.InvariantCulture, $"{head}Subject: Re: talk\nMessage-ID: <{number}@t>\nIn-Reply-To: <{number - 1}@t>\n\n{string.Concat(Enumerable.Repeat("Some line of text that somebody wrote about something.\n", 60))}");
    }
}
