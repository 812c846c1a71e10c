using Review.Model;
using Review.Model.Calls;
using Review.Witness.Interpretation;

namespace Review.Witness.Bindings;

/// <summary>What process_madvise() finds its work with: the vector (lib/iov_iter.c), the process behind a pidfd, and its address space.</summary>
internal static class RemoteAdvice
{
    private const int ElementSize = 16;

    /// <summary>The member for the vector since 6.4; the kind of iterator counts from there on (ITER_IOVEC).</summary>
    private const string NewVector = "__iov";
    private const int IterIovec = 1;

    /// <summary>import_iovec(): (direction, user vector, count, fast count, &amp;vector, &amp;iterator). The caller need not free the vector.</summary>
    public static Value ImportVector(KernelCall call)
    {
        var error = Of(call).ImportVector(out var ranges, out var total);
        if (error != Errno.None)
        {
            return Value.Of(-(int)error);
        }

        var memory = call.Execution.Memory;
        var vector = memory.Allocate(Math.Max(ranges.Count, 1) * ElementSize, "the vector");
        for (var i = 0; i < ranges.Count; i++)
        {
            memory.Store(vector + (ulong)(i * ElementSize), 8, Value.Of((long)ranges[i].Start));
            memory.Store(vector + (ulong)(i * ElementSize) + 8, 8, Value.Of((long)ranges[i].Length));
        }

        memory.Store(call.Number(4), 8, Value.Of(0));
        Set(call, call.Number(5), "count", (long)total);
        Set(call, call.Number(5), VectorOf(call), (long)vector);
        Set(call, call.Number(5), "iov_offset", 0);
        if (VectorOf(call) == NewVector)
        {
            call.Execution.Memory.Store(call.Number(5) + Offset(call, "iter_type"), 1, Value.Of(IterIovec));
        }

        return Value.Of((long)total);
    }

    /// <summary>iov_iter_advance(): (iterator, bytes).</summary>
    public static Value Advance(KernelCall call)
    {
        var (iterator, bytes) = (call.Number(0), call.Number(1));
        var (count, vector, offset) = (Get(call, iterator, "count"), (ulong)Get(call, iterator, VectorOf(call)), (ulong)Get(call, iterator, "iov_offset"));
        Set(call, iterator, "count", count - (long)bytes);
        offset += bytes;
        var left = count - (long)bytes;
        while (left > 0 && (ulong)call.Execution.Memory.Load(vector + 8, 8).Bits is var length && offset >= length)
        {
            offset -= length;
            vector += ElementSize;
        }

        Set(call, iterator, VectorOf(call), (long)vector);
        Set(call, iterator, "iov_offset", (long)offset);
        return default;
    }

    /// <summary>pidfd_get_task(): a task with a reference, or an error pointer.</summary>
    public static Value Task(KernelCall call)
    {
        var target = Of(call).Target;
        return target == 0 ? Value.Of(-(int)Errno.EBADF)
            : call.Machine.Process(target).State != ProcessState.Running ? Value.Of(-(int)Errno.ESRCH)
            : KernelReferences.Take(call, KernelObjects.Task, target);
    }

    /// <summary>pidfd_get_pid(): what older kernels ask for first; a pid with a reference, or an error pointer.</summary>
    public static Value Pid(KernelCall call) => Of(call).Target is not 0 and var target ? KernelReferences.Take(call, KernelObjects.Pid, target) : Value.Of(-(int)Errno.EBADF);

    /// <summary>get_pid_task(): (pid, type). A task with a reference, or null.</summary>
    public static Value TaskOfPid(KernelCall call)
    {
        var target = call.Object(0, KernelObjects.Pid).Id;
        return call.Machine.Process(target).State == ProcessState.Running ? KernelReferences.Take(call, KernelObjects.Task, target) : Value.Of(0);
    }

    /// <summary>mm_access(): (task, mode). The task's address space with a reference. The superuser may see any, others those of the same user.</summary>
    public static Value Access(KernelCall call)
    {
        const ulong Attach = 2;
        var (caller, target) = (call.Machine.Process(call.Mission.Process), call.Machine.Process(call.Object(0, KernelObjects.Task).Id));
        if (target.Space != caller.Space && !caller.IsPrivileged && (target.IsPrivileged || !target.IsDumpable))
        {
            return Value.Of(-(int)Errno.EACCES);
        }

        call.State = call.State with { MayChangeTarget = (call.Number(1) & Attach) != 0 };
        return KernelReferences.Take(call, KernelObjects.Mm, target.Space);
    }

    public static Value PutTask(KernelCall call) => Put(call, KernelObjects.Task);

    public static Value PutPid(KernelCall call) => Put(call, KernelObjects.Pid);

    public static Value PutMm(KernelCall call) => Put(call, KernelObjects.Mm);

    /// <summary>Requires that pages of another process are discarded only with the permission to change it.</summary>
    public static void NeedPermission(KernelCall call)
    {
        if (call.Mission.Remote is not null && !call.State.MayChangeTarget && call.Machine.Process(call.Mission.Process).Space != call.Space)
        {
            throw StopException.Violates(ViolationKind.RemoteAccess, $"{call.Caller}() discards pages of another process, and mm_access() was asked for permission to read only");
        }
    }

    private static Value Put(KernelCall call, string record)
    {
        _ = call.Object(0, record);
        KernelReferences.Put(call, record);
        return default;
    }

    private static ProcessMadviseCall Of(KernelCall call) => call.Mission.Remote ?? throw StopException.Needs($"{call.Function}() outside of process_madvise()");

    private static string VectorOf(KernelCall call) => call.Program.OffsetOf("iov_iter", "iov") is null ? NewVector : "iov";

    private static void Set(KernelCall call, ulong iterator, string member, long value) => call.Execution.Memory.Store(iterator + Offset(call, member), 8, Value.Of(value));

    private static long Get(KernelCall call, ulong iterator, string member) => call.Execution.Memory.Load(iterator + Offset(call, member), 8).Bits;

    private static ulong Offset(KernelCall call, string member) => (ulong)(call.Program.OffsetOf("iov_iter", member) ?? throw StopException.Needs($"where iov_iter.{member} lies"));
}
