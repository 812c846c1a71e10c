using System.CommandLine;
using System.CommandLine.Invocation;

namespace Review.Cli.Commands;

/// <summary>The commands of the program. Each is a class of its own in this folder, derived from <see cref="Command"/>.</summary>
internal static class CommandLine
{
    /// <summary>Parses the arguments and runs the command they name; bad usage is a <see cref="UserError"/>.</summary>
    public static int Run(string[] args)
    {
        var root = new RootCommand("Reviews Linux memory-management code: almost never wrong, and every serious claim comes with a witness.")
        {
            new CheckCommand(),
            new PatchCommand(),
            new ThreadCommand(),
            new B4CheckCommand(),
            new FactsCommand(),
            new KernelCommand(),
            new ModelCommand(),
            new MatrixCommand(),
            new RulesCommand(RuleAssemblies.LoadCatalog),
            new TableCommand(),
            new ExplainCommand(RuleAssemblies.LoadCatalog),
            new WitnessCommand(),
        };
        root.Options.OfType<VersionOption>().Single().Action = new PrintVersions();

        var parsed = root.Parse(args);
        if (parsed.Errors is [var error, ..])
        {
            var command = parsed.CommandResult.Command is RootCommand ? string.Empty : parsed.CommandResult.Command.Name + " ";
            throw new UserError(error.Message.TrimEnd('.'), $"see 'mmreview {command}--help'");
        }

        return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }

    private sealed class PrintVersions : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult) => ToolVersions.Print(Console.Out);
    }
}
