using Review.Cli.Commands;

namespace Review.Cli;

/// <summary>The entry point of <c>mmreview</c>.</summary>
internal static class Program
{
    private static int Main(string[] args) => ExitStatus.Of(() => Run(args), Console.Error);

    // "--version" alone is answered before the command line library and the compiler platform are loaded.
    private static int Run(string[] args) => args is ["--version"] ? ToolVersions.Print(Console.Out) : CommandLine.Run(args);
}
