using System.CommandLine;
using Review.Cli.Bot;
using Review.Core.Diagnostics;

namespace Review.Cli.Commands;

/// <summary><c>mmreview bot run</c>: the bot itself.</summary>
internal sealed class BotRunCommand : Command
{
    private readonly Option<string> config = BotCommand.ConfigOption();
    private readonly Option<bool> once = new("--once") { Description = "Do what is there to do, and return" };
    private readonly Option<bool> send = new("--send") { Description = "Send what the policy allows; without it everything is a draft" };

    public BotRunCommand()
        : base("run", "Reads the sources, reviews the series, writes drafts, and sends what the policy allows if --send is given.")
    {
        Options.Add(config);
        Options.Add(once);
        Options.Add(send);
        SetAction((parsed, cancellation) => Task.FromResult(BotProcess.Run(
            BotProcess.Read(parsed.GetValue(config)!),
            parsed.GetValue(once),
            parsed.GetValue(send),
            static line => Console.Error.WriteLine("mmreview: " + VisibleText.Of(line)),
            cancellation)));
    }
}
