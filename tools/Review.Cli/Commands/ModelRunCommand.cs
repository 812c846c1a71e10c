using System.CommandLine;
using Review.Model.Eras;
using Review.Model.Scenarios;

namespace Review.Cli.Commands;

/// <summary><c>mmreview model run FILE...</c>: runs scenarios on the model.</summary>
internal sealed class ModelRunCommand : Command
{
    private readonly Argument<string[]> files = new("FILE") { Description = "Files of scenarios (vma-scenarios/1)", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string> era = new("--era")
    {
        Description = $"Which kernel: {string.Join(", ", KernelEra.All.Select(static era => era.Name))}",
        DefaultValueFactory = static _ => KernelEra.V6_18.Name,
    };

    public ModelRunCommand()
        : base("run", "Runs scenarios on the model: PASS or FAIL for each, and a total.")
    {
        Arguments.Add(files);
        Options.Add(era);
        SetAction(parsed =>
        {
            var kernel = KernelEra.Find(parsed.GetValue(era)!) ?? throw new UserError($"unknown kernel '{parsed.GetValue(era)}'", $"use {string.Join(", ", KernelEra.All.Select(static known => known.Name))}");
            return Run([.. parsed.GetValue(files)!.Select(Read)], kernel, parsed.InvocationConfiguration.Output);
        });
    }

    /// <summary>Reads a file of scenarios.</summary>
    /// <exception cref="UserError">There is no such file, or something in it is wrong.</exception>
    internal static ScenarioFile Read(string path)
    {
        try
        {
            return ScenarioReader.Read(File.ReadAllText(path), path);
        }
        catch (ScenarioFormatException wrong)
        {
            throw new UserError(wrong.Message, "see 'mmreview model' in the manual for the format");
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"{path}: {trouble.Message.TrimEnd('.')}", "name a readable file of scenarios");
        }
    }

    private static int Run(IReadOnlyList<ScenarioFile> files, KernelEra era, TextWriter output)
    {
        var (total, passed) = (0, 0);
        foreach (var scenario in files.SelectMany(static file => file.Scenarios))
        {
            total++;
            var difference = ScenarioRun.FirstDifference(scenario, new ModelMachine(era, KernelBuild.For(scenario)));
            passed += difference is null ? 1 : 0;
            output.WriteLine(difference is null ? $"PASS {scenario.Name}" : $"FAIL {scenario.Name}: {difference}");
        }

        output.WriteLine($"TOTAL {total} PASS {passed} FAIL {total - passed}");
        return passed == total ? ExitStatus.Clean : ExitStatus.Findings;
    }
}
