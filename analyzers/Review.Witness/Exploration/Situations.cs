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

    /// <summary>All situations for an advice, those with nobody else first.</summary>
    public static IEnumerable<Situation> For(int advice, KernelEra era) =>
        from program in Programs()
        from layout in Layouts(era)
        select new Situation($"{layout.Name}{program.Name}", layout.Machine, 1, Layout.A + (layout.First * PageSize), layout.Pages * PageSize, advice, program.Calls);

    private const ulong PageSize = 4096;

    private static IEnumerable<(string Name, Machine Machine, ulong First, ulong Pages)> Layouts(KernelEra era)
    {
        var empty = Layout.Empty(era);
        yield return ("anonymous memory with a userfaultfd", empty.Anonymous(0, Pages).Watched(), 0, Pages);
        yield return ("anonymous memory", empty.Anonymous(0, Pages), 0, Pages);
        yield return ("a shared file", empty.SharedFile(0, Pages, Backing.DiskFile), 0, Pages);
        yield return ("shared memory with a userfaultfd", empty.SharedFile(0, Pages, Backing.Shmem).Watched(), 0, Pages);
        yield return ("a part of anonymous memory", empty.Anonymous(0, Pages + 1), 1, 1);
        yield return ("locked memory", empty.Anonymous(0, Pages).Do(static current => new MlockCall(current, Layout.A, Pages * PageSize, VmFlags.Locked)), 0, Pages);
        yield return ("memory with a hole", empty.Anonymous(0, 1).Anonymous(2, 1), 0, Pages + 1);
        yield return ("two VMAs with a userfaultfd", empty.Anonymous(0, 1).Do(static current => new MprotectCall(current, Layout.A, PageSize, Prot.Read)).Anonymous(1, 1).Watched(), 0, Pages);
        yield return ("two VMAs behind another one", empty.Anonymous(-1, 3).Do(static current => new MprotectCall(current, Layout.A, PageSize, Prot.Read)), 0, Pages);
        yield return ("a part of anonymous memory at the limit of VMAs", empty.Anonymous(0, Pages + 1) with { MaxMapCount = 1 }, 1, 1);
        yield return ("two VMAs", empty.Anonymous(0, 1).Do(current => new MprotectCall(current, Layout.A, PageSize, Prot.Read)).Anonymous(1, 1), 0, Pages);
    }

    private static IEnumerable<(string Name, ImmutableArray<Call> Calls)> Programs()
    {
        yield return ("", []);
        yield return (", mprotect() of the first page", [Protect(0, 1)]);
        yield return (", mprotect() of the second page", [Protect(1, 1)]);
        yield return (", munmap() of all", [Unmap(0, Pages + 1)]);
        yield return (", munmap() of the first page", [Unmap(0, 1)]);
        yield return (", munmap() of the second page", [Unmap(1, 1)]);
        yield return (", munmap() and mmap()", [Unmap(0, Pages), Map(0, 1)]);
        yield return (", mlock()", [new MlockCall(Other, Layout.A, PageSize, VmFlags.Locked)]);
    }

    private static MprotectCall Protect(ulong first, ulong count) => new(Other, Layout.A + (first * PageSize), count * PageSize, Prot.Read);

    private static MunmapCall Unmap(ulong first, ulong count) => new(Other, Layout.A + (first * PageSize), count * PageSize);

    private static MmapCall Map(ulong first, ulong count) => new(Other, Layout.A + (first * PageSize), count * PageSize, Prot.Read | Prot.Write, MapFlags.Private | MapFlags.Anonymous);
}
