using FsCheck;
using FsCheck.Fluent;
using Review.Model;
using Review.Model.Calls;
using Review.Model.Eras;
using Review.Model.Memory;
using CheckConfig = FsCheck.Config;

namespace Review.Tests.Model;

/// <summary>Laws that hold after any sequence of calls.</summary>
public sealed class ModelLawTests
{
    private const ulong A = 0x2000_0000_0000;
    private const int Window = 8;

    private static readonly Current Caller = new(1, 1);

    private static readonly int[] ZappingAdvice = [Madv.DontNeed, Madv.DontNeedLocked, Madv.Free, Madv.PageOut, Madv.GuardRemove];

    private static readonly Gen<Call> Calls = Gen.OneOf(
        Range((start, length) => new MmapCall(Caller, start, length, Prot.Read | Prot.Write, MapFlags.Private | MapFlags.Anonymous)),
        Range((start, length) => new MmapCall(Caller, start, length, Prot.Read, MapFlags.Private | MapFlags.Anonymous | MapFlags.Populate)),
        Range((start, length) => new MmapCall(Caller, start, length, Prot.Read | Prot.Write, MapFlags.Shared, 1)),
        Range((start, length) => new MmapCall(Caller, start, length, Prot.Read | Prot.Write, MapFlags.Private, 1)),
        Range((start, length) => new MunmapCall(Caller, start, length)),
        Range((start, length) => new MprotectCall(Caller, start, length, Prot.Read)),
        Range((start, length) => new MprotectCall(Caller, start, length, Prot.Read | Prot.Write)),
        Range((start, length) => new MlockCall(Caller, start, length, VmFlags.Locked)),
        Range((start, length) => new MlockCall(Caller, start, length, VmFlags.None)),
        Range((start, length) => new MremapCall(Caller, start, length, length, RemapFlags.MayMove | RemapFlags.Fixed, A + (16 * Pages.Size))),
        Range((start, _) => new AccessCall(Caller, start, 7)),
        Range((start, _) => new AccessCall(Caller, start, null)),
        Range((start, length) => new MadviseCall(Caller, start, length, Madv.Random)),
        from advice in Gen.Elements(Madv.Names.Keys.ToArray())
        from range in Ranges
        select (Call)new MadviseCall(Caller, range.Start, range.Length, advice));

    private static Gen<(ulong Start, ulong Length)> Ranges =>
        from first in Gen.Choose(0, Window - 1)
        from count in Gen.Choose(1, Window)
        select (A + ((ulong)first * Pages.Size), (ulong)Math.Min(count, Window - first) * Pages.Size);

    private static Arbitrary<Call[]> Sequences => Gen.ArrayOf(Calls, 10).ToArbitrary();

    [Fact]
    public void VMAs_are_sorted_and_do_not_overlap() => Check(Sequences, static calls =>
    {
        var vmas = Run(Start(), calls).Space(1).Vmas;
        return vmas.All(static vma => vma.Start < vma.End && Pages.IsAligned(vma.Start) && Pages.IsAligned(vma.End))
            && vmas.Zip(vmas.Skip(1)).All(static pair => pair.First.End <= pair.Second.Start);
    });

    [Fact]
    public void Pages_are_mapped_inside_VMAs_only_and_counted_right() => Check(Sequences, static calls => AddsUp(Run(Start(), calls)));

    [Fact]
    public void Everything_is_given_back_when_all_is_unmapped() => Check(Sequences, static calls =>
    {
        var machine = Run(Start(), calls);
        var empty = Run(machine, [new MunmapCall(Caller, A, 64 * Pages.Size)]);
        return empty.Space(1) is { Vmas.Count: 0, Table.Count: 0 } && empty.Frames.Count == empty.Files.Sum(static file => file.Cache.Count);
    });

    [Fact]
    public void No_lock_is_held_between_calls() => Check(Sequences, static calls =>
        Run(Start(), calls).Space(1) is { Lock: { Writer: 0, Readers: 0 }, VmaLocks.Count: 0 });

    [Fact]
    public void Splitting_and_undoing_it_is_nothing() => Check(Gen.Zip(Gen.ArrayOf(Calls, 6), Ranges).ToArbitrary(), static input =>
    {
        var machine = Run(Start(), [.. input.Item1, new MadviseCall(Caller, A, Window * Pages.Size, Madv.Random)]);
        var there = Run(machine, [new MadviseCall(Caller, input.Item2.Start, input.Item2.Length, Madv.Normal)]);
        var back = Run(there, [new MadviseCall(Caller, input.Item2.Start, input.Item2.Length, Madv.Random)]);
        return Shape(back).SequenceEqual(Shape(machine), StringComparer.Ordinal);
    });

    [Fact]
    public void Zapping_twice_is_zapping_once() => Check(Gen.Zip(Gen.ArrayOf(Calls, 8), Ranges).ToArbitrary(), static input =>
        ZappingAdvice.All(advice =>
        {
            var call = new MadviseCall(Caller, input.Item2.Start, input.Item2.Length, advice);
            var once = Run(Start(), [.. input.Item1, call]);
            return Run(once, [call]).Equals(once);
        }));

    [Fact]
    public void A_range_is_its_two_parts() => Check(Gen.Zip(Gen.ArrayOf(Calls, 8), Gen.Choose(1, Window - 1)).ToArbitrary(), static input =>
        new[] { Madv.DontNeed, Madv.Free, Madv.Random, Madv.DontDump, Madv.GuardInstall, Madv.GuardRemove, Madv.Cold }.All(advice =>
        {
            var machine = Run(Start(), input.Item1);
            var middle = A + ((ulong)input.Item2 * Pages.Size);
            var whole = new MadviseCall(Caller, A, Window * Pages.Size, advice);
            if (machine.Run(whole).Result.Error != Errno.None)
            {
                // An error ends the walk, so the parts behind it differ.
                return true;
            }

            var one = Run(machine, [whole]);
            var two = Run(machine, [new MadviseCall(Caller, A, middle - A, advice), new MadviseCall(Caller, middle, A + (Window * Pages.Size) - middle, advice)]);
            return PageView.States(one, 1, A, Window) == PageView.States(two, 1, A, Window)
                && Shape(one).SequenceEqual(Shape(two), StringComparer.Ordinal);
        }));

    [Fact]
    public void Equal_sequences_give_equal_machines() => Check(Sequences, static calls =>
    {
        var (one, two) = (Run(Start(), calls), Run(Start(), calls));
        return one.Equals(two) && one.GetHashCode() == two.GetHashCode() && one.WithCanonicalNumbers().Equals(two.WithCanonicalNumbers());
    });

    [Fact]
    public void Canonical_numbers_change_nothing_that_can_be_seen() => Check(Sequences, static calls =>
    {
        var machine = Run(Start(), calls);
        var canonical = machine.WithCanonicalNumbers();
        return AddsUp(canonical) && PageView.States(machine, 1, A, 32) == PageView.States(canonical, 1, A, 32) && canonical.WithCanonicalNumbers().Equals(canonical);
    });

    private static Gen<Call> Range(Func<ulong, ulong, Call> call) => Ranges.Select(range => call(range.Start, range.Length));

    private static void Check<T>(Arbitrary<T> inputs, Func<T, bool> law) =>
        Prop.ForAll(inputs, law).Check(CheckConfig.QuickThrowOnFailure.WithMaxTest(400).WithReplay(20261127, 7));

    private static Machine Start() =>
        new Machine(KernelEra.V6_18, KernelBuild.Recorded).AddProcess(out _).AddFile(new FileObject(Backing.DiskFile, 6), out var file).WritePage(file, 0, 5).WritePage(file, 1, 6);

    private static Machine Run(Machine machine, IEnumerable<Call> calls)
    {
        foreach (var call in calls)
        {
            var step = machine.Run(call);
            Assert.True(step.IsEnd, $"{call} waits");
            machine = step.Machine;
        }

        return machine;
    }

    private static string[] Shape(Machine machine) =>
        [.. machine.Space(1).Vmas.Select(static vma => $"{vma.Start:x}-{vma.End:x} {string.Join(' ', VmFlagNames.Of(vma.Flags))} {vma.File} {vma.PageOffset}")];

    private static bool AddsUp(Machine machine)
    {
        var mapped = new Dictionary<int, int>();
        foreach (var space in machine.Spaces)
        {
            foreach (var (number, pte) in space.Table.In(0, ulong.MaxValue))
            {
                if (space.Lookup(number << Pages.Shift) is null)
                {
                    return false;
                }

                if (pte.Frame != 0)
                {
                    mapped[pte.Frame] = mapped.GetValueOrDefault(pte.Frame) + 1;
                }
            }
        }

        var cached = machine.Files.SelectMany(static file => file.Cache.In(0, ulong.MaxValue)).Select(static pair => pair.Value).ToHashSet();
        return machine.Frames.In(0, ulong.MaxValue).All(frame =>
            frame.Value.MapCount == mapped.GetValueOrDefault((int)frame.Key) && frame.Value.Has(FrameFlags.Cached) == cached.Contains((int)frame.Key))
            && mapped.Keys.All(number => machine.FrameAt(number).Has(FrameFlags.Used));
    }
}
