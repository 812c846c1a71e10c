using Review.Model.Eras;
using Review.Model.Exploration;

namespace Review.Cli.Exploring;

/// <summary>An exploration file explored on one kernel.</summary>
/// <param name="Era">Which kernel.</param>
/// <param name="Program">The program.</param>
/// <param name="Result">What was found.</param>
internal sealed record Exploration(KernelEra Era, ExplorationProgram Program, ExplorationResult Result)
{
    /// <summary>Explores a file on one kernel.</summary>
    public static Exploration Of(ExplorationFile file, KernelEra era, ExplorationBounds bounds)
    {
        var program = ExplorationProgram.Prepare(file, era, KernelBuild.Recorded);
        return new Exploration(era, program, Explorer.Explore(program.Program, [.. file.Properties], bounds));
    }

    /// <summary>Where a breach is: "A+1p, A+2p"; empty if it is not about pages.</summary>
    public string Pages => Result.Violation is { } violation ? string.Join(", ", violation.Breach.Pages.Select(Program.Names.ExpressionOf)) : "";
}
