using System.Collections.Immutable;
using Review.Model.Calls;

namespace Review.Model.Exploration;

/// <summary>A call that a thread makes.</summary>
/// <param name="Operation">Index of the operation that it belongs to; one that touches several pages makes several calls.</param>
/// <param name="Text">The operation as a person writes it: "madvise(A, 2p, MADV_DONTNEED)".</param>
/// <param name="Start">The call before its first step.</param>
/// <param name="LooksWithoutLock">
/// The call may look at VMAs or page tables without mmap_lock (per-VMA locks, GUP-fast, lockless lookups), so that it can see what a writer does before
/// the writer has dropped the lock.
/// </param>
public sealed record ProgramCall(int Operation, string Text, Call Start, bool LooksWithoutLock);

/// <summary>A thread: calls made one after another. It ends with the last one, whatever they return.</summary>
/// <param name="Name">As it appears in tables: "CPU0".</param>
/// <param name="Current">Which thread of which process.</param>
/// <param name="IsDaemon">It serves the others, like the monitor of a userfaultfd: nothing is wrong if it waits when they have ended.</param>
/// <param name="Calls">The calls.</param>
public sealed record ThreadProgram(string Name, Current Current, bool IsDaemon, ImmutableArray<ProgramCall> Calls);

/// <summary>Threads that start at the same time on one machine.</summary>
public sealed record ConcurrentProgram(Machine Start, ImmutableArray<ThreadProgram> Threads);
