using System.Diagnostics;
using Review.LiveKernel;
using Review.Model;
using Review.Model.Comparison;
using Review.Model.Eras;
using Review.Model.Scenarios;

namespace Review.Tests.Model;

/// <summary>The model against the kernel that runs on this machine.</summary>
public sealed class LiveKernelTests
{
    private const int Sequences = 300;

    [LiveKernelFact]
    public void Own_scenarios_agree_on_both_sides()
    {
        using var comparison = KernelComparison.Open();
        foreach (var scenario in ScenarioTexts.All().SelectMany(static text => ScenarioReader.Read(text, "scenarios").Scenarios).Where(scenario => comparison.WhyNot(scenario) is null))
        {
            Assert.Null(comparison.Compare(scenario) is { } difference ? $"{scenario.Name}: {difference}" : null);
        }
    }

    [LiveKernelFact]
    public void Random_sequences_agree()
    {
        using var comparison = KernelComparison.Open();
        for (var number = 0UL; number < Sequences; number++)
        {
            if (comparison.CompareSequence(2026, number) is { } found)
            {
                Assert.Fail($"sequence {number}: {found.Difference}\n{ScenarioWriter.Write(new ScenarioFile(null, null, [found.Scenario]))}");
            }
        }
    }

    [LiveKernelFact]
    public void A_model_of_another_kernel_is_found_out_and_the_sequence_is_short()
    {
        using var host = KernelHost.Open();
        var generator = new SequenceGenerator(KernelFacilities.Of(host).Available);
        Disagreement? First(EquatableList<Operation> operations)
        {
            using var kernel = new KernelMachine(host, TimeSpan.FromSeconds(60));
            return SequenceComparison.First(operations, new ModelMachine(KernelEra.V5_15, KernelBuild.Recorded), kernel);
        }

        var differing = Enumerable.Range(0, 200).Select(number => generator.Make(1, (ulong)number)).First(operations => First(operations) is not null);
        var shortest = Shrinker.Shrink(differing, operations => First(operations) is not null);
        Assert.NotNull(First(shortest));
        Assert.InRange(shortest.Count, 1, 6);
    }

    [LiveKernelFact]
    public void A_fault_is_told_from_an_access_and_the_process_lives_on()
    {
        using var host = KernelHost.Open();
        using var process = host.NewProcess();
        Assert.Equal(AccessOutcome.SegmentationFault, process.ReadByte(Tracee.Unmapped).Outcome);
        Assert.Equal(AccessOutcome.SegmentationFault, process.WriteByte(0, 1).Outcome);
        Assert.Equal(AccessOutcome.Done, process.WriteByte(Tracee.Scratch, 7).Outcome);
        Assert.Equal(new PageAccess(AccessOutcome.Done, 7), process.ReadByte(Tracee.Scratch));
    }

    [LiveKernelFact]
    public void A_call_that_does_not_end_is_ended()
    {
        using var host = KernelHost.Open();
        using var machine = new KernelMachine(host, TimeSpan.FromSeconds(1));
        var clock = Stopwatch.StartNew();
        EquatableList<Operation> operations = ScenarioReader.Read("""{"scenarios":[{"name":"s","steps":[{"op":"mmap","name":"A","len":"1p","flags":"private|anon"},{"op":"uffd","name":"U","features":[]},{"op":"uffd_register","uffd":"U","addr":"A","len":"1p","mode":"missing"},{"op":"read","addr":"A","expect":"ok"}]}]}""", "text").Scenarios[0].Steps;
        var scenario = Shrinker.AsScenario(operations, "blocks", "a page that nobody brings");
        Assert.Contains("did not end in time", ScenarioRun.FirstDifference(scenario, machine), StringComparison.Ordinal);
        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(30));
    }

    [LiveKernelFact]
    public void Advice_that_damages_pages_is_never_given()
    {
        using var host = KernelHost.Open();
        using var machine = new KernelMachine(host, TimeSpan.FromSeconds(30));
        foreach (var advice in new[] { Madv.HwPoison, Madv.SoftOffline })
        {
            var names = new ScenarioNames();
            Assert.IsType<NotPossible>(machine.Perform(new Madvise(AddressExpression.Zero, AddressExpression.Pages(1), advice, CallExpectation.Success), names, 0));
            Assert.IsType<NotPossible>(machine.Perform(new ProcessMadvise(AdviseTarget.PidfdSelf, [], null, NullVector: false, advice, 0, CallExpectation.Success), names, 0));
        }
    }
}
