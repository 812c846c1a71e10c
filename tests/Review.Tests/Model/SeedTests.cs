using Review.Model;
using Review.Model.Calls;
using Review.Model.Eras;
using Review.Model.Faults;
using Review.Model.Gup;
using Review.Model.Memory;
using Review.Model.Userfault;

namespace Review.Tests.Model;

/// <summary>What the discussions behind the tool say of accesses that may not fault, hints of NUMA balancing, volatile ranges and the race of 2021.</summary>
public sealed class SeedTests
{
    private const ulong A = 0x2000_0000_0000;
    private const ulong Page = Pages.Size;

    private static readonly Current Caller = new(1, 1);

    [Fact]
    public void A_forked_child_has_no_entry_for_a_shared_file_page_though_it_is_in_memory()
    {
        var parent = Do(MapFile(), new AccessCall(Caller, A, null));
        var forked = parent.Run(new ForkCall(Caller));
        var child = new Current((int)forked.Result.Value, 2);
        var atomic = forked.Machine.With(child.Process, forked.Machine.Process(child.Process) with { PageFaultsDisabled = true });

        Assert.Equal(Errno.EFAULT, atomic.Run(new AccessCall(child, A, null)).Result.Error);
        Assert.Equal(Errno.EFAULT, atomic.Run(new SpeculativeAccessCall(child, A, null)).Result.Error);
        Assert.Equal(0UL, FastOnly(forked.Machine, 2, child).Value);
        Assert.Equal(1UL, Slow(forked.Machine, 2, child, GupFlags.Get).Value);
        Assert.Equal(new CallResult(0x21), forked.Machine.Run(new AccessCall(child, A, null)).Result);
    }

    [Fact]
    public void A_hint_of_NUMA_balancing_stops_accesses_that_may_not_fault()
    {
        var machine = Do(MapAnonymous(), new AccessCall(Caller, A, 7)).AddNumaHints(1, A, A + Page);
        var atomic = machine.With(1, machine.Process(1) with { PageFaultsDisabled = true });

        Assert.Equal(Errno.EFAULT, atomic.Run(new AccessCall(Caller, A, null)).Result.Error);
        Assert.Equal(0UL, FastOnly(machine, 1, Caller).Value);
        Assert.Equal(new CallResult(7), machine.Run(new AccessCall(Caller, A, null)).Result);
        Assert.Equal(1UL, FastOnly(Do(machine, new AccessCall(Caller, A, null)), 1, Caller).Value);
    }

    [Fact]
    public void GUP_takes_a_hinted_page_unless_it_is_asked_to_honour_hints()
    {
        var machine = Do(MapAnonymous(), new AccessCall(Caller, A, 7)).AddNumaHints(1, A, A + Page);
        var plain = machine.Run(new GupCall(Caller, 1, A, 1, GupFlags.Get, IsFast: false)).Machine;
        var honouring = machine.Run(new GupCall(Caller, 1, A, 1, GupFlags.Get | GupFlags.HonorNumaFault, IsFast: true)).Machine;
        var remote = machine.Run(new GupCall(Caller, 1, A, 1, GupFlags.Get | GupFlags.Remote, IsFast: false));

        Assert.True(plain.Space(1).PteAt(A).Has(PteFlags.ProtNone));
        Assert.False(honouring.Space(1).PteAt(A).Has(PteFlags.ProtNone));
        Assert.Equal(1UL, remote.Result.Value);
        Assert.All(new[] { plain, honouring }, static after => Assert.Equal(1, after.FrameAt(after.Space(1).PteAt(A).Frame).References));
    }

    [Theory]
    [InlineData(VolatilePolicy.ZeroFill, Signal.None, Errno.None)]
    [InlineData(VolatilePolicy.SigBus, Signal.Bus, Errno.EFAULT)]
    public void A_purged_volatile_page_gives_zeroes_or_a_signal(VolatilePolicy policy, Signal signal, Errno copied)
    {
        var machine = Do(MapAnonymous(), new AccessCall(Caller, A, 7));
        Assert.Equal(Errno.None, VolatileMemory.Mark(ref machine, 1, new VolatileRange(A, A + (2 * Page), policy)));
        Assert.Equal(new CallResult(7), machine.Run(new AccessCall(Caller, A, null)).Result);

        var purged = machine.Purge(1, A, A + Page);
        Assert.Equal(new CallResult(0, Errno.None, signal), purged.Run(new AccessCall(Caller, A, null)).Result);
        Assert.Equal(copied, purged.Run(new CopyCall(Caller, 1, A, CopyWay.ProcessVm, null)).Result.Error);
        VolatileMemory.Unmark(ref purged, 1, A, A + Page, out var wasPurged);
        Assert.True(wasPurged);
        Assert.Equal(CallResult.Success, purged.Run(new AccessCall(Caller, A, null)).Result);
    }

    [Fact]
    public void A_purged_volatile_page_may_be_asked_of_a_monitor()
    {
        var machine = Do(MapAnonymous(), new AccessCall(Caller, A, 7)).OpenUserfaultfd(1, UffdFeatures.None, out var uffd);
        machine = Do(machine, new UffdRegisterCall(Caller, uffd, A, 4 * Page, VmFlags.UffdMissing));
        Assert.Equal(Errno.None, VolatileMemory.Mark(ref machine, 1, new VolatileRange(A, A + Page, VolatilePolicy.Userfault)));
        var waiting = machine.Purge(1, A, A + Page).Run(new AccessCall(Caller, A, null));
        Assert.True(waiting.IsBlocked);

        var read = waiting.Machine.Read(uffd, out var message);
        Assert.Equal(A, message!.Value.Start);
        var resolved = Do(read, new UffdCopyCall(new Current(1, 2), uffd, A, Page, 9));
        Assert.Equal(new CallResult(9), resolved.Run(waiting.Next!).Result);
    }

    [Theory]
    [InlineData("v5.15", 1)]
    [InlineData("v6.1", 1)]
    [InlineData("v6.12", 1)]
    [InlineData("v6.18", 2)]
    public void The_race_of_2021_loses_the_second_page_up_to_6_12(string era, int zapped)
    {
        var machine = MapAnonymous(KernelEra.Find(era)!).OpenUserfaultfd(1, UffdFeatures.EventRemove, out var uffd);
        machine = Do(Do(machine, new AccessCall(Caller, A, 1)), new AccessCall(Caller, A + Page, 2));
        machine = Do(machine, new UffdRegisterCall(Caller, uffd, A, 4 * Page, VmFlags.UffdMissing));

        var step = machine.Run(new MadviseCall(Caller, A, 2 * Page, Madv.DontNeed));
        Assert.True(step.IsBlocked);
        var waiting = step.Next!;
        machine = Do(step.Machine, new MprotectCall(new Current(1, 2), A + Page, Page, Prot.Read));
        var events = 0;
        for (step = machine.Run(waiting); !step.IsEnd; step = machine.Run(step.Next!))
        {
            machine = step.Machine.Read(uffd, out var message);
            Assert.NotNull(message);
            events++;
        }

        Assert.Equal(CallResult.Success, step.Result);
        Assert.Equal(zapped, PageView.States(step.Machine, 1, A, 2).Count(static state => state == '.'));
        Assert.Equal(zapped, events);
    }

    [Fact]
    public void A_speculative_fault_is_done_again_when_the_VMA_changed_meanwhile()
    {
        var machine = Do(MapAnonymous(), new AccessCall(Caller, A + Page, 1));
        var looked = new SpeculativeAccessCall(Caller, A, 5).Step(machine);
        var changed = Do(looked.Machine, new MprotectCall(new Current(1, 2), A, Page, Prot.Read));
        Assert.Equal(Signal.Segv, changed.Run(looked.Next!).Result.Signal);
        Assert.Equal(Signal.None, machine.Run(looked.Next!).Result.Signal);
        Assert.Equal('a', PageView.StateAt(machine.Run(looked.Next!).Machine, 1, A));
    }

    private static CallResult FastOnly(Machine machine, int space, Current current) =>
        machine.Run(new GupCall(current, space, A, 1, GupFlags.Get | GupFlags.FastOnly, IsFast: true)).Result;

    private static CallResult Slow(Machine machine, int space, Current current, GupFlags flags) => machine.Run(new GupCall(current, space, A, 1, flags, IsFast: false)).Result;

    private static Machine MapFile()
    {
        var machine = new Machine(KernelEra.V6_18, KernelBuild.Recorded).AddProcess(out _).AddFile(new FileObject(Backing.DiskFile, 4), out var file).WritePage(file, 0, 0x21);
        return Do(machine, new MmapCall(Caller, A, 4 * Page, Prot.Read, MapFlags.Shared, file));
    }

    private static Machine MapAnonymous(KernelEra? era = null) =>
        Do(new Machine(era ?? KernelEra.V6_18, KernelBuild.Recorded).AddProcess(out _), new MmapCall(Caller, A, 4 * Page, Prot.Read | Prot.Write, MapFlags.Private | MapFlags.Anonymous));

    private static Machine Do(Machine machine, Call call)
    {
        var step = machine.Run(call);
        Assert.True(step.IsEnd && step.Result.IsSuccess, $"{call}: {step.Result}");
        return step.Machine;
    }
}
