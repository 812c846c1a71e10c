using Review.Model.Eras;
using Review.Model.Gup;
using Review.Model.Memory;

namespace Review.Model.Scenarios;

/// <summary>The words of the scenario format (the page ScenarioFormat.md lists them).</summary>
internal static class Vocabulary
{
    public static readonly Words<FileKind> FileKinds = new(("ext", FileKind.Disk), ("tmpfs", FileKind.Tmpfs), ("memfd", FileKind.Memfd), ("secret", FileKind.Secret));

    public static readonly Words<MappingFlags> MappingFlags = new(
        ("private", Scenarios.MappingFlags.Private),
        ("shared", Scenarios.MappingFlags.Shared),
        ("anon", Scenarios.MappingFlags.Anonymous),
        ("populate", Scenarios.MappingFlags.Populate),
        ("locked", Scenarios.MappingFlags.Locked),
        ("noreserve", Scenarios.MappingFlags.NoReserve),
        ("noreplace", Scenarios.MappingFlags.NoReplace),
        ("growsdown", Scenarios.MappingFlags.GrowsDown),
        ("hugetlb", Scenarios.MappingFlags.HugeTlb),
        ("droppable", Scenarios.MappingFlags.Droppable));

    public static readonly Words<RemapFlags> RemapFlags = new(
        ("maymove", Scenarios.RemapFlags.MayMove), ("fixed", Scenarios.RemapFlags.Fixed), ("dontunmap", Scenarios.RemapFlags.DontUnmap));

    public static readonly Words<AdviseTarget> Targets = new(
        ("self", AdviseTarget.Self),
        ("pidfd_self", AdviseTarget.PidfdSelf),
        ("child", AdviseTarget.Child),
        ("reaped", AdviseTarget.Reaped),
        ("badfd", AdviseTarget.BadDescriptor),
        ("stdin", AdviseTarget.NotPidfd));

    public static readonly Words<AccessOutcome> Outcomes = new(
        ("ok", AccessOutcome.Done), ("sigsegv", AccessOutcome.SegmentationFault), ("sigbus", AccessOutcome.BusError));

    public static readonly Words<PageContent> Contents = new(("pattern", PageContent.Pattern), ("file", PageContent.File), ("zero", PageContent.Zero));

    public static readonly Words<RemoteAccess> RemoteAccesses = new(
        ("vm_readv", RemoteAccess.VmReadv),
        ("vm_writev", RemoteAccess.VmWritev),
        ("vmsplice", RemoteAccess.Vmsplice),
        ("procmem_read", RemoteAccess.ProcMemRead),
        ("procmem_write", RemoteAccess.ProcMemWrite));

    public static readonly Words<UffdFeatures> UffdFeatures = new(
        ("sigbus", Scenarios.UffdFeatures.SigBus),
        ("event_remove", Scenarios.UffdFeatures.EventRemove),
        ("event_unmap", Scenarios.UffdFeatures.EventUnmap),
        ("event_remap", Scenarios.UffdFeatures.EventRemap),
        ("event_fork", Scenarios.UffdFeatures.EventFork),
        ("wp", Scenarios.UffdFeatures.WriteProtect));

    public static readonly Words<UffdModes> UffdModes = new(
        ("missing", Scenarios.UffdModes.Missing), ("wp", Scenarios.UffdModes.WriteProtect), ("minor", Scenarios.UffdModes.Minor));

    public static readonly Words<GupFlags> GupFlags = new(
        ("write", Gup.GupFlags.Write),
        ("get", Gup.GupFlags.Get),
        ("pin", Gup.GupFlags.Pin),
        ("force", Gup.GupFlags.Force),
        ("nowait", Gup.GupFlags.NoWait),
        ("nofault", Gup.GupFlags.NoFault),
        ("longterm", Gup.GupFlags.LongTerm),
        ("remote", Gup.GupFlags.Remote),
        ("honor_numa_fault", Gup.GupFlags.HonorNumaFault),
        ("fast_only", Gup.GupFlags.FastOnly));

    public static readonly Words<VolatilePolicy> VolatilePolicies = new(("zero", VolatilePolicy.ZeroFill), ("sigbus", VolatilePolicy.SigBus), ("userfault", VolatilePolicy.Userfault));

    public static readonly Words<Defects> Defects = new(
        ("no-notifier-start", Eras.Defects.NoNotifierStart),
        ("no-notifier-end", Eras.Defects.NoNotifierEnd),
        ("frees-before-flush", Eras.Defects.FreesBeforeFlush),
        ("frees-referenced-pages", Eras.Defects.FreesReferencedPages),
        ("no-remove-event", Eras.Defects.NoRemoveEvent),
        ("read-lock-for-writing", Eras.Defects.ReadLockForWriting),
        ("no-fork-event", Eras.Defects.NoForkEvent),
        ("no-vma-sequence-check", Eras.Defects.NoVmaSequenceCheck),
        ("no-vma-recheck", Eras.Defects.NoVmaRecheck));

    public static readonly Words<SpeculativeWay> SpeculativeWays = new(
        ("vma-lock", SpeculativeWay.VmaLock),
        ("copied-vma", SpeculativeWay.CopiedVma));

    public static readonly Words<UffdEvent> Events = new(
        ("none", UffdEvent.None),
        ("PAGEFAULT", UffdEvent.PageFault),
        ("FORK", UffdEvent.Fork),
        ("REMAP", UffdEvent.Remap),
        ("REMOVE", UffdEvent.Remove),
        ("UNMAP", UffdEvent.Unmap));
}
