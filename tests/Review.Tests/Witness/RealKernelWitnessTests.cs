using Review.Dev.Corpus;
using Review.Model;
using Review.Model.Eras;
using Review.Tests.Cli;
using Review.Witness;
using Review.Witness.Exploration;

namespace Review.Tests.Witness;

/// <summary>Linux 6.1's own mm/madvise.c, run on the model.</summary>
public sealed class RealKernelWitnessTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [KernelFact]
    public void The_race_of_2021_is_found_and_nothing_else_is()
    {
        using var kernel = new KernelUnderTest(KernelFactAttribute.KernelFolder!, folder.At("scratch"));
        var program = new WitnessProgram(kernel.Load("mm/madvise.c"));
        foreach (var advice in Madv.Names.Keys.Except([Madv.HwPoison, Madv.SoftOffline]))
        {
            var verdict = program.Explore("do_madvise", Situations.For(advice, KernelEra.V6_1), ViolationKinds.Definite, Bounds.Default);
            var isKnown = advice is Madv.DontNeed or Madv.DontNeedLocked or Madv.Free;
            Assert.Equal(
                (Madv.NameOf(advice), isKnown ? VerdictKind.Violated : VerdictKind.Clean, isKnown ? ViolationKind.PageSkipped : ViolationKind.None),
                (Madv.NameOf(advice), verdict.Kind, verdict.Violation));
        }
    }
}
