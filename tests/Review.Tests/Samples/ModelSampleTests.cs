using Review.Model.Eras;
using Review.Model.Exploration;
using Review.Model.Scenarios;
using Review.Tests.Exploration;
using Review.Tests.Model;

namespace Review.Tests.Samples;

/// <summary>The samples for newcomers do what their README says.</summary>
public sealed class ModelSampleTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "samples", "05-a-model-scenario");

    public static TheoryData<string> Files => [.. Directory.EnumerateFiles(Folder, "*.json").Select(static path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_sample_is_named_in_the_README_and_runs(string file)
    {
        Assert.Contains($"`{file}`", File.ReadAllText(Path.Combine(Folder, "README.md")), StringComparison.Ordinal);
        var text = File.ReadAllText(Path.Combine(Folder, file));
        if (text.Contains(ExplorationFile.Schema, StringComparison.Ordinal))
        {
            var program = ExplorationReader.Read(text, file);
            Assert.Equal(ExplorationOutcome.Violated, program.On(KernelEra.V6_12).Result.Outcome);
            Assert.Equal(ExplorationOutcome.Holds, program.On(KernelEra.V6_18).Result.Outcome);
            return;
        }

        Assert.All(ScenarioReader.Read(text, file).Scenarios, static scenario => Assert.Null(ModelFixtures.Run(scenario)));
    }
}
