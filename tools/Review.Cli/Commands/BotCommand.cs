using System.CommandLine;

namespace Review.Cli.Commands;

/// <summary><c>mmreview bot</c>: reviews what comes to a mailing list, and answers where it may.</summary>
internal sealed class BotCommand : Command
{
    public BotCommand()
        : base("bot", "Reviews what comes to a mailing list, and answers where it may.")
    {
        Subcommands.Add(new BotRunCommand());
        Subcommands.Add(new BotStatusCommand());
        foreach (var decision in BotDecisionCommand.All())
        {
            Subcommands.Add(decision);
        }

        Subcommands.Add(new BotServeCommand());
    }

    /// <summary>The option that every part of the command has.</summary>
    internal static Option<string> ConfigOption() => new("--config") { Description = "The configuration: TOML in a file .toml, else YAML", HelpName = "FILE", Required = true };
}
