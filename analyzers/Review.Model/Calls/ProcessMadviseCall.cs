using Review.Model.Advice;
using Review.Model.Collections;
using Review.Model.Memory;

namespace Review.Model.Calls;

/// <summary>One element of an I/O vector, in bytes.</summary>
public readonly record struct IoRange(ulong Start, ulong Length);

/// <summary>Special values of a pidfd.</summary>
public static class Pidfd
{
    /// <summary>PIDFD_SELF_THREAD.</summary>
    public const int SelfThread = -10000;

    /// <summary>PIDFD_SELF_THREAD_GROUP.</summary>
    public const int SelfThreadGroup = -10001;
}

/// <summary>process_madvise(2).</summary>
/// <param name="Current">The caller.</param>
/// <param name="Target">The process the pidfd stands for; 0 if it is none (EBADF).</param>
/// <param name="Vector">The ranges; null for an address that cannot be read.</param>
/// <param name="VectorLength">The length that was passed, which may differ from that of the vector.</param>
/// <param name="Advice">The advice.</param>
/// <param name="Flags">Must be 0.</param>
public sealed record ProcessMadviseCall(Current Current, int Target, Seq<IoRange>? Vector, ulong VectorLength, int Advice, ulong Flags) : Call(Current)
{
    /// <summary>UIO_MAXIOV.</summary>
    private const ulong MostRanges = 1024;

    /// <summary>MAX_RW_COUNT: what is longer is cut off.</summary>
    private const ulong MostBytes = 0x7FFFF000;

    /// <summary>The range that is being worked on.</summary>
    public MadviseRange? Range { get; init; }

    /// <summary>Its place in the vector.</summary>
    public int Index { get; init; }

    /// <summary>Bytes of the ranges that are done.</summary>
    public ulong Completed { get; init; }

    /// <summary>Bytes of all ranges.</summary>
    public ulong Total { get; init; }

    /// <summary>The arguments were found good.</summary>
    public bool IsStarted { get; init; }

    /// <summary>mmap_lock is held: throughout the vector, or for a range, as the era has it.</summary>
    public bool HasMmapLock { get; init; }

    /// <inheritdoc/>
    public override string NextAction => $"process_madvise({AdviceTable.NameOf(Advice)}) [{Index}]: {Range?.Phase.ToString() ?? "arguments"}";

    /// <inheritdoc/>
    public override Step Step(Machine machine)
    {
        if (!IsStarted)
        {
            var error = Test(machine, out var vector, out var total);
            return error != Errno.None ? Calls.Step.End(machine, error) : (this with { IsStarted = true, Vector = vector, VectorLength = (ulong)vector.Count, Total = total }).NextRange(machine, Errno.None);
        }

        if (!Range!.TryStep(ref machine, out var next))
        {
            return Calls.Step.Wait(machine, this);
        }

        var gone = this with { Range = next, HasMmapLock = next.HasMmapLock };
        return next.Phase == MadvisePhase.Done ? gone.EndRange(machine, next.Error) : Calls.Step.GoOn(machine, gone);
    }

    private Step EndRange(Machine machine, Errno error)
    {
        if (error != Errno.None)
        {
            return End(machine, error);
        }

        if (HasMmapLock && !machine.Era.VectorTakesLockOnce)
        {
            return (this with { HasMmapLock = false }).EndRange(machine.Unlock(machine.Process(Target).Space, Current.Thread), error);
        }

        // iov_iter_advance() goes past empty elements that follow: nobody looks at their addresses.
        var next = Index + 1;
        while (next < Vector!.Count && Vector[next].Length == 0)
        {
            next++;
        }

        return (this with { Completed = Completed + Vector[Index].Length, Index = next }).NextRange(machine, Errno.None);
    }

    // The loop of vector_madvise()
    private Step NextRange(Machine machine, Errno error)
    {
        if (Completed >= Total || Index >= Vector!.Count)
        {
            return End(machine, error);
        }

        var (start, length) = Vector[Index];
        if (MadviseCall.ShouldSkip(machine, start, length, Advice, out var result))
        {
            return EndRange(machine, result);
        }

        var range = new MadviseRange(machine.Process(Target).Space, Current.Thread, AdviceTable.Find(machine, Advice)!, start, start + Pages.RoundUp(length))
        {
            IsOwn = machine.Process(Target).Space == OwnSpace(machine),
            HasMmapLock = HasMmapLock,
        };
        return Calls.Step.GoOn(machine, this with { Range = range });
    }

    private Step End(Machine machine, Errno error)
    {
        machine = HasMmapLock ? machine.Unlock(machine.Process(Target).Space, Current.Thread) : machine;
        return Calls.Step.End(machine, Completed > 0 ? new CallResult(Completed) : error);
    }

    // The order of tests in SYSCALL_DEFINE5(process_madvise)
    private Errno Test(Machine machine, out Seq<IoRange> vector, out ulong total)
    {
        total = 0;
        vector = [];
        if (Flags != 0)
        {
            return Errno.EINVAL;
        }

        if (ImportVector(out vector, out total) is not Errno.None and var error)
        {
            return error;
        }

        if (Target == 0)
        {
            return Errno.EBADF;
        }

        if (machine.Process(Target).State != ProcessState.Running)
        {
            return Errno.ESRCH;
        }

        var isRemote = AdviceTable.Find(machine, Advice)?.IsRemote(machine.Era) == true;
        if (!machine.Era.SelfProcessMadviseTakesAll && !isRemote)
        {
            return Errno.EINVAL;
        }

        var caller = machine.Process(Current.Process);
        var target = machine.Process(Target);
        var isOwn = target.Space == caller.Space;

        // mm_access(PTRACE_MODE_READ)
        if (!isOwn && !caller.IsPrivileged && (target.IsPrivileged || !target.IsDumpable))
        {
            return Errno.EACCES;
        }

        if (isOwn && machine.Era.SelfProcessMadviseTakesAll)
        {
            return Errno.None;
        }

        return !isRemote ? Errno.EINVAL : caller.IsPrivileged ? Errno.None : Errno.EPERM;
    }

    /// <summary>import_iovec(): the ranges with lengths cut to MAX_RW_COUNT in all, and their sum.</summary>
    public Errno ImportVector(out Seq<IoRange> vector, out ulong total)
    {
        vector = [];
        total = 0;
        if (VectorLength > MostRanges)
        {
            return Errno.EINVAL;
        }

        if (VectorLength == 0)
        {
            return Errno.None;
        }

        if (Vector is null || VectorLength > (ulong)Vector.Count)
        {
            return Errno.EFAULT;
        }

        var ranges = Vector.Take((int)VectorLength).ToList();
        if (ranges.Exists(static range => range.Length > long.MaxValue))
        {
            return Errno.EINVAL;
        }

        for (var i = 0; i < ranges.Count; i++)
        {
            var (start, length) = ranges[i];
            if (start > Pages.TaskSize || length > Pages.TaskSize - start)
            {
                return Errno.EFAULT;
            }

            ranges[i] = new IoRange(start, Math.Min(length, MostBytes - total));
            total += ranges[i].Length;
        }

        vector = [.. ranges];
        return Errno.None;
    }
}
