using System.Collections.Immutable;
using Review.Model;
using Review.Model.Collections;
using Review.Model.Memory;

namespace Review.Witness.Bindings;

/// <summary>How far a TLB gather or a notifier range has come.</summary>
internal enum BatchState
{
    /// <summary>mmu_notifier_range_init() was called.</summary>
    Initialised,

    /// <summary>Open: tlb_gather_mmu(), mmu_notifier_invalidate_range_start().</summary>
    Open,

    /// <summary>Closed: tlb_finish_mmu(), mmu_notifier_invalidate_range_end().</summary>
    Closed,
}

/// <summary>What a thread met when it took mmap_lock again.</summary>
internal enum Relock
{
    /// <summary>It never dropped it and took it again.</summary>
    None,

    /// <summary>The mappings were as before.</summary>
    Undisturbed,

    /// <summary>Others had changed them.</summary>
    Disturbed,
}

/// <summary>What a run has done so far, for the people who read it: the last step first.</summary>
/// <param name="Thread">Column of the table, from 0.</param>
/// <param name="Function">The function it happened in.</param>
/// <param name="Line">Its line in the file; 0 for a step of the model's own.</param>
/// <param name="Action">What happened.</param>
/// <param name="Earlier">The steps before.</param>
internal sealed record StepLog(int Thread, string Function, int Line, string Action, StepLog? Earlier)
{
    /// <summary>The steps in their order.</summary>
    public static IEnumerable<StepLog> InOrder(StepLog? last)
    {
        var steps = new Stack<StepLog>();
        for (var step = last; step is not null; step = step.Earlier)
        {
            steps.Push(step);
        }

        return steps;
    }
}

/// <summary>Everything outside the interpreted code's own memory: the model's machine, and what the run's properties have to remember. Immutable.</summary>
internal sealed record KernelState(Machine Machine)
{
    /// <summary>Pages, by number, that were mapped whenever somebody looked.</summary>
    public ImmutableSortedSet<ulong> MappedThroughout { get; init; } = [];

    /// <summary>Pages, by number, that the interpreted call has dealt with at least once.</summary>
    public ImmutableSortedSet<ulong> Done { get; init; } = [];

    /// <summary>References to files that the interpreted code holds.</summary>
    public ImmutableSortedDictionary<int, int> FileReferences { get; init; } = ImmutableSortedDictionary<int, int>.Empty;

    /// <summary>References to tasks, address spaces and pids that the interpreted code holds, by the structure's name.</summary>
    public ImmutableSortedDictionary<string, int> ObjectReferences { get; init; } = ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal);

    /// <summary>True if the interpreted code has asked for permission to change the process that it works on (PTRACE_MODE_ATTACH).</summary>
    public bool MayChangeTarget { get; init; }

    /// <summary>TLB gathers by address.</summary>
    public ImmutableSortedDictionary<ulong, BatchState> Gathers { get; init; } = ImmutableSortedDictionary<ulong, BatchState>.Empty;

    /// <summary>Notifier ranges by address.</summary>
    public ImmutableSortedDictionary<ulong, BatchState> Notifiers { get; init; } = ImmutableSortedDictionary<ulong, BatchState>.Empty;

    /// <summary>The functions that have opened gathers and notifier ranges, by the batch's address.</summary>
    public ImmutableSortedDictionary<ulong, string> Openers { get; init; } = ImmutableSortedDictionary<ulong, string>.Empty;

    /// <summary>Why this run cannot refute anything; null if it can.</summary>
    public string? Doubt { get; init; }

    /// <summary>Page table locks that the interpreted code holds, by address, the last taken one last.</summary>
    public ImmutableArray<ulong> SpinLocks { get; init; } = [];

    /// <summary>The page table lock under which lazy MMU mode was turned on, 0 for none; null if it is off.</summary>
    public ulong? LazyMmuUnder { get; init; }

    /// <summary>What single pages are like, by the address of their structure, as far as somebody has asked.</summary>
    public ImmutableSortedDictionary<(ulong Page, string Fact), long> PageFacts { get; init; } = ImmutableSortedDictionary<(ulong Page, string Fact), long>.Empty;

    /// <summary>Page tables in the interpreted code's memory; null where no code walks them itself.</summary>
    public PageTableRoots? Tables { get; init; }

    /// <summary>How far the call that the thread stands at has come; 0 at its beginning.</summary>
    public int Phase { get; init; }

    /// <summary>The userfaultfd and message that the thread waits for.</summary>
    public (int Userfaultfd, int Ticket) Waiting { get; init; }

    /// <summary>How often a call took an unlikely way: a signal, a contended lock.</summary>
    public int Deviations { get; init; }

    /// <summary>How often the page fault handler asked to be called again.</summary>
    public int Retries { get; init; }

    /// <summary>The result that the run has to come to since a kernel function failed; null if none did.</summary>
    public Owed? Owed { get; init; }

    /// <summary>The mappings when mmap_lock was last dropped; null while it was not dropped yet.</summary>
    public Seq<Vma>? Dropped { get; init; }

    /// <summary>What was met when mmap_lock was taken again.</summary>
    public Relock Relock { get; init; }

    /// <summary>The steps so far.</summary>
    public StepLog? Log { get; init; }

    /// <summary>The state after a step that people should see.</summary>
    public KernelState With(int thread, string function, int line, string action) => this with { Log = new StepLog(thread, function, line, action, Log) };

    /// <summary>Equal if what comes can be no different; the log does not count.</summary>
    public bool Equals(KernelState? other) =>
        other is not null && Phase == other.Phase && Waiting == other.Waiting && Deviations == other.Deviations && Retries == other.Retries && Owed == other.Owed && Relock == other.Relock && HaveDroppedAlike(this, other) && Tables == other.Tables && MappedThroughout.SetEquals(other.MappedThroughout)
        && Done.SetEquals(other.Done) && FileReferences.SequenceEqual(other.FileReferences) && Gathers.SequenceEqual(other.Gathers)
        && Notifiers.SequenceEqual(other.Notifiers) && Openers.SequenceEqual(other.Openers) && Doubt == other.Doubt && LazyMmuUnder == other.LazyMmuUnder && SpinLocks.SequenceEqual(other.SpinLocks) && PageFacts.SequenceEqual(other.PageFacts) && ObjectReferences.SequenceEqual(other.ObjectReferences) && MayChangeTarget == other.MayChangeTarget && Machine.Equals(other.Machine);

    // What was there when the lock was dropped is compared with what is met then, until that was found to differ once.
    private static bool HaveDroppedAlike(KernelState one, KernelState other) =>
        one.Relock == Relock.Disturbed ? one.Dropped is null == other.Dropped is null : Equals(one.Dropped, other.Dropped);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Machine, Phase, Done.Count, MappedThroughout.Count, Deviations, Retries);
}
