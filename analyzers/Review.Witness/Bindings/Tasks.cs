using Review.Model.Memory;
using Review.Witness.Interpretation;

namespace Review.Witness.Bindings;

/// <summary>The calling task, and functions that the model has no place for.</summary>
internal static class Tasks
{
    private const int RestartNoInterrupt = -513;

    public static Value Current(KernelCall call) => call.AddressOf(KernelObjects.Task, call.Mission.Process);

    public static Value IsCapable(KernelCall call) => Value.Of(call.Machine.Process(call.Mission.Process).IsPrivileged);

    public static Value IsSealed(KernelCall call) => Value.Of(call.Vma(0).Has(VmFlags.Sealed) == (call.Function.Name == "vma_is_sealed"));

    public static Value Yes(KernelCall call) => Value.Of(1);

    public static Value Nothing(KernelCall call) => Value.Of(0);

    public static Value SameAddress(KernelCall call) => Value.Of((long)call.Number(call.Arguments.Length - 1));

    /// <summary>array_index_mask_nospec(): (index, size). All ones inside the array, else zero; assembly, so that the processor does not guess.</summary>
    public static Value IndexMask(KernelCall call) => Value.Of(call.Number(0) < call.Number(1) ? -1 : 0);

    public static Value Restart(KernelCall call) => Value.Of(RestartNoInterrupt);
}
