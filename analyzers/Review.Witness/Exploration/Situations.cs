using System.Collections.Concurrent;
using System.Collections.Immutable;
using Review.Model;
using Review.Model.Calls;
using Review.Model.Eras;
using Review.Model.Memory;

namespace Review.Witness.Exploration;

/// <summary>
/// The situations that are tried for an advice: small address spaces in which every rule of madvise() can make a difference, and every short program of
/// another thread that can change them meanwhile. They depend on the advice alone, not on the code.
/// </summary>
public static class Situations
{
    private const int Pages = 2;

    private static readonly Current Other = new(1, Situation.OtherThread);

    private static readonly ConcurrentDictionary<(KernelEra Era, KernelBuild Build), ImmutableArray<Start>> Starts = new();

    /// <summary>All situations for an advice, those with nobody else first.</summary>
    public static IEnumerable<Situation> For(int advice, KernelEra era, KernelBuild? build = null) =>
        from program in Programs()
        from start in Starts.GetOrAdd((era, build ?? KernelBuild.Recorded), static key => [.. Layouts(key.Era, key.Build)])
        where start.Only is null || start.Only == advice
        where program.Calls.IsEmpty || (!start.IsAlone && Changes(start.Machine, program.Calls))
        select new Situation($"{start.Name}{program.Name}", start.Machine, 1, start.Address, start.Length, advice, program.Calls);

    private const ulong PageSize = 4096;
    private const ulong HugePage = 512;

    private static IEnumerable<Start> Layouts(KernelEra era, KernelBuild build)
    {
        var empty = Layout.Empty(era, build);
        yield return new Start("anonymous memory with a userfaultfd", empty.Anonymous(0, Pages).Watched(), 0, Pages);
        yield return new Start("anonymous memory", empty.Anonymous(0, Pages), 0, Pages);
        yield return new Start("a shared file", empty.SharedFile(0, Pages, Backing.DiskFile), 0, Pages);
        yield return new Start("shared memory with a userfaultfd", empty.SharedFile(0, Pages, Backing.Shmem).Watched(), 0, Pages);
        yield return new Start("a part of anonymous memory", empty.Anonymous(0, Pages + 1), 1, 1);
        yield return new Start("locked memory", empty.Anonymous(0, Pages).Do(static current => new MlockCall(current, Layout.A, Pages * PageSize, VmFlags.Locked)), 0, Pages);
        yield return new Start("memory with a hole", empty.Anonymous(0, 1).Anonymous(2, 1), 0, Pages + 1);
        yield return new Start("two VMAs with a userfaultfd", empty.Anonymous(0, 1).Do(static current => new MprotectCall(current, Layout.A, PageSize, Prot.Read)).Anonymous(1, 1).Watched(), 0, Pages);
        yield return new Start("two VMAs behind another one", empty.Anonymous(-1, 3).Do(static current => new MprotectCall(current, Layout.A, PageSize, Prot.Read)), 0, Pages);
        yield return new Start("a part of anonymous memory at the limit of VMAs", empty.Anonymous(0, Pages + 1) with { MaxMapCount = 1 }, 1, 1);
        yield return new Start("a private file", empty.PrivateFile(0, Pages), 0, Pages);
        yield return new Start("a shared file behind another VMA", empty.Anonymous(-1, 1).SharedFile(0, Pages, Backing.DiskFile), 0, Pages);
        yield return new Start("a part of a shared file", empty.SharedFile(0, Pages + 1, Backing.DiskFile), 1, 1);
        yield return new Start("a part of shared memory with a userfaultfd", empty.SharedFile(0, Pages + 1, Backing.Shmem).Watched(), 1, 1);
        yield return new Start("a shared file that ends early", empty.SharedFile(0, Pages, Backing.DiskFile, Pages - 1), 0, Pages);
        yield return new Start("two VMAs", empty.Anonymous(0, 1).Do(current => new MprotectCall(current, Layout.A, PageSize, Prot.Read)).Anonymous(1, 1), 0, Pages);
        yield return new Start("a whole huge page", empty.Anonymous(0, (int)HugePage), 0, HugePage) { Only = Madv.Collapse };

        // The VMA becomes a part of its neighbour's.
        foreach (var advice in (int[])[Madv.Random, Madv.Sequential, Madv.DontFork, Madv.DontDump, Madv.WipeOnFork])
        {
            var advised = empty.Anonymous(0, Pages);
            yield return new Start("anonymous memory behind some that has the advice", advised.Do(current => new MadviseCall(current, Layout.A, PageSize, advice)), 1, 1) { Only = advice };
            yield return new Start("anonymous memory before some that has the advice", advised.Do(current => new MadviseCall(current, Layout.A + PageSize, PageSize, advice)), 0, 1) { Only = advice };
        }

        yield return new Start("a device's memory", empty.MapSpecial(1, Backing.PerfRing, Layout.A, Pages), 0, Pages);

        yield return new Start("anonymous memory of an ordinary user", empty.Anonymous(0, Pages).OfOrdinaryUser(), 0, Pages) { IsAlone = true };
        yield return new Start("a shared file of root's, by an ordinary user", empty.SharedFile(0, Pages, Backing.DiskFile).OfOrdinaryUser(), 0, Pages) { IsAlone = true };

        // What an advice passes over, in the middle of what it does not: the walk has to go on behind it.
        yield return new Start("a shared file of root's between other VMAs, by an ordinary user", empty.Anonymous(-1, 1).SharedFile(0, 1, Backing.DiskFile).Anonymous(1, 1).OfOrdinaryUser(), 0, Pages) { IsAlone = true };

        // Ranges that are none: what comes out depends on nobody else.
        yield return new Start("a length that wraps", empty.Anonymous(0, Pages), 0, 0) { IsAlone = true, Length = unchecked(0 - PageSize) };
        yield return new Start("a length that is rounded up to nothing", empty.Anonymous(0, Pages), 0, 0) { IsAlone = true, Length = ulong.MaxValue };
        yield return new Start("no length", empty.Anonymous(0, Pages), 0, 0) { IsAlone = true };
        yield return new Start("an address inside a page", empty.Anonymous(0, Pages), 0, 1) { IsAlone = true, Address = Layout.A + 1 };
    }

    /// <summary>A machine and a range: what of a situation does not depend on the advice.</summary>
    private sealed record Start(string Name, Machine Machine, ulong First, ulong Count)
    {
        public ulong Address { get; init; } = Layout.A + (First * PageSize);

        public ulong Length { get; init; } = Count * PageSize;

        /// <summary>True if it makes no difference what others do.</summary>
        public bool IsAlone { get; init; }

        /// <summary>The only advice that it makes a difference for; null if it does for all.</summary>
        public int? Only { get; init; }
    }

    /// <summary>What another thread of the process does meanwhile: nothing first.</summary>
    /// <param name="a">The address of the first page.</param>
    internal static IEnumerable<(string Name, ImmutableArray<Call> Calls)> Programs(ulong a = Layout.A)
    {
        yield return ("", []);
        yield return (", mprotect() of the first page", [Protect(a, 1)]);
        yield return (", mprotect() of the second page", [Protect(a + PageSize, 1)]);
        yield return (", munmap() of all", [Unmap(a, Pages + 1)]);
        yield return (", munmap() of the first page", [Unmap(a, 1)]);
        yield return (", munmap() of the second page", [Unmap(a + PageSize, 1)]);
        yield return (", munmap() and mmap()", [Unmap(a, Pages), Map(a, 1)]);
        yield return (", munmap() of what lies before", [Unmap(a - PageSize, 1)]);
        yield return (", munmap() and mmap() of a huge page", [Unmap(a, Pages), new MmapCall(Other, a, Review.Model.Memory.Pages.HugeSize, Prot.Read | Prot.Write, MapFlags.Private | MapFlags.Anonymous | MapFlags.HugeTlb)]);
        yield return (", mlock()", [new MlockCall(Other, a, PageSize, VmFlags.Locked)]);
    }

    /// <summary>True if the calls of another thread leave other mappings: those that do nothing make no situation of their own.</summary>
    internal static bool Changes(Machine machine, ImmutableArray<Call> calls) =>
        !calls.Aggregate(machine, static (before, call) => before.Run(call).Machine).Space(1).Vmas.Equals(machine.Space(1).Vmas);

    private static MprotectCall Protect(ulong first, ulong count) => new(Other, first, count * PageSize, Prot.Read);

    /// <summary>The other thread's munmap() of pages from an address on.</summary>
    internal static MunmapCall Unmap(ulong first, ulong count) => new(Other, first, count * PageSize);

    private static MmapCall Map(ulong first, ulong count) => new(Other, first, count * PageSize, Prot.Read | Prot.Write, MapFlags.Private | MapFlags.Anonymous);
}
