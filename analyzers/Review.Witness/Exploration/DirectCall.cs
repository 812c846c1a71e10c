using System.Collections.Immutable;
using Review.Witness.Bindings;
using Review.Witness.Interpretation;

namespace Review.Witness.Exploration;

/// <summary>A call of a function as other files of the kernel call it, with arguments of its own: no advice, and mmap_lock as the callers hold it.</summary>
/// <param name="Function">The function.</param>
/// <param name="Lock">How the callers hold mmap_lock.</param>
/// <param name="Arguments">A value for every parameter.</param>
/// <param name="Tables">How far the page tables of the range are there.</param>
internal sealed record DirectCall(string Function, EntryLock Lock, ImmutableArray<Argument> Arguments, TableShape Tables)
{
    /// <summary>True if the code goes down page tables itself.</summary>
    public bool WalksTables { get; init; }

    /// <summary>The call as people read it: <c>change_protection(tlb, vma, A, A+2p, newprot, 0x1)</c>.</summary>
    public string Title => $"{Function}({string.Join(", ", Arguments.Select(static argument => argument.Words))})";
}

/// <summary>One value that a parameter can have.</summary>
/// <param name="Words">The value as people read it.</param>
/// <param name="Make">Makes it in the memory of a run.</param>
internal sealed record Argument(string Words, Func<CallSetting, Value> Make);

/// <summary>What a caller hands over by pointers, and looks at when the function has returned.</summary>
internal enum HandedOver
{
    /// <summary><c>int *locked</c>: 0 says that mmap_lock was dropped and not taken again.</summary>
    Locked,

    /// <summary><c>bool *unlocked</c>, <c>bool *lock_dropped</c>: true says that mmap_lock was dropped meanwhile; it is held again.</summary>
    Dropped,

    /// <summary><c>struct vm_area_struct **prev</c>: the VMA to go on behind; null after mmap_lock was dropped.</summary>
    Previous,
}

/// <summary>The memory of a run that begins with a <see cref="DirectCall"/>, while its arguments are made.</summary>
internal sealed class CallSetting
{
    internal CallSetting(Memory memory, Mission mission, KernelState state) => (Memory, Mission, State) = (memory, mission, state);

    internal Memory Memory { get; }

    internal Mission Mission { get; }

    /// <summary>The state at the beginning of the call; open batches of the caller's are added to it.</summary>
    internal KernelState State { get; set; }

    /// <summary>What the caller looks at afterwards.</summary>
    internal List<(HandedOver Kind, string Name, ulong Address)> Watched { get; } = [];

    /// <summary>A local variable of the caller's that the function can write to.</summary>
    internal Value Local(string name, int size, long value)
    {
        var address = Memory.Allocate(size, name);
        Memory.Store(address, size, Value.Of(value));
        return Value.Of((long)address);
    }
}
