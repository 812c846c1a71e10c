using Review.Model;
using Review.Model.Calls;
using Review.Witness.Interpretation;

namespace Review.Witness.Bindings;

/// <summary>What process_madvise() finds its work with: the vector (lib/iov_iter.c), the process behind a pidfd, and its address space.</summary>
internal static class RemoteAdvice
{
    private const int ElementSize = 16;

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
        Set(call, call.Number(5), "iov", (long)vector);
        Set(call, call.Number(5), "iov_offset", 0);
        return Value.Of((long)total);
    }

    /// <summary>iov_iter_advance(): (iterator, bytes).</summary>
    public static Value Advance(KernelCall call)
    {
        var (iterator, bytes) = (call.Number(0), call.Number(1));
        var (count, vector, offset) = (Get(call, iterator, "count"), (ulong)Get(call, iterator, "iov"), (ulong)Get(call, iterator, "iov_offset"));
        Set(call, iterator, "count", count - (long)bytes);
        offset += bytes;
        var left = count - (long)bytes;
        while (left > 0 && (ulong)call.Execution.Memory.Load(vector + 8, 8).Bits is var length && offset >= length)
        {
            offset -= length;
            vector += ElementSize;
        }

        Set(call, iterator, "iov", (long)vector);
        Set(call, iterator, "iov_offset", (long)offset);
        return default;
    }

    /// <summary>pidfd_get_task(): a task, or an error pointer.</summary>
    public static Value Task(KernelCall call)
    {
        var target = Of(call).Target;
        return target == 0 ? Value.Of(-(int)Errno.EBADF)
            : call.Machine.Process(target).State != ProcessState.Running ? Value.Of(-(int)Errno.ESRCH)
            : call.AddressOf(KernelObjects.Task, target);
    }

    /// <summary>mm_access(): the task's address space. The superuser may see any; others are let in as far as the scenarios go.</summary>
    public static Value Access(KernelCall call) => call.AddressOf(KernelObjects.Mm, call.Machine.Process(call.Object(0, KernelObjects.Task).Id).Space);

    private static ProcessMadviseCall Of(KernelCall call) => call.Mission.Remote ?? throw StopException.Needs($"{call.Function}() outside of process_madvise()");

    private static void Set(KernelCall call, ulong iterator, string member, long value) => call.Execution.Memory.Store(iterator + Offset(call, member), 8, Value.Of(value));

    private static long Get(KernelCall call, ulong iterator, string member) => call.Execution.Memory.Load(iterator + Offset(call, member), 8).Bits;

    private static ulong Offset(KernelCall call, string member) => (ulong)(call.Program.OffsetOf("iov_iter", member) ?? throw StopException.Needs($"where iov_iter.{member} lies"));
}
