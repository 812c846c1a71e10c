using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using LibGit2Sharp;
using Review.Bot.Configuration;
using Review.Cli.Bot;
using Review.Cli.Output;
using Review.Cli.Replay;
using Review.Cli.Trees;
using Review.Core.Diagnostics;

namespace Review.Cli.Commands;

/// <summary><c>mmreview replay</c>: every series of an archive, reviewed as the bot would have done.</summary>
internal sealed class ReplayCommand : Command
{
    private const string Owner = "{address: replay@localhost.localdomain}";
    private const string Drafts = "{folder: drafts}";

    private readonly Option<string> inbox = new("--inbox") { Description = "A public-inbox archive", HelpName = "DIR", Required = true };
    private readonly Option<string> kernel = new("--kernel") { Description = "The repository in which the bases are", HelpName = "DIR", Required = true };
    private readonly Option<string?> since = new("--since") { Description = "Only mails from this day on (YYYY-MM-DD), or from the day of this revision", HelpName = "R" };
    private readonly Option<string> folder = new("--state") { Description = "Folder of the state, the drafts and the ledger", HelpName = "DIR", DefaultValueFactory = static _ => "mmreview-replay" };
    private readonly Option<string?> store = new("--store") { Description = "A database that several machines share: postgres:...", HelpName = "DATABASE" };
    private readonly Option<int> jobs = new("-j") { Description = "Series at once; default: one for every processor", DefaultValueFactory = static _ => Environment.ProcessorCount };

    public ReplayCommand()
        : base("replay", "Reviews every series of an archive as the bot would, and keeps the books on it.")
    {
        foreach (var option in (Option[])[inbox, kernel, since, folder, store, jobs])
        {
            Options.Add(option);
        }

        SetAction((parsed, cancellation) => Task.FromResult(Run(parsed, cancellation)));
    }

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        var repository = Path.GetFullPath(parsed.GetValue(kernel)!);
        var start = parsed.GetValue(since) is { } word ? StartOf(word, repository) : DateTimeOffset.MinValue;
        var config = Configure(Path.GetFullPath(parsed.GetValue(folder)!), Path.GetFullPath(parsed.GetValue(inbox)!), repository, parsed.GetValue(store), parsed.GetValue(jobs));
        var ledger = Path.Combine(parsed.GetValue(folder)!, "ledger.tsv");
        try
        {
            return BotProcess.Run(config, once: true, sends: false, static line => Progress.ToTerminal(VisibleText.Of(line)), cancellation, feed => new FeedSince(feed, start));
        }
        finally
        {
            // Also after an interruption: what is done is in the books, and the same command goes on from there.
            using var state = BotProcess.OpenStore(config);
            var books = ReplayLedger.Of(state, File.Exists(ledger) ? File.ReadAllText(ledger) : "");
            WholeFile.Write(ledger, books.Text);
            parsed.InvocationConfiguration.Output.WriteLine($"{books.Totals}; {ledger}");
        }
    }

    /// <summary>The bot's configuration for a replay: one source, nothing is sent, no series is too old.</summary>
    private static BotConfig Configure(string folder, string inbox, string repository, string? store, int jobs)
    {
        _ = Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, "replay.yaml");
        WholeFile.Write(Path.Combine(folder, "policy.yaml"), "default: {reply: drafts}\n");

        // A string of JSON is one of YAML, whatever the path holds.
        WholeFile.Write(file, $"""
            state: sqlite:state.db
            policy: policy.yaml
            identity: {Owner}
            sources: [{SourceOf(inbox)}]
            kernels: [{KernelOf(repository)}]
            drafts: {Drafts}
            max_age_days: 0

            """);
        var config = BotProcess.Read(file);
        return config with
        {
            State = store ?? config.State,
            Workers = jobs is > 0 and <= 1024 ? jobs : throw new UserError("-j takes a number from 1 to 1024", "leave it out for one for every processor"),
            Patience = TimeSpan.Zero,
        };
    }

    private static string SourceOf(string inbox) => $$"""{list: replay@localhost.localdomain, public_inbox: "{{JsonEncodedText.Encode(inbox)}}"}""";

    private static string KernelOf(string repository) => $$"""{path: "{{JsonEncodedText.Encode(repository)}}"}""";

    private static DateTimeOffset StartOf(string word, string repository)
    {
        if (DateTimeOffset.TryParseExact(word, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var day))
        {
            return day;
        }

        using var opened = GitLibrary.Open(repository);
        try
        {
            return (word.StartsWith('-') ? null : opened.Lookup<Commit>(word + "^{commit}"))?.Committer.When ?? throw new UserError($"--since {word} is neither a day nor a revision", "write YYYY-MM-DD, or a commit or tag of --kernel");
        }
        catch (LibGit2SharpException)
        {
            throw new UserError($"--since {word} is neither a day nor a revision", "write YYYY-MM-DD, or a commit or tag of --kernel");
        }
    }
}
