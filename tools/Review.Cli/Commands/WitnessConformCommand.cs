using System.CommandLine;
using Review.Cli.Trees;
using Review.Cli.Witness;
using Review.Kernel.Architectures;
using Review.Witness.Conformance;

namespace Review.Cli.Commands;

/// <summary><c>mmreview witness conform</c>: scenarios, with every madvise() carried out by the tree's own C.</summary>
internal sealed class WitnessConformCommand : Command
{
    private readonly Argument<string[]> files = new("FILE") { Description = "Files of scenarios (vma-scenarios/1)", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string> kernel = new("--kernel") { Description = "A work tree, a bare repository, or 'auto'", DefaultValueFactory = static _ => KernelLocator.Auto };
    private readonly Option<string?> revision = new("--rev") { Description = "Read this revision from the repository; nothing is checked out" };

    public WitnessConformCommand()
        : base("conform", "Runs scenarios with the tree's own do_madvise(): does the code do what the model does?")
    {
        Arguments.Add(files);
        Options.Add(kernel);
        Options.Add(revision);
        SetAction((parsed, cancellation) => Task.FromResult(Run(
            new WitnessOptions(parsed.GetValue(kernel)!, parsed.GetValue(revision), Architecture.X86, "mm/madvise.c"), parsed.GetValue(files)!, parsed.InvocationConfiguration.Output, cancellation)));
    }

    private static int Run(WitnessOptions options, IEnumerable<string> files, TextWriter output, CancellationToken cancellation)
    {
        var scenarios = files.SelectMany(static file => ModelRunCommand.Read(file).Scenarios).ToList();
        var (unit, version) = WitnessSource.Load(options, cancellation);
        var era = FindingWitnesses.EraOf(version);
        var run = new ConformanceRun(unit, era);
        var results = scenarios.Select(run.Run).ToList();
        foreach (var result in results)
        {
            output.WriteLine($"{Word(result.Agreement)} {result.Scenario}{(result.Reason.Length > 0 ? ": " : "")}{result.Reason}");
        }

        output.WriteLine($"Linux {version} on the model of {era.Name}: {string.Join(", ", Enum.GetValues<Agreement>().Select(kind => $"{Word(kind)} {results.Count(result => result.Agreement == kind)}"))}, {results.Sum(static result => result.Calls)} calls carried out by the code");
        return results.Exists(static result => result.Agreement == Agreement.Differs) ? ExitStatus.Findings : ExitStatus.Clean;
    }

    private static string Word(Agreement agreement) => agreement switch
    {
        Agreement.Conforms => "CONFORMS",
        Agreement.EraDifference => "ERA",
        Agreement.Differs => "DIFFERS",
        Agreement.NotRun => "NOT-RUN",
        _ => "NO-CODE",
    };
}
