using Review.Witness.Interpretation;

namespace Review.Witness.Bindings;

/// <summary>Memory of the kernel's own (mm/slab.h, lib/string.c).</summary>
internal static class KernelMemory
{
    /// <summary>kmalloc(): (size, flags). An object that nobody has set, or null where there is no memory.</summary>
    public static IEnumerable<Outcome> Allocate(KernelCall call)
    {
        var size = (long)call.Number(0);
        yield return new Outcome(call.State, null) { Make = memory => Value.Of((long)memory.Allocate(size, "an object of kmalloc()")) };
        if (call.State.Deviations == 0)
        {
            var failed = call.Fork();
            failed.Tell("there is no memory left");
            yield return new Outcome(failed.State with { Deviations = 1 }, Value.Of(0));
        }
    }

    /// <summary>memset(): (address, byte, size).</summary>
    public static Value Set(KernelCall call)
    {
        call.Execution.Memory.Fill(call.Number(0), (long)call.Number(2), (byte)call.Number(1));
        return Value.Of((long)call.Number(0));
    }
}
