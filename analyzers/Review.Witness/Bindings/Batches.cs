using Review.Witness.Interpretation;

namespace Review.Witness.Bindings;

/// <summary>TLB gathers (mm/mmu_gather.c) and notifier ranges (mm/mmu_notifier.c): what has to be opened, used and closed in order.</summary>
internal static class Batches
{
    private const string GatherRecord = "mmu_gather";

    public static Value Gather(KernelCall call)
    {
        var tlb = call.Number(0);
        if (call.State.Gathers.GetValueOrDefault(tlb, BatchState.Closed) == BatchState.Open)
        {
            throw StopException.Violates(ViolationKind.TlbGather, $"{call.Caller}() opens a TLB gather that is open");
        }

        call.State = call.State with { Gathers = call.State.Gathers.SetItem(tlb, BatchState.Open), Openers = call.State.Openers.SetItem(tlb, call.Caller) };
        if (call.Program.OffsetOf(GatherRecord, "mm") is { } mm)
        {
            call.Execution.Memory.Store(tlb + (ulong)mm, sizeof(ulong), call.Arguments[1]);
        }

        if (call.Program.OffsetOf(GatherRecord, "fullmm") is { } bits)
        {
            call.Execution.Memory.Store(tlb + (ulong)(bits / sizeof(int) * sizeof(int)), sizeof(int), Value.Of(0));
        }

        return default;
    }

    public static Value Finish(KernelCall call)
    {
        var tlb = call.Number(0);
        NeedOpenGather(call, tlb);
        if (call.Seeks(ViolationKind.TlbGather) && call.State.Notifiers.ContainsValue(BatchState.Open))
        {
            throw StopException.Violates(ViolationKind.TlbGather, $"{call.Caller}() closes the TLB gather before mmu_notifier_invalidate_range_end()");
        }

        call.State = call.State with { Gathers = call.State.Gathers.SetItem(tlb, BatchState.Closed) };
        return default;
    }

    public static Value UseGather(KernelCall call)
    {
        NeedOpenGather(call, call.Number(0));
        return default;
    }

    /// <summary>Watches mmu_notifier_range_init(), which is interpreted.</summary>
    public static void NotifierInit(KernelCall call)
    {
        if (StateOf(call) == BatchState.Open)
        {
            throw StopException.Violates(ViolationKind.Notifier, $"{call.Caller}() initialises a notifier range that is started");
        }

        Set(call, BatchState.Initialised);
    }

    public static Value NotifierStart(KernelCall call)
    {
        if (StateOf(call) != BatchState.Initialised)
        {
            throw StopException.Violates(ViolationKind.Notifier, $"{call.Caller}() starts a notifier range that was not initialised");
        }

        if (Bounds(call, call.Number(0)) is { } bounds && bounds.Start >= bounds.End)
        {
            throw StopException.Violates(ViolationKind.Notifier, $"{call.Caller}() starts a notifier range that is empty");
        }

        Set(call, BatchState.Open);
        call.State = call.State with { Openers = call.State.Openers.SetItem(call.Number(0), call.Caller) };
        return Value.Of(0);
    }

    public static Value NotifierEnd(KernelCall call)
    {
        if (StateOf(call) != BatchState.Open)
        {
            throw StopException.Violates(ViolationKind.Notifier, $"{call.Caller}() ends a notifier range that was not started");
        }

        Set(call, BatchState.Closed);
        return default;
    }

    /// <summary>Requires that notifiers were told that a range is about to change.</summary>
    public static void NeedOpenNotifier(KernelCall call)
    {
        if (!call.State.Notifiers.ContainsValue(BatchState.Open))
        {
            throw StopException.Violates(ViolationKind.Notifier, $"{call.Caller}() calls {call.Function}() and has told no notifier");
        }
    }

    /// <summary>Requires that the gather at an address is open.</summary>
    public static void NeedOpenGather(KernelCall call, ulong tlb)
    {
        if (!call.State.Gathers.TryGetValue(tlb, out var state) || state != BatchState.Open)
        {
            throw StopException.Violates(ViolationKind.TlbGather, $"{call.Caller}() uses a TLB gather in {call.Function}() that is not open");
        }
    }

    /// <summary>Requires that work under a started notifier range stays inside it.</summary>
    public static void NeedNotified(KernelCall call, ulong start, ulong end)
    {
        foreach (var (range, state) in call.State.Notifiers)
        {
            if (state == BatchState.Open && Bounds(call, range) is { } bounds && (start < bounds.Start || end > bounds.End))
            {
                throw StopException.Violates(ViolationKind.Notifier, $"{call.Caller}() works on {call.Range(start, end)}, and told the notifiers {call.Range(bounds.Start, bounds.End)}");
            }
        }
    }

    private static BatchState? StateOf(KernelCall call) => call.State.Notifiers.TryGetValue(call.Number(0), out var state) ? state : null;

    private static void Set(KernelCall call, BatchState state) => call.State = call.State with { Notifiers = call.State.Notifiers.SetItem(call.Number(0), state) };

    private static (ulong Start, ulong End)? Bounds(KernelCall call, ulong range)
    {
        if (call.Program.OffsetOf("mmu_notifier_range", "start") is not { } start || call.Program.OffsetOf("mmu_notifier_range", "end") is not { } end)
        {
            return null;
        }

        var (first, last) = (call.Execution.Memory.Load(range + (ulong)start, 8), call.Execution.Memory.Load(range + (ulong)end, 8));
        return first.IsDefined && last.IsDefined
            ? ((ulong)first.Bits, (ulong)last.Bits)
            : throw StopException.Violates(ViolationKind.Notifier, $"{call.Caller}() uses a notifier range whose bounds were never set");
    }
}
