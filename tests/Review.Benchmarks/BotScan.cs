using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Review.Bot.Commands;
using Review.Bot.Configuration;
using Review.Bot.Policies;
using Review.Bot.Reviewing;
using Review.Bot.Scanning;
using Review.Bot.Store;
using Review.Cli.Mail;
using Review.Patches.Mail;

namespace Review.Benchmarks;

/// <summary>How fast the bot goes through an archive of which little concerns it: mails in a second of processor time, from git to the state.</summary>
internal static class BotScan
{
    private static readonly DateTimeOffset Begin = new(2024, 5, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Makes an archive of public-inbox, version 2, scans it, and writes one line.</summary>
    /// <param name="count">How many mails it has.</param>
    public static string Of(int count)
    {
        var folder = Directory.CreateTempSubdirectory("mmreview-scan-").FullName;
        try
        {
            Make(Path.Combine(folder, "git/0.git"), count);
            var config = new BotConfig
            {
                File = "bench",
                State = "sqlite:" + Path.Combine(folder, "state.db"),
                Identity = new IdentityConfig(new Mailbox("", "bot@example.org"), null, "example.org"),
                Sources = [],
                Kernels = [],
                Policy = new MailPolicy(),
                Drafts = new DraftConfig("drafts", IsMaildir: false),
                Commands = new CommandConfig(null, [], 3),
                MaximumAge = null,
            };
            using var store = BotStore.Open(Database.Of(config.State));
            var scanner = new Scanner(store, config, new ReplyCommands(config, new NoLetters()), TimeProvider.System);
            using var inbox = PublicInbox.Open(folder)!;
            var (start, wall) = (Environment.CpuUsage.TotalTime, Stopwatch.StartNew());
            var kept = scanner.Scan(new SourceConfig("bench", SourceKind.PublicInbox, folder, "list@example.org"), inbox, CancellationToken.None);
            var work = Environment.CpuUsage.TotalTime - start;
            using var process = Process.GetCurrentProcess();
            return string.Create(CultureInfo.InvariantCulture,
                $"{count} mails, {kept.Kept} kept, {store.SeriesCounts().Sum(static state => state.Value)} series: {count / work.TotalSeconds:0} mails in a second of processor time, {count / wall.Elapsed.TotalSeconds:0} in one of the clock; {process.PeakWorkingSet64 >> 20} MB at the most\n");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Talk of other people, and every 500 mails a series of three patches with an answer.</summary>
    private static void Make(string repository, int count)
    {
        _ = Directory.CreateDirectory(repository);
        Git(repository, ["init", "--quiet", "--bare", "."], null);
        var stream = new StringBuilder();
        for (var i = 0; i < count; i++)
        {
            var date = Begin.AddMinutes(i);
            var (series, place) = (i / 500, i % 500);
            var mail = place is < 4 ? Patch(series, place, date) : place == 4 ? Mail(i, $"Re: [PATCH 1/3] mm: part 1 of {series}", date, $"{series}.1@s", 40) : Mail(i, $"Re: talk {i / 20} about other things", date, i % 20 == 5 ? null : $"{i - 1}@t", 10 + (i % 90));
            _ = stream.Append(CultureInfo.InvariantCulture, $"commit refs/heads/master\nauthor A <a@example.org> {date.ToUnixTimeSeconds()} +0000\ncommitter inbox <i@example.org> {date.ToUnixTimeSeconds()} +0000\ndata 4\nmail\nM 100644 inline m\ndata {Encoding.UTF8.GetByteCount(mail)}\n{mail}\n");
        }

        Git(repository, ["fast-import", "--quiet"], stream.ToString());
    }

    private static string Mail(int number, string subject, DateTimeOffset date, string? answers, int lines) =>
        Head($"{number}@t", subject, date, answers) + string.Concat(Enumerable.Repeat("> somebody said something about it, at some length and with some reason\nA line of an answer.\n", lines));

    private static string Patch(int series, int number, DateTimeOffset date)
    {
        var id = $"{series}.{number}@s";
        return number == 0
            ? Head(id, $"[PATCH 0/3] mm: series {series}", date, null) + "What it is about.\n"
            : Head(id, $"[PATCH {number}/3] mm: part {number} of {series}", date, $"{series}.0@s") + $"Text.\n---\n mm/a.c | 2 +-\n\ndiff --git a/mm/a.c b/mm/a.c\nindex 1111111..2222222 100644\n--- a/mm/a.c\n+++ b/mm/a.c\n@@ -1 +1 @@\n-a{number}\n+b{number}\n-- \n2.39\n";
    }

    private static string Head(string id, string subject, DateTimeOffset date, string? answers) =>
        $"From: A Person <a@example.org>\nTo: list@example.org\nCc: b@example.org, c@example.org\nSubject: {subject}\nDate: {date.ToString("ddd, dd MMM yyyy HH:mm:ss +0000", CultureInfo.InvariantCulture)}\nMessage-ID: <{id}>\n{(answers is null ? "" : $"In-Reply-To: <{answers}>\nReferences: <{answers}>\n")}MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n";

    private static void Git(string folder, string[] arguments, string? input)
    {
        using var process = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardInput = true })!;
        process.StandardInput.Write(input ?? "");
        process.StandardInput.Close();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException("git failed");
        }
    }

    private sealed class NoLetters : ILetters
    {
        public string Text(string markdown) => markdown;

        public string? Explain(string rule) => null;

        public ImmutableArray<string> HeardAs(string rule) => [];
    }
}
