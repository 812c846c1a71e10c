using Review.Model.Advice;
using Review.Model.Memory;
using Review.Witness.Interpretation;

namespace Review.Witness.Bindings;

/// <summary>The calling task, and functions that the model has no place for.</summary>
internal static class Tasks
{
    private const int RestartNoInterrupt = -513;

    public static Value Current(KernelCall call) => call.AddressOf(KernelObjects.Task, call.Mission.Process);

    public static Value IsCapable(KernelCall call) => Value.Of(call.Machine.Process(call.Mission.Process).IsPrivileged);

    /// <summary>fatal_signal_pending(), signal_pending(): nobody can know.</summary>
    public static IEnumerable<Outcome> IsSignalPending(KernelCall call)
    {
        yield return new Outcome(call.State, Value.Of(0));
        if (call.State.Deviations == 0)
        {
            var pending = call.Fork();
            pending.Tell("a signal is pending");
            yield return new Outcome(pending.State with { Deviations = 1 }, Value.Of(1));
        }
    }

    public static Value IsSealed(KernelCall call) => Value.Of(call.Vma(0).Has(VmFlags.Sealed) == (call.Function.Name == "vma_is_sealed"));

    /// <summary>can_modify_vma_madv(): (vma, advice). Sealed memory that cannot be written is not discarded.</summary>
    public static Value MayAdvise(KernelCall call)
    {
        var vma = call.Vma(0);
        var isDiscard = AdviceTable.Find(call.Machine, (int)call.Number(1))?.Has(AdviceTraits.Discards) == true;
        return Value.Of(!(isDiscard && vma.Has(VmFlags.Sealed) && vma.IsAnonymous && !vma.Has(VmFlags.Write)));
    }

    public static Value Yes(KernelCall call) => Value.Of(1);

    public static Value Nothing(KernelCall call) => Value.Of(0);

    public static Value SameAddress(KernelCall call) => Value.Of((long)call.Number(call.Arguments.Length - 1));

    /// <summary>array_index_mask_nospec(): (index, size). All ones inside the array, else zero; assembly, so that the processor does not guess.</summary>
    public static Value IndexMask(KernelCall call) => Value.Of(call.Number(0) < call.Number(1) ? -1 : 0);

    public static Value Restart(KernelCall call) => Value.Of(RestartNoInterrupt);
}
