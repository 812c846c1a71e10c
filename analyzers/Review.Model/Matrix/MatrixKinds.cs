using Review.Model.Calls;
using Review.Model.Memory;
using Review.Model.Userfault;

namespace Review.Model.Matrix;

/// <summary>The kinds of memory of the matrix, set up by the calls a program would make.</summary>
internal static class MatrixKinds
{
    private const Prot ReadWrite = Prot.Read | Prot.Write;
    private const MapFlags Private = MapFlags.Private;
    private const MapFlags Shared = MapFlags.Shared;

    private static readonly Dictionary<string, (int Units, Action<MatrixBench> SetUp)> Kinds = new(StringComparer.Ordinal)
    {
        ["anon_rw"] = (8, static bench => bench.Map(Private).Write()),
        ["anon_rw_untouched"] = (8, static bench => bench.Map(Private)),
        ["anon_ro"] = (8, static bench => bench.Map(Private).Write().Protect(Prot.Read)),
        ["anon_none"] = (8, static bench => bench.Map(Private).Write().Protect(Prot.None)),
        ["anon_wo"] = (8, static bench => bench.Map(Private).Write().Protect(Prot.Write)),
        ["anon_shared_rw"] = (8, static bench => bench.Map(Shared).Write()),
        ["anon_shared_ro"] = (8, static bench => bench.Map(Shared).Write().Protect(Prot.Read)),
        ["anon_shared_rw_untouched"] = (8, static bench => bench.Map(Shared)),
        ["file_priv_ro"] = (8, static bench => bench.MapFile(Backing.DiskFile, Private, Prot.Read).Read()),
        ["file_priv_rw_cow"] = (8, static bench => bench.MapFile(Backing.DiskFile, Private, ReadWrite).Write()),
        ["file_shared_rw"] = (8, static bench => bench.MapFile(Backing.DiskFile, Shared, ReadWrite).Read()),
        ["file_shared_ro_rwfd"] = (8, static bench => bench.MapFile(Backing.DiskFile, Shared, Prot.Read).Read()),
        ["file_shared_ro_rofd"] = (8, static bench => bench.MapFile(Backing.DiskFile, Shared, Prot.Read, isWritable: false).Read()),
        ["file_shared_rw_past_eof"] = (8, static bench => bench.MapFile(Backing.DiskFile, Shared, ReadWrite, filePages: 4).Read(4)),
        ["memfd_shared_rw"] = (8, static bench => bench.MapFile(Backing.Shmem, Shared, ReadWrite).Read()),
        ["memfd_shared_ro_rwfd"] = (8, static bench => bench.MapFile(Backing.Shmem, Shared, Prot.Read).Read()),
        ["memfd_priv_ro"] = (8, static bench => bench.MapFile(Backing.Shmem, Private, Prot.Read).Read()),
        ["memfd_priv_rw_cow"] = (8, static bench => bench.MapFile(Backing.Shmem, Private, ReadWrite).Write()),
        ["memfd_wrsealed_ro"] = (8, static bench => bench.MapFile(Backing.Shmem, Shared, Prot.Read, isSealed: true).Read()),
        ["hugetlb_anon"] = (4, static bench => bench.Map(Private | MapFlags.HugeTlb).Write()),
        ["hugetlb_shared"] = (4, static bench => bench.Map(Shared | MapFlags.HugeTlb).Write()),
        ["locked_anon_rw"] = (8, static bench => bench.Map(Private).Write().Lock()),
        ["locked_onfault_untouched"] = (8, static bench => bench.Map(Private).Lock(VmFlags.LockedMask)),
        ["locked_anon_ro"] = (8, static bench => bench.Map(Private).Write().Protect(Prot.Read).Lock()),
        ["locked_file_shared_rw"] = (8, static bench => bench.MapFile(Backing.DiskFile, Shared, ReadWrite).Read().Lock()),
        ["locked_memfd_shared_rw"] = (8, static bench => bench.MapFile(Backing.Shmem, Shared, ReadWrite).Read().Lock()),
        ["secretmem"] = (8, static bench => bench.MapFile(Backing.Secret, Shared, ReadWrite).Write()),
        ["growsdown"] = (8, static bench => bench.Map(Private | MapFlags.GrowsDown).Write()),
        ["droppable"] = (8, static bench => bench.Map(MapFlags.Droppable).Write()),
        ["sealed_anon_rw"] = (8, static bench => bench.Map(Private).Write().Seal()),
        ["sealed_anon_ro"] = (8, static bench => bench.Map(Private).Write().Protect(Prot.Read).Seal()),
        ["sealed_anon_none"] = (8, static bench => bench.Map(Private).Write().Protect(Prot.None).Seal()),
        ["sealed_file_priv_ro"] = (8, static bench => bench.MapFile(Backing.DiskFile, Private, Prot.Read).Read().Seal()),
        ["sealed_memfd_shared_rw"] = (8, static bench => bench.MapFile(Backing.Shmem, Shared, ReadWrite).Read().Seal()),
        ["sealed_anon_shared_ro"] = (8, static bench => bench.Map(Shared).Write().Protect(Prot.Read).Seal()),
        ["uffd_missing_sigbus"] = (8, static bench => bench.Map(Private).Write().Register(UffdFeatures.SigBus, VmFlags.UffdMissing)),
        ["uffd_wp"] = (8, static bench => bench.Map(Private).Write().Register(UffdFeatures.PageFaultFlagWp, VmFlags.UffdWp)),
        ["guarded_mid"] = (8, static bench => bench.Map(Private).Write().Advise(Madv.GuardInstall, 3, 5)),
        ["dontfork_anon"] = (8, static bench => bench.Map(Private).Write().Advise(Madv.DontFork)),
        ["wipeonfork_anon"] = (8, static bench => bench.Map(Private).Write().Advise(Madv.WipeOnFork)),
        ["mergeable_anon"] = (8, static bench => bench.Map(Private).Write().Advise(Madv.Mergeable)),
        ["perf_ring"] = (9, static bench => bench.MapSpecial(Backing.PerfRing)),
        ["io_uring_ring"] = (4, static bench => bench.MapSpecial(Backing.IoUringRing)),
        ["packet_ring"] = (8, static bench => bench.MapSpecial(Backing.PacketRing)),
        ["vvar"] = (4, static bench => bench.MapSpecial(Backing.Vvar)),
        ["vdso"] = (2, static bench => bench.MapSpecial(Backing.Vdso)),
    };

    /// <summary>The names of the kinds.</summary>
    public static IEnumerable<string> Names => Kinds.Keys;

    /// <summary>A bench with memory of a kind; null for a kind that is not known.</summary>
    public static MatrixBench? SetUp(string name)
    {
        if (!Kinds.TryGetValue(name, out var kind))
        {
            return null;
        }

        var bench = new MatrixBench(kind.Units, name.StartsWith("hugetlb", StringComparison.Ordinal) ? Pages.HugeSize : Pages.Size);
        kind.SetUp(bench);
        return bench;
    }
}
