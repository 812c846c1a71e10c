using System.CommandLine;
using Review.Cli.Trees;
using Review.Cli.Witness;
using Review.Kernel.Architectures;
using Review.Witness.Exploration;

namespace Review.Cli.Commands;

/// <summary><c>mmreview witness</c>: runs a function of a tree on the model, in every interleaving with others.</summary>
internal sealed class WitnessCommand : Command
{
    private readonly Option<string> kernel = new("--kernel") { Description = "A work tree, a bare repository, or 'auto'", DefaultValueFactory = static _ => KernelLocator.Auto };
    private readonly Option<string?> revision = new("--rev") { Description = "Read this revision from the repository; nothing is checked out" };
    private readonly Option<string> file = new("--file") { Description = "The file with the function", DefaultValueFactory = static _ => "mm/madvise.c" };
    private readonly Option<string> entry = new("--entry") { Description = "The function to run", DefaultValueFactory = static _ => "do_madvise" };
    private readonly Option<string[]> advice = new("--advice") { Description = "MADV_ names or numbers; default: every advice", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> scenario = new("--scenario") { Description = "A program of threads (mmreview-explore/1); its first madvise() is what the code carries out", HelpName = "FILE" };
    private readonly Option<string[]> patches = new("--patch") { Description = "A mail, mailbox, archive page or diff that is applied in memory first; several one after the other", HelpName = "FILE" };
    private readonly Option<int?> upTo = new("--up-to") { Description = "Of a series, the patches up to this number", HelpName = "NUMBER" };
    private readonly Option<int> states = new("--states") { Description = "Bound on the states of one situation", DefaultValueFactory = static _ => Bounds.Default.States };

    public WitnessCommand()
        : base("witness", "Runs the kernel's own C on the model of madvise and VMAs, and looks for an interleaving that breaks a property.")
    {
        foreach (var option in (Option[])[kernel, revision, file, entry, advice, scenario, patches, upTo, states])
        {
            Options.Add(option);
        }

        Subcommands.Add(new WitnessConformCommand());
        SetAction((parsed, cancellation) => Task.FromResult(new WitnessRun(
            new WitnessOptions(parsed.GetValue(kernel)!, parsed.GetValue(revision), Architecture.X86, parsed.GetValue(file)!)
            {
                Entry = parsed.GetValue(entry)!,
                Advice = [.. parsed.GetValue(advice) ?? []],
                Scenario = parsed.GetValue(scenario),
                Patches = [.. parsed.GetValue(patches) ?? []],
                UpTo = parsed.GetValue(upTo),
                Bounds = Bounds.Default with { States = parsed.GetValue(states) },
            },
            cancellation).Run(Console.Out)));
    }
}
