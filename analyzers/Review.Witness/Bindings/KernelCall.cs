using Review.Model;
using Review.Model.Memory;
using Review.Witness.Interpretation;

namespace Review.Witness.Bindings;

/// <summary>One call of a bound function: its arguments, the state it finds, and the words to change it.</summary>
internal sealed class KernelCall(Mission mission, ProgramCode program, Execution execution, CallTarget function, Value[] arguments, KernelState state)
{
    /// <summary>The lowest of the addresses that stand for errors (IS_ERR()).</summary>
    private const ulong FirstError = unchecked((ulong)-4095);

    public Mission Mission { get; } = mission;

    public ProgramCode Program { get; } = program;

    public Execution Execution { get; } = execution;

    public CallTarget Function { get; } = function;

    public Value[] Arguments { get; } = arguments;

    /// <summary>The state; a binding puts the new one here.</summary>
    public KernelState State { get; set; } = state;

    /// <summary>The machine in <see cref="State"/>.</summary>
    public Machine Machine
    {
        get => State.Machine;
        set => State = State with { Machine = value };
    }

    public int Space => Mission.Space;

    public int Thread => Mission.Thread;

    /// <summary>The address space.</summary>
    public AddressSpace Mm => Machine.Space(Space);

    public bool HoldsWrite => Mm.Lock.Writer == Thread;

    public bool HoldsRead => Mm.Lock.IsReader(Thread);

    /// <summary>True if mmap_lock is held either way.</summary>
    public bool HoldsLock => HoldsRead || HoldsWrite;

    /// <summary>An argument as a number without sign.</summary>
    public ulong Number(int index) => index < Arguments.Length ? (ulong)Arguments[index].Bits : throw StopException.Needs($"{Function}() with {Arguments.Length} arguments");

    /// <summary>Tells the reader of the run what happened.</summary>
    public void Tell(string action) => State = State.With(0, Function.Name, Execution.Line, action);

    /// <summary>True if any of these is being looked for.</summary>
    public bool Seeks(ViolationKind kind) => Mission.Sought.Contains(kind);

    /// <summary>The function of the file that does the call.</summary>
    public string Caller => Execution.Function;

    /// <summary>The address of a VMA's structure, 0 for none.</summary>
    public Value AddressOf(Vma? vma) => vma is null ? Value.Of(0) : AddressOf(KernelObjects.Vma, vma.Id);

    /// <summary>The address of an object of the kernel.</summary>
    public Value AddressOf(string record, int id) => Value.Of((long)Execution.Memory.AddressOf(new ForeignObject(record, id)));

    /// <summary>The object that an argument points to.</summary>
    public ForeignObject Object(int index, string record)
    {
        var address = Number(index);
        if (address == 0)
        {
            throw StopException.Violates(ViolationKind.NullPointer, $"{Caller}() hands a null pointer to {Function}()");
        }

        if (address >= FirstError)
        {
            throw StopException.Violates(ViolationKind.NullPointer, $"{Caller}() hands an error in the place of a pointer to {Function}()");
        }

        if (record == KernelObjects.Page && address < PageTableImage.DirectMap)
        {
            // pfn_to_page(): its place in the array of all pages, which begins at 0 here.
            return new ForeignObject(record, (int)(address / KernelObjects.PageStructure));
        }

        return Execution.Memory.ForeignAt(address) is { } target && target.Record == record ? target : throw StopException.Needs($"the struct {record} that {Caller}() hands to {Function}()");
    }

    /// <summary>The VMA that an argument points to; it has to exist and to be locked.</summary>
    public Vma Vma(int index) => VmaOf(Object(index, KernelObjects.Vma), $"hands to {Function}()");

    /// <summary>A VMA by its structure.</summary>
    public Vma VmaOf(ForeignObject target, string use)
    {
        if (KernelObjects.SpaceOf(target.Id) is var other and not 0)
        {
            // Of an address space that nobody else has got yet.
            return Machine.Space(other).ById(KernelObjects.NumberIn(target.Id)) ?? throw StopException.Violates(ViolationKind.UseAfterFree, $"{Caller}() {use} a VMA that is gone");
        }

        if (Mm.ById(KernelObjects.NumberIn(target.Id)) is not { } vma)
        {
            throw StopException.Violates(ViolationKind.UseAfterFree, $"{Caller}() {use} a VMA that is gone");
        }

        return HoldsLock || HoldsVmaLock(vma) ? vma : throw StopException.Violates(ViolationKind.Unlocked, $"{Caller}() {use} a VMA without mmap_lock");
    }

    /// <summary>True if the VMA's own lock is held.</summary>
    public bool HoldsVmaLock(Vma vma) => Mm.VmaLocks.Contains(new VmaLock(vma.Id, Thread));

    /// <summary>Requires mmap_lock.</summary>
    public void NeedLock()
    {
        if (!HoldsLock)
        {
            throw StopException.Violates(ViolationKind.Unlocked, $"{Caller}() calls {Function}() without mmap_lock");
        }
    }

    /// <summary>Requires mmap_lock for writing.</summary>
    public void NeedWriteLock()
    {
        if (!HoldsWrite)
        {
            throw StopException.Violates(ViolationKind.Unlocked, $"{Caller}() calls {Function}() without mmap_lock held for writing");
        }
    }

    /// <summary>A range in the words of the table: pages from the start of what was asked for.</summary>
    public string Range(ulong start, ulong end) => $"[{Place(start)}, {Place(end)})";

    /// <summary>An address as the start of the range and pages behind it.</summary>
    public string Place(ulong address) => Places.Of(address, Mission.Start);

    /// <summary>The state once the function has failed in a way that the model does not know; the caller has to hand the error on.</summary>
    public KernelState Failed(Errno error, bool isUnforeseen = false) => State with { Deviations = 1, Owed = new Owed(Function.Name, error) { IsUnforeseen = isUnforeseen } };

    /// <summary>A call that can go on at once, or not before others did something.</summary>
    public KernelCall Fork() => new(Mission, Program, Execution, Function, Arguments, State);
}

/// <summary>How a bound call may end: the state behind it, and its result; null if it goes on from <see cref="KernelState.Phase"/>.</summary>
/// <param name="State">The state.</param>
/// <param name="Result">The result.</param>
/// <param name="Stores">What the call writes through pointers.</param>
internal readonly record struct Outcome(KernelState State, Value? Result, params Store[] Stores)
{
    /// <summary>Lets the thread go into a function that the bound one calls; null if it calls none.</summary>
    public Action<Execution>? Enter { get; init; }

    /// <summary>Makes new objects in the memory of the run that goes on so, and gives the result; null if none are made.</summary>
    public Func<Memory, Value>? Make { get; init; }
}

/// <summary>A number of so many bytes that is written to an address of the interpreted code.</summary>
internal readonly record struct Store(ulong Address, int Size, long Value);

/// <summary>Names of the kernel's structures that have objects in the model.</summary>
internal static class KernelObjects
{
    // VMAs are numbered in each address space by themselves.
    private const int VmasOfSpace = 1_000_000;

    /// <summary>The number of a VMA that is not of the address space that is worked on.</summary>
    public static int ForeignVma(int space, int vma) => (space * VmasOfSpace) + vma;

    /// <summary>The address space of a VMA; 0 for the one that is worked on.</summary>
    public static int SpaceOf(int number) => number / VmasOfSpace;

    /// <summary>A VMA's number in its own address space.</summary>
    public static int NumberIn(int number) => number % VmasOfSpace;

    public const string Vma = "vm_area_struct";
    public const string Mm = "mm_struct";
    public const string File = "file";
    public const string Mapping = "address_space";
    public const string Inode = "inode";
    public const string Userfaultfd = "userfaultfd_ctx";
    public const string Task = "task_struct";
    public const string Pid = "pid";
    public const string Page = "page";
    public const string AnonVma = "anon_vma";
    public const string HugeState = "hstate";
    public const string Operations = "vm_operations_struct";

    /// <summary>Size of struct page on machines of 64 bits.</summary>
    public const int PageStructure = 64;

    /// <summary>The function that a device's VMA has for mprotect().</summary>
    public const string ProtectOperation = "vm_operations_struct.mprotect";
}

/// <summary>Addresses as people read them.</summary>
internal static class Places
{
    private const ulong Page = 4096;

    /// <summary>An address near A as A and so many pages; a far one as it is.</summary>
    public static string Of(ulong address, ulong a)
    {
        var distance = unchecked((long)(address - a));
        return distance == 0 ? "A" : distance % (long)Page == 0 && Math.Abs(distance) < 1 << 24 ? $"A{(distance > 0 ? "+" : "-")}{Math.Abs(distance) / (long)Page}p" : $"0x{address:x}";
    }
}
