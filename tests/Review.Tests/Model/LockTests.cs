using Review.Model;
using Review.Model.Calls;
using Review.Model.Eras;
using Review.Model.Memory;
using Review.Model.Userfault;

namespace Review.Tests.Model;

/// <summary>Which locks calls take: the mmap_lock tracepoints of 6.18, W for writing, R for reading, nothing for a VMA's lock or none.</summary>
public sealed class LockTests
{
    private const ulong A = 0x2000_0000_0000;
    private const ulong Page = Pages.Size;

    private static readonly Current Caller = new(1, 1);

    [Theory]
    [InlineData("W", Madv.Normal, Madv.Random, Madv.Sequential, Madv.DontFork, Madv.DoFork, Madv.Mergeable, Madv.Unmergeable, Madv.HugePage, Madv.NoHugePage, Madv.DontDump, Madv.DoDump, Madv.WipeOnFork, Madv.KeepOnFork)]
    [InlineData("R", Madv.WillNeed, Madv.Cold, Madv.PageOut, Madv.PopulateRead, Madv.PopulateWrite, Madv.Collapse, Madv.GuardInstall, Madv.GuardRemove)]
    [InlineData("", Madv.DontNeed, Madv.DontNeedLocked, Madv.Free, 99)]
    public void Advice_in_one_anonymous_VMA(string expected, params int[] advice) =>
        Assert.All(advice, value => Assert.Equal(expected, LocksOf(Anonymous(), new MadviseCall(Caller, A, 4 * Page, value))));

    [Theory]
    [InlineData(Madv.DontNeed)]
    [InlineData(Madv.DontNeedLocked)]
    [InlineData(Madv.Free)]
    public void Zapping_takes_mmap_lock_over_two_VMAs_and_with_a_userfaultfd(int advice)
    {
        var two = Do(Anonymous(), new MprotectCall(Caller, A + (2 * Page), Page, Prot.Read));
        Assert.Equal("R", LocksOf(two, new MadviseCall(Caller, A, 4 * Page, advice)));
        var registered = Do(Anonymous().OpenUserfaultfd(1, UffdFeatures.None, out var uffd), new UffdRegisterCall(Caller, uffd, A, 4 * Page, VmFlags.UffdMissing));
        Assert.Equal("R", LocksOf(registered, new MadviseCall(Caller, A, 4 * Page, advice)));
        Assert.Equal("R", LocksOf(Anonymous(), new MadviseCall(Caller, A + (64 * Page), Page, advice)));
    }

    [Theory]
    [InlineData("RR", Madv.WillNeed, Madv.Remove)]
    [InlineData("", Madv.DontNeed)]
    [InlineData("R", Madv.PageOut, Madv.GuardInstall)]
    public void Advice_on_a_shared_file(string expected, params int[] advice)
    {
        var machine = new Machine(KernelEra.V6_18, KernelBuild.Recorded).AddProcess(out _).AddFile(new FileObject(Backing.DiskFile, 4), out var file);
        machine = Do(machine, new MmapCall(Caller, A, 4 * Page, Prot.Read | Prot.Write, MapFlags.Shared, file));
        Assert.All(advice, value => Assert.Equal(expected, LocksOf(machine, new MadviseCall(Caller, A, 4 * Page, value))));
    }

    [Fact]
    public void One_vector_takes_the_lock_once()
    {
        foreach (var (advice, expected) in new[] { (Madv.DontNeed, ""), (Madv.Free, ""), (Madv.Cold, "R"), (Madv.Random, "W"), (Madv.PopulateWrite, "R"), (Madv.GuardInstall, "R") })
        {
            var call = new ProcessMadviseCall(Caller, 1, [new(A, Page), new(A + Page, Page), new(A + (3 * Page), Page)], 3, advice, 0);
            Assert.Equal(expected, LocksOf(Anonymous(), call));
        }
    }

    [Fact]
    public void Other_calls()
    {
        Assert.Equal("W", LocksOf(Anonymous(), new MprotectCall(Caller, A, Page, Prot.Read)));
        Assert.Equal("WR", LocksOf(Anonymous(), new MunmapCall(Caller, A, Page)));
        Assert.Equal("WR", LocksOf(Anonymous(), new MlockCall(Caller, A, 4 * Page, VmFlags.Locked)));
        Assert.Equal("W", LocksOf(Anonymous(), new MsealCall(Caller, A, 4 * Page, 0)));
        Assert.Equal("", LocksOf(Anonymous(), new MadviseCall(Caller, A, 0, Madv.DontNeed)));
        Assert.Equal("", LocksOf(Anonymous(), new MadviseCall(Caller, A + 1, Page, Madv.DontNeed)));
    }

    [Fact]
    public void Page_faults()
    {
        var untouched = Do(Empty(), new MmapCall(Caller, A, 4 * Page, Prot.Read | Prot.Write, MapFlags.Private | MapFlags.Anonymous));
        Assert.Equal("", LocksOf(untouched, new AccessCall(Caller, A, null)));
        Assert.Equal("R", LocksOf(untouched, new AccessCall(Caller, A, 1)));
        Assert.Equal("", LocksOf(Do(untouched, new AccessCall(Caller, A, 1)), new AccessCall(Caller, A + Page, 1)));
    }

    private static Machine Empty() => new Machine(KernelEra.V6_18, KernelBuild.Recorded).AddProcess(out _);

    private static Machine Anonymous()
    {
        var machine = Do(Empty(), new MmapCall(Caller, A, 4 * Page, Prot.Read | Prot.Write, MapFlags.Private | MapFlags.Anonymous));
        for (var i = 0UL; i < 4; i++)
        {
            machine = Do(machine, new AccessCall(Caller, A + (i * Page), 1));
        }

        return machine;
    }

    private static Machine Do(Machine machine, Call call)
    {
        var step = machine.Run(call);
        Assert.True(step.IsEnd && step.Result.IsSuccess, $"{call}: {step.Result}");
        return step.Machine;
    }

    // One letter whenever the caller's hold on mmap_lock appears or changes between two steps.
    private static string LocksOf(Machine machine, Call call)
    {
        var taken = string.Empty;
        var held = '-';
        for (var step = Step.GoOn(machine, call); !step.IsEnd;)
        {
            step = step.Next!.Step(step.Machine);
            Assert.False(step.IsBlocked);
            var mm = step.Machine.Space(1).Lock;
            var now = mm.Writer == 1 ? 'W' : mm.IsReader(1) ? 'R' : '-';
            taken += now != '-' && now != held ? now : string.Empty;
            held = now;
        }

        Assert.Equal('-', held);
        return taken;
    }
}
