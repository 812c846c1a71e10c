using System.CommandLine;
using System.Globalization;
using System.Text;
using Review.Bot.Store;
using Review.Cli.Bot;
using Review.Core.Diagnostics;

namespace Review.Cli.Commands;

/// <summary><c>mmreview bot status</c>: where everything stands.</summary>
internal sealed class BotStatusCommand : Command
{
    private const int Newest = 20;

    private readonly Option<string> config = BotCommand.ConfigOption();

    public BotStatusCommand()
        : base("status", "Shows the sources, the newest series with what is said about them, and how the rules do.")
    {
        Options.Add(config);
        SetAction(parsed =>
        {
            var read = BotProcess.Read(parsed.GetValue(config)!);
            using var store = BotProcess.OpenStore(read);
            parsed.InvocationConfiguration.Output.Write(Show(store, read.Commands.WrongLimit));
            return ExitStatus.Clean;
        });
    }

    private static string Show(BotStore store, int wrongLimit)
    {
        var text = new StringBuilder();
        var leftOut = store.LeftOutCounts();
        foreach (var source in store.Sources())
        {
            var lost = leftOut.GetValueOrDefault(source.Name);
            Line($"source {source.Name}: {(source.Problem is { } problem ? $"fails for the {source.Failures}. time: {problem}" : "read")}{(lost > 0 ? string.Create(CultureInfo.InvariantCulture, $"; {lost} mails left out") : "")}");
        }

        foreach (var series in store.NewestSeries(Newest))
        {
            Line(string.Create(CultureInfo.InvariantCulture, $"{series.State.Word()}: v{series.Revision} {series.Title} · {series.AuthorName} <{series.Author}>{(series.Note.Length > 0 ? " · " + series.Note : "")}"));
            foreach (var finding in store.Findings(series.Id))
            {
                Line(string.Create(CultureInfo.InvariantCulture, $"  patch {finding.Patch}: {finding.Function}(): {finding.Message} [{finding.Rule}]{(finding.Reason.Length > 0 ? " · silent: " + finding.Reason : "")}"));
            }

            foreach (var message in store.Messages(series.Id))
            {
                Line(string.Create(CultureInfo.InvariantCulture, $"  {message.Kind.Word()} on patch {message.Patch}: {message.State.Word()}{(message.Reason.Length > 0 ? " · " + message.Reason : "")} · <{message.MessageId}>"));
            }
        }

        foreach (var rule in store.Ledger())
        {
            Line(string.Create(CultureInfo.InvariantCulture, $"rule {rule.Rule}: said {rule.Said}, called wrong {rule.Wrong}, known {rule.Known}{(rule.CountedWrong >= wrongLimit ? " · stopped" : "")}"));
        }

        return text.ToString();

        void Line(string line) => text.Append(VisibleText.Of(line)).Append('\n');
    }
}
