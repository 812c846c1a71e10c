using Review.Dev.Corpus;
using Review.Model;
using Review.Model.Eras;
using Review.Model.Scenarios;
using Review.Tests.Cli;
using Review.Witness;
using Review.Witness.Conformance;
using Review.Witness.Exploration;

namespace Review.Tests.Witness;

/// <summary>Linux 6.1's own mm/madvise.c, run on the model.</summary>
public sealed class RealKernelWitnessTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [KernelFact]
    public void Its_code_does_what_the_model_of_its_era_does()
    {
        using var kernel = new KernelUnderTest(KernelFactAttribute.KernelFolder!, folder.At("scratch"));
        var run = new ConformanceRun(kernel.Load("mm/madvise.c"), KernelEra.V6_1);
        var file = Path.Combine(AppContext.BaseDirectory, "fixtures", "model", "scenarios.json");
        var results = ScenarioReader.Read(File.ReadAllText(file), file).Scenarios.Select(run.Run).ToList();
        Assert.Empty(results.Where(static result => result.Agreement is Agreement.Differs or Agreement.NotRun).Select(static result => $"{result.Scenario}: {result.Reason}"));
        Assert.True(results.Count(static result => result.Agreement is Agreement.Conforms or Agreement.EraDifference) >= 60);
    }

    [KernelFact]
    public void The_two_known_defects_are_found_and_nothing_else_is()
    {
        using var kernel = new KernelUnderTest(KernelFactAttribute.KernelFolder!, folder.At("scratch"));
        var program = new WitnessProgram(kernel.Load("mm/madvise.c"));
        foreach (var advice in Madv.Names.Keys)
        {
            var verdict = program.Explore("do_madvise", Situations.For(advice, KernelEra.V6_1), ViolationKinds.Definite, Bounds.Default);
            var known = advice switch
            {
                Madv.DontNeed or Madv.DontNeedLocked or Madv.Free => ViolationKind.PageSkipped,

                // The fault handler may ask to be called again without end; upstream has changed that in 6.9.
                Madv.PopulateRead or Madv.PopulateWrite => ViolationKind.NoProgress,
                _ => ViolationKind.None,
            };
            Assert.Equal(
                (Madv.NameOf(advice), known == ViolationKind.None ? VerdictKind.Clean : VerdictKind.Violated, known),
                (Madv.NameOf(advice), verdict.Kind, verdict.Violation));
        }
    }
}
