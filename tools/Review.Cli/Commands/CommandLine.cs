using System.CommandLine;
using System.CommandLine.Invocation;

namespace Review.Cli.Commands;

/// <summary>The commands of the program. Each is a class of its own in this folder, derived from <see cref="Command"/>.</summary>
internal static class CommandLine
{
    private static readonly OrderedDictionary<string, Func<Command>> Commands = new(StringComparer.Ordinal)
    {
        ["check"] = static () => new CheckCommand(),
        ["patch"] = static () => new PatchCommand(),
        ["thread"] = static () => new ThreadCommand(),
        ["b4-check"] = static () => new B4CheckCommand(),
        ["facts"] = static () => new FactsCommand(),
        ["history"] = static () => new HistoryCommand(),
        ["kernel"] = static () => new KernelCommand(),
        ["lsp"] = static () => new LspCommand(),
        ["merge"] = static () => new MergeCommand(),
        ["model"] = static () => new ModelCommand(),
        ["matrix"] = static () => new MatrixCommand(),
        ["rules"] = static () => new RulesCommand(),
        ["table"] = static () => new TableCommand(),
        ["bot"] = static () => new BotCommand(),
        ["replay"] = static () => new ReplayCommand(),
        ["explain"] = static () => new ExplainCommand(),
        ["witness"] = static () => new WitnessCommand(),
    };

    /// <summary>Parses the arguments and runs the command they name; bad usage is a <see cref="UserError"/>.</summary>
    public static int Run(string[] args)
    {
        var root = new RootCommand("Reviews Linux memory-management code: almost never wrong, and every serious claim comes with a witness.");
        foreach (var command in Named(args))
        {
            root.Add(command);
        }

        root.Options.OfType<VersionOption>().Single().Action = new PrintVersions();

        var parsed = root.Parse(args);
        if (parsed.Errors is [var error, ..])
        {
            var command = parsed.CommandResult.Command is RootCommand ? string.Empty : parsed.CommandResult.Command.Name + " ";
            throw new UserError(error.Message.TrimEnd('.'), $"see 'mmreview {command}--help'");
        }

        return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }

    /// <summary>The command that is named, by itself: the others would load what they need, and a hook that looks at every mail waits for that. All if none is named.</summary>
    private static IEnumerable<Command> Named(string[] args) => args is [var name, ..] && Commands.TryGetValue(name, out var make) ? [make()] : Commands.Values.Select(static make => make());

    private sealed class PrintVersions : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult) => ToolVersions.Print(Console.Out);
    }
}
