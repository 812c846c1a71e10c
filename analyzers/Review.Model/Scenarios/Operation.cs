namespace Review.Model.Scenarios;

/// <summary>One operation of a scenario; the derived records say which. Names of mappings and files are defined by earlier operations.</summary>
public abstract record Operation;

/// <summary>An operation on the range of addresses [Address, Address + Length), both in bytes.</summary>
public abstract record RangeOperation(AddressExpression Address, AddressExpression Length) : Operation;

/// <summary>What a file of a scenario is.</summary>
public enum FileKind
{
    /// <summary>An ordinary file on a disk file system.</summary>
    Disk,

    /// <summary>A file on tmpfs.</summary>
    Tmpfs,

    /// <summary>memfd_create(2), sealing allowed.</summary>
    Memfd,

    /// <summary>memfd_secret(2).</summary>
    Secret,
}

/// <summary><c>file</c>: makes a file of so many pages and opens it.</summary>
/// <param name="Name">By which later operations mean the descriptor.</param>
/// <param name="Pages">Its size in pages.</param>
/// <param name="Kind">Where it lives.</param>
/// <param name="ZeroFilled">Zeroes; otherwise page i is filled with the byte 0x21 + i.</param>
/// <param name="ReadOnly">The descriptor is opened for reading only.</param>
/// <param name="WriteSealed">F_SEAL_WRITE is set (memfd only).</param>
public sealed record CreateFile(string Name, long Pages, FileKind Kind, bool ZeroFilled = false, bool ReadOnly = false, bool WriteSealed = false) : Operation;

/// <summary><c>ftruncate</c>: changes a file's size, in pages.</summary>
public sealed record Ftruncate(string File, long Pages, CallExpectation Expect) : Operation;

/// <summary><c>close</c>: closes a file or a userfaultfd.</summary>
public sealed record Close(string File, CallExpectation Expect) : Operation;

/// <summary>Access rights of mmap(2) and mprotect(2).</summary>
[Flags]
public enum Protection
{
    None = 0,
    Read = 1,
    Write = 2,
    Execute = 4,
}

/// <summary>Flags of mmap(2), with this program's own numbering. Without <see cref="NoReplace"/> the mapping is made with MAP_FIXED at the chosen place.</summary>
[Flags]
public enum MappingFlags
{
    None = 0,
    Private = 1 << 0,
    Shared = 1 << 1,
    Anonymous = 1 << 2,
    Populate = 1 << 3,
    Locked = 1 << 4,
    NoReserve = 1 << 5,
    NoReplace = 1 << 6,
    GrowsDown = 1 << 7,
    HugeTlb = 1 << 8,
    Droppable = 1 << 9,
}

/// <summary><c>mmap</c>: maps memory at <paramref name="At"/>, or where at least 64 pages before and behind are unmapped.</summary>
/// <param name="Name">Names the start of the mapping if the call succeeds.</param>
/// <param name="At">Where, or null for a free place.</param>
/// <param name="Align">To what a free place is aligned, in bytes; null for pages.</param>
/// <param name="Length">In bytes.</param>
/// <param name="Protection">Access rights.</param>
/// <param name="Flags">Kind of mapping.</param>
/// <param name="File">The file, or null.</param>
/// <param name="Offset">Into the file, in bytes; null for 0.</param>
/// <param name="Expect">What the call answers.</param>
public sealed record Mmap(
    string? Name,
    AddressExpression? At,
    AddressExpression? Align,
    AddressExpression Length,
    Protection Protection,
    MappingFlags Flags,
    string? File,
    AddressExpression? Offset,
    CallExpectation Expect) : Operation;

/// <summary><c>reserve</c>: names a free range of addresses where nothing is mapped.</summary>
public sealed record Reserve(string Name, AddressExpression Length, AddressExpression? Align = null) : Operation;

/// <summary><c>munmap</c></summary>
public sealed record Munmap(AddressExpression Address, AddressExpression Length, CallExpectation Expect) : RangeOperation(Address, Length);

/// <summary><c>mprotect</c></summary>
public sealed record Mprotect(AddressExpression Address, AddressExpression Length, Protection Protection, CallExpectation Expect) : RangeOperation(Address, Length);

/// <summary><c>mlock</c></summary>
public sealed record Mlock(AddressExpression Address, AddressExpression Length, CallExpectation Expect) : RangeOperation(Address, Length);

/// <summary><c>mlock2</c>, with the raw flags of the call (1: MLOCK_ONFAULT).</summary>
public sealed record Mlock2(AddressExpression Address, AddressExpression Length, int Flags, CallExpectation Expect) : RangeOperation(Address, Length);

/// <summary><c>munlock</c></summary>
public sealed record Munlock(AddressExpression Address, AddressExpression Length, CallExpectation Expect) : RangeOperation(Address, Length);

/// <summary><c>mseal</c>, with the raw flags of the call (none is defined).</summary>
public sealed record Mseal(AddressExpression Address, AddressExpression Length, ulong Flags, CallExpectation Expect) : RangeOperation(Address, Length);

/// <summary><c>msync</c>, with the raw flags of the call: MS_ASYNC 1, MS_INVALIDATE 2, MS_SYNC 4.</summary>
public sealed record Msync(AddressExpression Address, AddressExpression Length, int Flags, CallExpectation Expect) : RangeOperation(Address, Length)
{
    /// <summary>MS_ASYNC</summary>
    public const int Async = 1;

    /// <summary>MS_INVALIDATE</summary>
    public const int Invalidate = 2;

    /// <summary>MS_SYNC</summary>
    public const int Sync = 4;
}

/// <summary><c>madvise</c>; the advice may be any integer.</summary>
public sealed record Madvise(AddressExpression Address, AddressExpression Length, int Advice, CallExpectation Expect) : RangeOperation(Address, Length);

/// <summary>Whom process_madvise(2) is asked to advise.</summary>
public enum AdviseTarget
{
    /// <summary>A pidfd of the caller.</summary>
    Self,

    /// <summary>PIDFD_SELF_THREAD, -10000.</summary>
    PidfdSelf,

    /// <summary>A fresh fork of the caller.</summary>
    Child,

    /// <summary>A child that ended and was waited for.</summary>
    Reaped,

    /// <summary>-1.</summary>
    BadDescriptor,

    /// <summary>A descriptor that is no pidfd.</summary>
    NotPidfd,
}

/// <summary>One element of an I/O vector: base and length in bytes.</summary>
public sealed record VectorElement(AddressExpression Address, AddressExpression Length);

/// <summary><c>process_madvise</c></summary>
/// <param name="Target">Whom.</param>
/// <param name="Vector">The ranges.</param>
/// <param name="VectorLength">The count handed over, if it is not that of <paramref name="Vector"/>.</param>
/// <param name="NullVector">NULL is handed over as the vector.</param>
/// <param name="Advice">Any integer.</param>
/// <param name="Flags">Raw; none is defined.</param>
/// <param name="Expect">What the call answers.</param>
public sealed record ProcessMadvise(
    AdviseTarget Target,
    EquatableList<VectorElement> Vector,
    long? VectorLength,
    bool NullVector,
    int Advice,
    long Flags,
    CallExpectation Expect) : Operation;

/// <summary>Flags of mremap(2), with the kernel's values.</summary>
[Flags]
public enum RemapFlags
{
    None = 0,
    MayMove = 1,
    Fixed = 2,
    DontUnmap = 4,
}

/// <summary><c>mremap</c></summary>
/// <param name="Address">The old start.</param>
/// <param name="OldLength">In bytes.</param>
/// <param name="NewLength">In bytes.</param>
/// <param name="Flags">How.</param>
/// <param name="NewAddress">The new start, for <see cref="RemapFlags.Fixed"/>; also a hint for <see cref="RemapFlags.DontUnmap"/>.</param>
/// <param name="Name">Names the result if the call succeeds.</param>
/// <param name="SameAddress">The result has to be the old start.</param>
/// <param name="Expect">What the call answers.</param>
public sealed record Mremap(
    AddressExpression Address,
    AddressExpression OldLength,
    AddressExpression NewLength,
    RemapFlags Flags,
    AddressExpression? NewAddress,
    string? Name,
    bool SameAddress,
    CallExpectation Expect) : Operation;

/// <summary><c>mincore</c>; <paramref name="Vector"/> holds one of 0, 1 and ? per page, <paramref name="BadVector"/> hands over an unmapped address.</summary>
public sealed record Mincore(AddressExpression Address, AddressExpression Length, bool BadVector, CallExpectation Expect, string? Vector) : RangeOperation(Address, Length);

/// <summary><c>write_pattern</c>: fills page i with the byte 0x61 + i, i counted from the mapping that the address starts with. Every access has to succeed.</summary>
public sealed record WritePattern(AddressExpression Address, AddressExpression Length) : RangeOperation(Address, Length);

/// <summary><c>write</c>: writes the first byte of every page.</summary>
public sealed record WriteBytes(AddressExpression Address, AddressExpression Length, byte Byte, AccessOutcome Expect) : RangeOperation(Address, Length);

/// <summary><c>read</c>: reads the first byte of every page.</summary>
/// <param name="Address">The first page.</param>
/// <param name="Length">In bytes.</param>
/// <param name="Expect">What is read.</param>
/// <param name="FilePage">For <see cref="PageContent.File"/>: which page of the file the first page shows; null if it is the page's number in its mapping.</param>
/// <param name="PatternPage">For <see cref="PageContent.Pattern"/>, likewise.</param>
public sealed record ReadBytes(AddressExpression Address, AddressExpression Length, ReadExpectation Expect, long? FilePage = null, long? PatternPage = null) : RangeOperation(Address, Length);

/// <summary><c>expect_vmas</c>: the exact list of VMAs in the range.</summary>
public sealed record ExpectVmas(AddressExpression Address, AddressExpression Length, EquatableList<ExpectedVma> Vmas) : RangeOperation(Address, Length);

/// <summary><c>expect_pages</c>: the state of the pages from the address on, one character each (<see cref="PageStatePattern"/>).</summary>
public sealed record ExpectPages(AddressExpression Address, string States) : Operation;

/// <summary><c>fork</c>: the steps run in a child; the parent waits for its end.</summary>
public sealed record Fork(EquatableList<Operation> Steps) : Operation;

/// <summary>By which way memory is reached without an access of the program's own.</summary>
public enum RemoteAccess
{
    /// <summary>process_vm_readv(2)</summary>
    VmReadv,

    /// <summary>process_vm_writev(2); writes 16 times 'W'.</summary>
    VmWritev,

    /// <summary>vmsplice(2) into a pipe</summary>
    Vmsplice,

    /// <summary>read of /proc/self/mem</summary>
    ProcMemRead,

    /// <summary>write to /proc/self/mem; writes 16 times 'W'.</summary>
    ProcMemWrite,
}

/// <summary><c>vm_readv vm_writev vmsplice procmem_read procmem_write</c>: moves 16 bytes at the address; <paramref name="Data"/> is checked by process_vm_readv only.</summary>
public sealed record AccessRemotely(RemoteAccess Way, AddressExpression Address, CallExpectation Expect, PageContent Data = PageContent.Any) : Operation;

/// <summary><c>secondary_read</c>: a secondary MMU (a guest, a device) reads the first byte at the address. Only in explorations: no system call does that.</summary>
public sealed record SecondaryRead(AddressExpression Address) : Operation;

/// <summary>How a fault looks a VMA up without mmap_lock.</summary>
public enum SpeculativeWay
{
    /// <summary>lock_vma_under_rcu(): lookup under RCU, vma_start_read(), then a second look at what was locked (per-VMA locks).</summary>
    VmaLock,

    /// <summary>A copy of the VMA that has to be the same when the entry is set (the speculative page fault series, never merged).</summary>
    CopiedVma,
}

/// <summary><c>speculative_access</c>: an access whose fault looks its VMA up without mmap_lock, step by step. Only in explorations.</summary>
/// <param name="Address">The page.</param>
/// <param name="Byte">What is written, or null for a read.</param>
/// <param name="Way">How the VMA is looked up.</param>
public sealed record SpeculativeAccess(AddressExpression Address, byte? Byte, SpeculativeWay Way) : Operation;

/// <summary>Features asked for with UFFDIO_API.</summary>
[Flags]
public enum UffdFeatures
{
    None = 0,
    SigBus = 1 << 0,
    EventRemove = 1 << 1,
    EventUnmap = 1 << 2,
    EventRemap = 1 << 3,
    EventFork = 1 << 4,
    WriteProtect = 1 << 5,
}

/// <summary><c>uffd</c>: opens a userfaultfd.</summary>
public sealed record OpenUffd(string Name, UffdFeatures Features) : Operation;

/// <summary>Modes of UFFDIO_REGISTER, with the kernel's values.</summary>
[Flags]
public enum UffdModes
{
    None = 0,
    Missing = 1,
    WriteProtect = 2,
    Minor = 4,
}

/// <summary><c>uffd_register</c></summary>
public sealed record UffdRegister(string Uffd, AddressExpression Address, AddressExpression Length, UffdModes Modes, CallExpectation Expect) : RangeOperation(Address, Length);

/// <summary><c>uffd_unregister</c></summary>
public sealed record UffdUnregister(string Uffd, AddressExpression Address, AddressExpression Length, CallExpectation Expect) : RangeOperation(Address, Length);

/// <summary><c>uffd_copy</c>: UFFDIO_COPY of one page filled with a byte.</summary>
public sealed record UffdCopy(string Uffd, AddressExpression Address, byte Byte, CallExpectation Expect) : Operation;

/// <summary><c>uffd_zeropage</c></summary>
public sealed record UffdZeroPage(string Uffd, AddressExpression Address, AddressExpression Length, CallExpectation Expect) : RangeOperation(Address, Length);

/// <summary><c>uffd_continue</c>: UFFDIO_CONTINUE, maps pages that are in the page cache.</summary>
public sealed record UffdContinue(string Uffd, AddressExpression Address, AddressExpression Length, CallExpectation Expect) : RangeOperation(Address, Length);

/// <summary><c>uffd_writeprotect</c>: protects, or takes the protection away.</summary>
public sealed record UffdWriteProtect(string Uffd, AddressExpression Address, AddressExpression Length, bool Protect, CallExpectation Expect) : RangeOperation(Address, Length);

/// <summary>
/// <c>async</c>: begins a step in a thread of its own: madvise, munmap, mremap, or fork, whose child does its own steps once the threads were joined.
/// </summary>
public sealed record StartThread(Operation Step) : Operation;

/// <summary><c>join</c>: waits for all threads begun and checks what they answered.</summary>
/// <param name="Monitored">The userfaultfd whose events are read meanwhile, as its monitor would do, or null.</param>
public sealed record JoinThreads(string? Monitored = null) : Operation;

/// <summary><c>uffd_wait</c>: waits until an event is readable.</summary>
public sealed record UffdWait(string Uffd) : Operation;

/// <summary><c>uffd_read</c>: reads one event.</summary>
/// <param name="Uffd">The userfaultfd.</param>
/// <param name="Expect">The event.</param>
/// <param name="Name">A name for the child's userfaultfd that an event FORK brings, or null.</param>
public sealed record UffdRead(string Uffd, EventExpectation Expect, string? Name = null) : Operation;

/// <summary><c>rlimit_memlock</c>: sets RLIMIT_MEMLOCK, soft and hard, in bytes.</summary>
public sealed record RlimitMemlock(ulong Bytes, CallExpectation Expect) : Operation;

/// <summary><c>drop_privileges</c>: becomes user 65534 without capabilities.</summary>
public sealed record DropPrivileges(CallExpectation Expect) : Operation;
