using System.CommandLine;
using System.Globalization;
using Review.LiveKernel;
using Review.Model.Scenarios;

namespace Review.Cli.Commands;

/// <summary><c>mmreview model compare-kernel</c>: compares the model with the kernel that runs on this machine.</summary>
internal sealed class ModelCompareCommand : Command
{
    private const int DefaultCount = 1000;
    private const int MostShown = 5;

    private readonly Option<ulong> seed = new("--seed") { Description = "Which random sequences.", DefaultValueFactory = static _ => 1 };
    private readonly Option<int?> count = new("--count") { Description = $"How many random sequences ({DefaultCount}; none with --scenarios)." };
    private readonly Option<int> first = new("--first") { Description = "The number of the first sequence: --first N --count 1 repeats one that was reported.", DefaultValueFactory = static _ => 0 };
    private readonly Option<string[]> scenarios = new("--scenarios") { Description = "A file of scenarios to compare; may be given several times." };
    private readonly Option<string?> output = new("--output", "-o") { Description = "Where to write the shortest sequences that differ, as scenarios." };

    public ModelCompareCommand()
        : base("compare-kernel", "Compares the model with the running kernel: scenarios, and random sequences of calls.")
    {
        Options.Add(seed);
        Options.Add(count);
        Options.Add(first);
        Options.Add(scenarios);
        Options.Add(output);
        count.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<int?>() < 0)
            {
                result.AddError("--count is the number of sequences: 0 or more");
            }
        });
        first.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<int>() < 0)
            {
                result.AddError("--first is the number of a sequence: 0 or more");
            }
        });
        SetAction((parsed, cancellation) => Task.FromResult(Run(parsed, cancellation)));
    }

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        // A mistake in a file is told before anything runs.
        var files = (parsed.GetValue(scenarios) ?? []).Select(ModelRunCommand.Read).ToList();
        var sequences = parsed.GetValue(count) ?? (files.Count > 0 ? 0 : DefaultCount);
        try
        {
            using var comparison = KernelComparison.Open();
            var report = new Report(comparison, parsed.InvocationConfiguration.Output, cancellation);
            report.Compare(files);
            report.Compare(parsed.GetValue(seed), parsed.GetValue(first), sequences);
            report.Finish();
            if (parsed.GetValue(output) is { } path)
            {
                report.Write(path);
            }

            return report.HasDisagreement ? ExitStatus.Findings : ExitStatus.Clean;
        }
        catch (KernelUnavailableException reason)
        {
            throw new UserError($"the running kernel cannot be asked: {reason.Message}", "run it where processes of one's own may be traced, on Linux for x86-64");
        }
    }

    /// <summary>What is printed, and what was found.</summary>
    private sealed class Report(KernelComparison comparison, TextWriter output, CancellationToken cancellation)
    {
        private readonly List<Scenario> found = [];
        private int disagreements;

        public bool HasDisagreement => disagreements > 0;

        public void Compare(List<ScenarioFile> files)
        {
            output.WriteLine(comparison.Title);
            if (files.Count == 0)
            {
                return;
            }

            var (agreed, differed, skipped) = (0, 0, 0);
            foreach (var scenario in files.SelectMany(static file => file.Scenarios))
            {
                cancellation.ThrowIfCancellationRequested();
                if (comparison.WhyNot(scenario) is { } reason)
                {
                    skipped++;
                    output.WriteLine($"SKIP {scenario.Name}: {reason}");
                }
                else if (comparison.Compare(scenario) is { } difference)
                {
                    differed++;
                    output.WriteLine($"DISAGREE {scenario.Name}: {difference}");
                }
                else
                {
                    agreed++;
                }
            }

            disagreements += differed;
            output.WriteLine($"SCENARIOS {agreed + differed + skipped} AGREE {agreed} DISAGREE {differed} SKIPPED {skipped}");
        }

        public void Compare(ulong seed, int first, int count)
        {
            if (count == 0)
            {
                return;
            }

            if (comparison.WhyNoSequences is { } reason)
            {
                output.WriteLine($"SKIP random sequences: {reason}");
                return;
            }

            foreach (var left in comparison.LeftOut)
            {
                output.WriteLine($"without {left}");
            }

            var differed = 0;
            for (var number = first; number - first < count; number++)
            {
                cancellation.ThrowIfCancellationRequested();

                // Shrinking takes long, and many that differ mostly differ for few reasons.
                if (comparison.CompareSequence(seed, (ulong)number, shrinks: differed < MostShown) is { } difference)
                {
                    differed++;
                    Show(difference, seed, number, differed);
                }
            }

            disagreements += differed;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"SEQUENCES {count} AGREE {count - differed} DISAGREE {differed} (seed {seed})"));
        }

        public void Finish()
        {
            if (comparison.Disturbances > 0)
            {
                output.WriteLine($"DISTURBED {comparison.Disturbances}: differed once and not again");
            }
        }

        public void Write(string path)
        {
            try
            {
                File.WriteAllText(path, ScenarioWriter.Write(new ScenarioFile(null, null, found.ToEquatableList())));
            }
            catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
            {
                throw new UserError($"{path}: {trouble.Message.TrimEnd('.')}", "name a file that can be written");
            }
        }

        private void Show(SequenceDisagreement difference, ulong seed, int number, int differed)
        {
            output.WriteLine($"DISAGREE sequence {number} of seed {seed}: {difference.Difference.Place}: {difference.Difference.What}");
            if (differed > MostShown)
            {
                return;
            }

            found.Add(difference.Scenario);
            Indented("model", difference.Difference.Model);
            Indented("kernel", difference.Difference.Kernel);
            output.WriteLine("  the shortest sequence, with what the kernel did:");
            output.Write(ScenarioWriter.Write(new ScenarioFile(null, null, [difference.Scenario])));
        }

        private void Indented(string side, string text)
        {
            output.WriteLine($"  {side}:");
            foreach (var line in text.TrimEnd('\n').Split('\n'))
            {
                output.WriteLine($"    {line}");
            }
        }
    }
}
