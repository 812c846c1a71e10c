using System.Diagnostics;
using System.Globalization;
using Review.Bot.Store;
using Review.Patches.Mail;
using Review.Tests.Cli;
using Xunit.Abstractions;

namespace Review.Tests.Bot;

/// <summary>
/// The bot is killed again and again, at random moments, while series come in and mails go out; in the end every bad patch was answered exactly once. The mail server delivers into a Maildir that is a
/// source of the bot, as a list's archive is: only so can anybody know of a mail over whose last dot the bot died.
/// </summary>
[Collection(StoreCollection.Name)]
public sealed class CrashTests(PostgresServer server, ITestOutputHelper output) : IDisposable
{
    private const int Kills = 100;

    /// <summary>After this many milliseconds of work at the latest a run is killed.</summary>
    private const int LongestRun = 120;

    private readonly TemporaryFolder folder = new();
    private int series;

    [SmtpFact]
    public void Killed_at_any_time_on_sqlite_every_series_is_answered_once() => Survive("sqlite:state.db");

    [SmtpFact(withPostgres: true)]
    public void Killed_at_any_time_on_postgres_every_series_is_answered_once() => Survive(server.NewDatabase());

    [SmtpFact]
    public void Killed_when_the_server_has_the_mail_and_the_state_does_not_say_so_the_archive_tells_on_sqlite() => FallIntoTheGap("sqlite:state.db");

    [SmtpFact(withPostgres: true)]
    public void Killed_when_the_server_has_the_mail_and_the_state_does_not_say_so_the_archive_tells_on_postgres() => FallIntoTheGap(server.NewDatabase());

    public void Dispose() => folder.Dispose();

    /// <summary>
    /// The bot dies between the server's taking of a mail and the note that it took it, every time; and every time it dies there with a mail that the server lost.
    /// </summary>
    private void FallIntoTheGap(string state)
    {
        const int Times = 3;
        var held = new List<string>();
        using var sink = Configure(state);
        for (var i = 0; i < Times; i++)
        {
            using (sink.Hold())
            {
                var before = sink.Count;
                Post("list@example.org");
                RunUntil(() => sink.Count == before + 1);
                Assert.Equal(before + 1, sink.Count);
                AssertOpen(state);
                held.Add(string.Create(CultureInfo.InvariantCulture, $"{series}.2@example.org"));
            }

            Finish(state);
            using (sink.Lose())
            {
                Post("list@example.org");
                RunUntil(sink.HasLost);
                AssertOpen(state);
            }

            Finish(state);
        }

        Check(state, sink, withDrafts: false);
        using var store = Open(state);
        Assert.Equal(2 * Times, series);
        Assert.All(store.Messages(MessageState.Sent, 100).Where(message => held.Contains(message.Answers)), static message => Assert.Equal(("seen in the archive", 1), (message.Reason, message.Attempts)));
        Assert.All(store.Messages(MessageState.Sent, 100).Where(message => !held.Contains(message.Answers)), static message => Assert.True(message.Attempts > 1, "a lost mail was not tried again"));
    }

    /// <summary>The sender has not noted the mail of the last series as sent. What the state says instead depends on who was faster: the kill, another dispatcher, or the archive.</summary>
    private void AssertOpen(string state)
    {
        using var store = Open(state);
        var answered = string.Create(CultureInfo.InvariantCulture, $"{series}.2@example.org");
        Assert.DoesNotContain(store.Messages(MessageState.Sent, 100), message => message.Answers == answered && message.Reason != "seen in the archive");
    }

    private void RunUntil(Func<bool> isReached)
    {
        using var process = Start();
        var (begun, reached) = (Stopwatch.StartNew(), false);
        while (!(reached = isReached()) && begun.Elapsed < TimeSpan.FromMinutes(3))
        {
            Thread.Sleep(10);
        }

        process.Kill();
        process.WaitForExit();
        Assert.True(reached, "the server got no mail");
    }

    private void Survive(string state)
    {
        using var sink = Configure(state);
        var random = new Random(20261127);
        var killed = 0;
        for (var run = 0; run < Kills; run++)
        {
            Post(random.Next(4) == 0 ? "drafts@example.org" : "list@example.org");
            killed += RunAndKill(random.Next(LongestRun)) ? 1 : 0;
        }

        Assert.Equal(Kills, killed);
        Finish(state);
        Check(state, sink, withDrafts: true);
    }

    /// <summary>A list, an archive of what was sent, and a mail server that delivers there.</summary>
    private SmtpSink Configure(string state)
    {
        foreach (var name in (string[])["mail/new/", "mail/cur/", "mail/tmp/"])
        {
            _ = Directory.CreateDirectory(folder.At(name));
        }

        var sink = new SmtpSink(folder.At("sent"));
        folder.Write("policy.yaml", "lists:\n  drafts@example.org: drafts\n  list@example.org: all\nembargo_hours: 0\ncaps: {per_mail: 3, per_thread: 100, per_list: 10000, per_day: 10000}\n");
        folder.Write("bot.yaml", $"""
            state: "{state}"
            policy: policy.yaml
            identity: {"{"}address: bot@example.org{"}"}
            sources:
            - {"{"}list: list@example.org, maildir: mail{"}"}
            - {"{"}name: archive, list: list@example.org, maildir: sent{"}"}
            kernels: [{"{"}path: .{"}"}]
            drafts: {"{"}folder: drafts{"}"}
            smtp: {"{"}host: 127.0.0.1, port: {sink.Port.ToString(CultureInfo.InvariantCulture)}, security: none{"}"}
            review: {"{"}attempts: 100, timeout_seconds: 1{"}"}
            lease_seconds: 0.2
            resend_after_minutes: 0.03
            poll_seconds: 0.05
            """);
        return sink;
    }

    /// <summary>Delivers a series of two patches, of which the second is bad; to a list for which there may be drafts only.</summary>
    private void Post(string list)
    {
        var number = ++series;
        for (var patch = 1; patch <= 2; patch++)
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"""
                From: Author <author@example.org>
                To: {list}
                Date: {DateTimeOffset.UtcNow:ddd, dd MMM yyyy HH:mm:ss} +0000
                Subject: [PATCH {patch}/2] mm: series {number} part {patch}
                Message-ID: <{number}.{patch}@example.org>
                {(patch == 2 ? $"In-Reply-To: <{number}.1@example.org>\nReferences: <{number}.1@example.org>\n" : "")}
                {(patch == 2 ? string.Create(CultureInfo.InvariantCulture, $"defect a-rule f{number}") : "Fine.")}
                ---
                diff --git a/mm/a.c b/mm/a.c
                --- a/mm/a.c
                +++ b/mm/a.c
                @@ -1 +1 @@
                -a
                +b

                """).Replace("\n\n\n", "\n\n", StringComparison.Ordinal);
            var name = string.Create(CultureInfo.InvariantCulture, $"{number:0000}.{patch}");
            File.WriteAllText(folder.At("mail/tmp/" + name), text);
            File.Move(folder.At("mail/tmp/" + name), folder.At("mail/new/" + name));
        }
    }

    private bool RunAndKill(int milliseconds)
    {
        using var process = Start();
        Assert.Equal("ready", process.StandardOutput.ReadLine());
        var isOver = process.WaitForExit(milliseconds);
        process.Kill();
        process.WaitForExit();
        return !isOver;
    }

    /// <summary>Lets the bot work undisturbed until nothing is left to do.</summary>
    private void Finish(string state)
    {
        using var process = Start();
        try
        {
            using var store = Open(state);
            var last = "";
            for (var standstill = Stopwatch.StartNew(); standstill.Elapsed < TimeSpan.FromSeconds(60); Thread.Sleep(100))
            {
                if (string.Join(", ", store.SeriesCounts()) + string.Join(", ", store.MessageCounts()) is var now && now != last)
                {
                    last = now;
                    standstill.Restart();
                }

                if (store.SeriesCounts() is { Count: 1 } counts && counts.GetValueOrDefault("reviewed") == series && store.MessageCounts().Keys.All(static word => word is "sent" or "draft"))
                {
                    return;
                }
            }

            Assert.Fail($"still open: {string.Join(", ", store.SeriesCounts())}; {string.Join(", ", store.MessageCounts())}; {string.Join("\n", store.Sources())}");
        }
        finally
        {
            process.Kill();
            process.WaitForExit();
        }
    }

    private void Check(string state, SmtpSink sink, bool withDrafts)
    {
        var sent = sink.Mails().Select(static bytes => MailMessage.Read(bytes)).ToList();
        var drafts = !withDrafts ? [] : Directory.GetFiles(folder.At("drafts"), "*.eml").Select(static file => MailMessage.Read(File.ReadAllBytes(file))).ToList();
        var answered = sent.Concat(drafts).Select(static mail => mail.Answers[^1]).ToList();
        var duplicates = answered.GroupBy(static id => id, StringComparer.Ordinal).Where(static group => group.Count() > 1).Select(static group => group.Key).ToList();
        var lost = Enumerable.Range(1, series).Select(static number => string.Create(CultureInfo.InvariantCulture, $"{number}.2@example.org")).Except(answered, StringComparer.Ordinal).ToList();
        using var store = Open(state);
        output.WriteLine($"{series} series, {sent.Count} sent, {drafts.Count} drafts; {store.Messages(MessageState.Sent, 10_000).Count(static message => message.Reason == "seen in the archive")} known from the archive only");
        Assert.True(duplicates.Count == 0, "answered twice: " + string.Join(", ", duplicates));
        Assert.True(lost.Count == 0, "not answered: " + string.Join(", ", lost));
        Assert.Equal(series, answered.Count);
        Assert.Equal(withDrafts, drafts.Count > 0);
        Assert.All(sent.Concat(drafts), static mail => Assert.Contains("something is odd", mail.Info.Body, StringComparison.Ordinal));
        Assert.Equal("ok", state.StartsWith("sqlite:", StringComparison.Ordinal) ? store.Transact(static session => session.Text("pragma integrity_check")) : "ok");
    }

    private BotStore Open(string state) => BotStore.Open(Database.Of(state.StartsWith("sqlite:", StringComparison.Ordinal) ? "sqlite:" + folder.At(state["sqlite:".Length..]) : state));

    private Process Start() => Process.Start(new ProcessStartInfo("dotnet", [BotHostProgram.File, folder.At("bot.yaml")])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        UseShellExecute = false,
    })!;
}
