using System.CommandLine;
using System.CommandLine.Invocation;
using Review.Cli;
using Review.Dev.Bench;
using Review.Dev.Corpus;
using Review.Dev.NewRule;
using Review.Dev.Precision;

namespace Review.Dev;

/// <summary>Chores of those who work on mmreview; not part of the program.</summary>
internal static class Program
{
    private static int Main(string[] args) => ExitStatus.Of(() => Run(args), Console.Error);

    private static int Run(string[] args)
    {
        var root = new RootCommand("Chores of those who work on mmreview.") { new PrecisionCommand(), new MutationsCommand(), new NeutralCommand(), new NewRuleCommand(), new BenchCommand() };
        var parsed = root.Parse(args);
        return parsed.Errors is [var error, ..]
            ? throw new UserError(error.Message.TrimEnd('.'), "see --help")
            : parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }
}
