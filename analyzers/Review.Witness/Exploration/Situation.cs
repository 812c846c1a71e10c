using System.Collections.Immutable;
using Review.Model;
using Review.Model.Calls;
using Review.Witness.Bindings;

namespace Review.Witness.Exploration;

/// <summary>A machine, a call of madvise() that the kernel's own C is to carry out on it, and what others do meanwhile.</summary>
/// <param name="Name">What is special about it.</param>
/// <param name="Machine">The machine before the call.</param>
/// <param name="Process">The calling process.</param>
/// <param name="Start">First byte of the range.</param>
/// <param name="Length">Length in bytes.</param>
/// <param name="Advice">The MADV_ value.</param>
/// <param name="Interference">The calls of the other threads, for each thread in order.</param>
public sealed record Situation(string Name, Machine Machine, int Process, ulong Start, ulong Length, int Advice, ImmutableArray<ImmutableArray<Call>> Interference)
{
    /// <summary>A situation with at most one other thread.</summary>
    public Situation(string name, Machine machine, int process, ulong start, ulong length, int advice, ImmutableArray<Call> other)
        : this(name, machine, process, start, length, advice, other.IsEmpty ? [] : ImmutableArray.Create(other))
    {
    }

    /// <summary>The call of process_madvise() that it is, on another process; null for madvise().</summary>
    public ProcessMadviseCall? Remote { get; init; }

    /// <summary>The call of another function of the kernel that it is; null for a system call of madvise's.</summary>
    internal DirectCall? Direct { get; init; }

    /// <summary>What the entries hold that page walks go over, if their callbacks are interpreted; null if they are effects of the model.</summary>
    internal WalkedEntries? Entries { get; init; }

    /// <summary>Number of the thread that the interpreted code runs as.</summary>
    public const int Thread = 1;

    /// <summary>Number of the thread that interferes.</summary>
    public const int OtherThread = 2;

    /// <summary>A name that appears in the interpreted function's place: <c>madvise(A, 2p, DONTNEED)</c>.</summary>
    public string Title => Direct is { } direct ? direct.Title : Remote is { } call ? $"process_madvise(pid {call.Target}, {call.VectorLength} ranges, {Madv.NameOf(Advice).Replace("MADV_", "", StringComparison.Ordinal)})" : $"madvise(A, {(Length < 1UL << 40 ? $"{(Length + 4095) / 4096}p" : $"0x{Length:x}")}, {Madv.NameOf(Advice).Replace("MADV_", "", StringComparison.Ordinal)})";
}

/// <summary>How far a search goes.</summary>
/// <param name="States">States of one situation.</param>
/// <param name="Instructions">Instructions of one run.</param>
public sealed record Bounds(int States = 20_000, int Instructions = 60_000)
{
    /// <summary>States of all situations of one function together.</summary>
    public int AllStates { get; init; } = int.MaxValue;

    public static Bounds Default { get; } = new();
}
