using System.CommandLine;
using Review.Cli.Output;
using Review.Cli.Tables;
using Review.Cli.Trees;
using Review.Tables;
using Review.Tables.Drift;
using Review.Tables.Emission;
using Review.Tables.Extraction;
using Review.Tables.Lookups;
using Review.Tables.Proofs;
using Review.Tables.Specification;

namespace Review.Cli.Commands;

/// <summary><c>mmreview table</c>: the table of all advice, made from C, turned into C, and proved equal to it.</summary>
internal sealed class TableCommand : Command
{
    private const string MadviseFile = "mm/madvise.c";

    private const string Patch = "patch";

    private readonly Option<string?> kernel = new("--kernel") { Description = "A work tree, a bare repository, or 'auto'" };
    private readonly Option<string?> revision = new("--rev") { Description = "Read this revision from the repository; nothing is checked out" };
    private readonly Option<string> architecture = new("--arch") { Description = "The architecture whose values of advice count, as arch/ calls it", DefaultValueFactory = static _ => "x86" };
    private readonly Option<string?> output = new("-o") { Description = "Write to this file", HelpName = "FILE" };
    private readonly Option<string> format = new("--format") { Description = "text or json", DefaultValueFactory = static _ => "text" };

    public TableCommand()
        : base("table", "Makes the table of all advice from C and C from the table, and proves them equal.")
    {
        format.AcceptOnlyFromAmong("text", "json");
        Subcommands.Add(Extract());
        Subcommands.Add(Emit());
        Subcommands.Add(Verify());
        Subcommands.Add(Drift());
    }

    private Command Extract()
    {
        var file = new Argument<string>("FILE") { Description = "The C file; default: mm/madvise.c of the tree", DefaultValueFactory = static _ => MadviseFile };
        var command = new Command("extract", "Makes the table of what C code decides.") { file, kernel, revision, architecture, output };
        command.SetAction((parsed, cancellation) => Run(() =>
        {
            using var files = Files(parsed, parsed.GetValue(file) == MadviseFile, cancellation);
            var source = files.ReadCode(parsed.GetValue(file)!);
            Write(parsed, TableWriter.Write(new TableExtraction(source, files.Values, ReferenceTable.Madvise).Extract()));
            return ExitStatus.Clean;
        }));
        return command;
    }

    private Command Emit()
    {
        var file = new Argument<string>("TABLE") { Description = "The table" };
        var kind = new Option<string>("--as") { Description = string.Join(", ", [.. TableEmitter.Kinds, Patch]), Required = true, HelpName = "KIND" };
        kind.AcceptOnlyFromAmong([.. TableEmitter.Kinds, Patch]);
        var command = new Command("emit", "Turns a table into C, C#, JSON or text, or into a patch that puts it in the place of a tree's switches.") { file, kind, kernel, revision, architecture, output };
        command.SetAction((parsed, cancellation) => Run(() =>
        {
            var isPatch = parsed.GetValue(kind) == Patch;
            using var files = Files(parsed, isNeeded: isPatch, cancellation);
            var table = files.ReadTable(parsed.GetValue(file)!);
            if (!isPatch)
            {
                Write(parsed, TableEmitter.Emit(table, parsed.GetValue(kind)!));
                return ExitStatus.Clean;
            }

            Write(parsed, TreePatchText.Of(table, files.ReadTreeCode(MadviseFile)));
            return ExitStatus.Clean;
        }));
        return command;
    }

    private Command Verify()
    {
        var sides = new Argument<string[]>("A B") { Description = "Tables, C files, files of the tree, or REVISION:FILE", Arity = new ArgumentArity(1, 2) };
        var running = new Option<bool>("--running-kernel") { Description = "Ask the kernel that runs here which numbers of the table are advice; nothing is done to any memory" };
        var model = new Option<bool>("--model") { Description = "Compare each cell with the executable model" };
        var command = new Command("verify", "Proves that two tables or C files decide the same for every number and every choice of options.") { sides, kernel, revision, architecture, format, running, model };
        command.SetAction((parsed, cancellation) => Run(() =>
        {
            var names = parsed.GetValue(sides)!;
            var isAsked = parsed.GetValue(running) || parsed.GetValue(model);
            using var files = Files(parsed, isNeeded: names.Length == 1 && !isAsked, cancellation);
            if (parsed.GetValue(running))
            {
                return AskKernel(parsed, files.ReadTable(names[0]));
            }

            if (parsed.GetValue(model))
            {
                return AskModel(parsed, files.ReadTable(names[0]));
            }

            var result = Compare(files, names[0], names.Length == 2 ? names[1] : MadviseFile);
            parsed.InvocationConfiguration.Output.Write(parsed.GetValue(format) == "json" ? ProofText.ToJson(result) : ProofText.ToText(result, names[0], names.Length == 2 ? names[1] : MadviseFile, files.Values));
            return result.IsEqual ? ExitStatus.Clean
                : result.Proved.IsEmpty && result.Differences.IsEmpty ? throw new UserError($"{string.Join(" and ", names)} have no decision in common", "compare files with functions of the same names") : ExitStatus.Findings;
        }));
        return command;
    }

    private static int AskKernel(ParseResult parsed, BehaviorTable table)
    {
        var (differing, on, count) = RunningKernel.Compare(table, RunningKernel.Knows);
        foreach (var advice in differing)
        {
            parsed.InvocationConfiguration.Output.Write($"different: {table.Rows.FirstOrDefault(row => row.Value == advice)?.Name ?? "nameless"} ({advice}) is {(RunningKernel.Knows(advice) ? "known to the running kernel and not valid" : "EINVAL in the running kernel and valid")} in the table\n");
        }

        var options = string.Join(", ", table.Options.Select(option => $"{option}={(on.Contains(option) ? "y" : "n")}"));
        parsed.InvocationConfiguration.Output.Write($"{count - differing.Count} of {count} numbers are EINVAL or not as the table says{(options.Length > 0 ? $", with {options}" : "")}\n");
        return differing.Count == 0 ? ExitStatus.Clean : ExitStatus.Findings;
    }

    private static int AskModel(ParseResult parsed, BehaviorTable table)
    {
        var (era, differing, count) = ModelComparison.Compare(table);
        foreach (var cell in differing)
        {
            parsed.InvocationConfiguration.Output.Write($"different: {cell}\n");
        }

        parsed.InvocationConfiguration.Output.Write(differing.Count == 0 ? $"every cell agrees with the model of {era.Name}: {count} answers, 8 combinations of options\n" : $"{differing.Count} cells differ from the model of {era.Name}, the most like it\n");
        return differing.Count == 0 ? ExitStatus.Clean : ExitStatus.Findings;
    }

    private Command Drift()
    {
        var command = new Command("drift", "Shows which places that list advice leave some out: headers, mm/madvise.c, manual page, perf, tools, selftests.") { kernel, revision, format };
        command.SetAction((parsed, cancellation) => Run(() =>
        {
            using var files = new TableFiles(parsed.GetValue(kernel) ?? KernelLocator.Auto, parsed.GetValue(revision), null, cancellation);
            var table = AdviceDrift.Of(files.Tree, ManualPage.Installed());
            parsed.InvocationConfiguration.Output.Write(parsed.GetValue(format) == "json" ? DriftText.ToJson(table) : DriftText.ToText(table));
            return ExitStatus.Clean;
        }));
        return command;
    }

    private static ProofResult Compare(TableFiles files, string first, string second) => (TableFiles.IsTable(first), TableFiles.IsTable(second)) switch
    {
        (true, true) => EquivalenceProof.Compare(files.ReadTable(first), files.ReadTable(second)),
        (true, false) => CompareWithCode(files, files.ReadTable(first), second),
        (false, true) => EquivalenceProof.Swap(CompareWithCode(files, files.ReadTable(second), first)),
        _ => EquivalenceProof.Compare(files.ReadCode(first), files.ReadCode(second)),
    };

    private static ProofResult CompareWithCode(TableFiles files, BehaviorTable table, string code) => EquivalenceProof.Compare(table, files.ReadCode(code, table));

    private TableFiles Files(ParseResult parsed, bool isNeeded, CancellationToken cancellation) =>
        new(parsed.GetValue(kernel) ?? (isNeeded ? KernelLocator.Auto : null), parsed.GetValue(revision), parsed.GetValue(architecture)!, cancellation);

    private void Write(ParseResult parsed, string text)
    {
        if (parsed.GetValue(output) is { } file)
        {
            WholeFile.Write(file, text);
        }
        else
        {
            parsed.InvocationConfiguration.Output.Write(text);
        }
    }

    private static Task<int> Run(Func<int> action)
    {
        try
        {
            return Task.FromResult(action());
        }
        catch (LookupException trouble)
        {
            throw new UserError(trouble.Message, trouble.Cure);
        }
    }
}
