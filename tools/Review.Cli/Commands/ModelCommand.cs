using System.CommandLine;

namespace Review.Cli.Commands;

/// <summary><c>mmreview model</c>: the executable model of madvise and VMAs.</summary>
internal sealed class ModelCommand : Command
{
    public ModelCommand()
        : base("model", "Runs the executable model of madvise and VMAs.")
    {
        Subcommands.Add(new ModelRunCommand());
        Subcommands.Add(new ModelCompareCommand());
        Subcommands.Add(new ModelMatrixCommand());
        Subcommands.Add(new ModelExploreCommand());
    }
}
