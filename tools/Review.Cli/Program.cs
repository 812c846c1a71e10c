using Review.Cli.Commands;

namespace Review.Cli;

/// <summary>The entry point of <c>mmreview</c>.</summary>
internal static class Program
{
    private static int Main(string[] args) => ExitStatus.Of(() => CommandLine.Run(args), Console.Error);
}
