using System.CommandLine;
using Review.Cli.Exploring;
using Review.Cli.Output;
using Review.Model.Eras;
using Review.Model.Exploration;
using Review.Model.Scenarios;

namespace Review.Cli.Commands;

/// <summary><c>mmreview model explore FILE</c>: follows every interleaving of a small concurrent program on the model.</summary>
internal sealed class ModelExploreCommand : Command
{
    private const string Kselftest = "kselftest";

    private readonly Argument<string> file = new("FILE") { Description = "A program of threads (mmreview-explore/1)" };
    private readonly Option<string?> era = new("--era") { Description = $"Only this kernel: {string.Join(", ", KernelEra.All.Select(static era => era.Name))}. Default: those the file names, else all" };
    private readonly Option<string> format = new("--format") { Description = "text, json or html", DefaultValueFactory = static _ => "text" };
    private readonly Option<string?> emit = new("--emit") { Description = "kselftest: a C program that provokes the violation on a real kernel" };
    private readonly Option<string?> output = new("-o") { Description = "Write to this file", HelpName = "FILE" };
    private readonly Option<int> states = new("--max-states") { Description = "Give up after so many states", DefaultValueFactory = static _ => new ExplorationBounds().States };
    private readonly Option<bool> full = new("--no-reduction") { Description = "Follow interleavings that differ only in the order of independent steps, too" };

    public ModelExploreCommand()
        : base("explore", "Follows every interleaving of 2 to 4 threads up to a bound and prints the shortest one that breaks a property.")
    {
        format.AcceptOnlyFromAmong("text", "json", "html");
        emit.AcceptOnlyFromAmong(Kselftest);
        Arguments.Add(file);
        foreach (var option in (Option[])[era, format, emit, output, states, full])
        {
            Options.Add(option);
        }

        SetAction(Run);
    }

    private int Run(ParseResult parsed)
    {
        var program = Read(parsed.GetValue(file)!);
        IEnumerable<KernelEra> eras = parsed.GetValue(era) is { } name
            ? [KernelEra.Find(name) ?? throw new UserError($"unknown kernel '{name}'", $"use {string.Join(", ", KernelEra.All.Select(static known => known.Name))}")]
            : program.Eras;
        var most = parsed.GetValue(states);
        var bounds = new ExplorationBounds(most > 0 ? most : throw new UserError("--max-states takes a positive number", "leave it out for the usual bound")) { UsesReduction = !parsed.GetValue(full) };
        List<Exploration> explorations;
        try
        {
            explorations = [.. eras.Select(kernel => Exploration.Of(program, kernel, bounds))];
        }
        catch (ScenarioFormatException wrong)
        {
            throw new UserError($"{parsed.GetValue(file)}: {wrong.Message}", "see ModelCommand.md for the format");
        }

        var text = parsed.GetValue(emit) == Kselftest ? EmitKselftest(program, explorations) : parsed.GetValue(format) switch
        {
            "json" => ExplorationJson.Of(program, explorations),
            "html" => ExplorationPage.Of(program, explorations),
            _ => ExplorationText.Of(program, explorations),
        };
        if (parsed.GetValue(output) is { } target)
        {
            WholeFile.Write(target, text);
        }
        else
        {
            parsed.InvocationConfiguration.Output.Write(text);
        }

        return explorations.TrueForAll(static exploration => exploration.Result.Outcome == ExplorationOutcome.Holds) ? ExitStatus.Clean : ExitStatus.Findings;
    }

    private static string EmitKselftest(ExplorationFile file, List<Exploration> explorations) =>
        explorations.Find(static exploration => exploration.Result.Violation is not null) is { Result.Violation: { } violation } found
            ? KselftestProgram.Write(file, violation, found.Program.Names.ExpressionOf)
            : throw new UserError($"{file.Name}: no property is violated, so there is nothing to provoke", "explore a kernel that has the defect, with --era");

    private static ExplorationFile Read(string path)
    {
        try
        {
            return ExplorationReader.Read(File.ReadAllText(path), path);
        }
        catch (ScenarioFormatException wrong)
        {
            throw new UserError(wrong.Message, "see ModelCommand.md for the format");
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"{path}: {trouble.Message.TrimEnd('.')}", "name a readable file");
        }
    }
}
