using Review.Model.Memory;
using Review.Witness.Bindings;
using Review.Witness.Interpretation;

namespace Review.Witness.Exploration;

/// <summary>What the caller of a <see cref="DirectCall"/> expects when the function has returned.</summary>
internal sealed class ReturnContract(DirectCall call, CallSetting setting)
{
    private readonly HashSet<ulong> gathersOfCaller = [.. setting.State.Gathers.Keys];

    /// <summary>The first property that is broken; null if none that is sought is.</summary>
    public (ViolationKind Kind, string Message)? Broken(Mission mission, KernelState state, Memory memory) =>
        All(mission, state, memory).Cast<(ViolationKind Kind, string Message)?>().FirstOrDefault(broken => mission.Sought.Contains(broken!.Value.Kind));

    private IEnumerable<(ViolationKind Kind, string Message)> All(Mission mission, KernelState state, Memory memory)
    {
        var mm = state.Machine.Space(mission.Space);
        foreach (var broken in OfLock(mm, mission.Thread, state, memory).Concat(OfPrevious(mm, state, memory)))
        {
            yield return broken;
        }

        if (state.Gathers.Any(pair => (pair.Value == BatchState.Open) != gathersOfCaller.Contains(pair.Key)))
        {
            yield return (ViolationKind.TlbGather, $"{call.Function}() returns with {(state.Gathers.Any(pair => pair.Value == BatchState.Open && !gathersOfCaller.Contains(pair.Key)) ? "a TLB gather open" : "its caller's TLB gather closed")}");
        }

        if (state.Notifiers.ContainsValue(BatchState.Open))
        {
            yield return (ViolationKind.Notifier, $"{call.Function}() returns with a notifier range started");
        }

        if (!state.FileReferences.IsEmpty)
        {
            yield return (ViolationKind.Reference, $"{call.Function}() returns and keeps a reference to a file");
        }
    }

    private IEnumerable<(ViolationKind Kind, string Message)> OfLock(AddressSpace mm, int thread, KernelState state, Memory memory)
    {
        var held = mm.Lock.Writer == thread ? EntryLock.Write : mm.Lock.IsReader(thread) ? EntryLock.Read : EntryLock.None;
        var isTold = setting.Watched.Find(static place => place.Kind == HandedOver.Locked) is { Name: not null } locked ? (long?)memory.Load(locked.Address, 4).Bits : null;
        var expected = isTold == 0 ? EntryLock.None : call.Lock;
        if (held != expected)
        {
            var said = isTold switch { null => "", 0 => ", and *locked is 0", _ => ", and *locked is not 0" };
            yield return (ViolationKind.LockState, $"{call.Function}() returns {Words(held)}{said}; its caller expects it {Words(expected)}");
        }

        if (setting.Watched.Find(static place => place.Kind == HandedOver.Dropped) is { Name: { } name } dropped && state.Dropped is not null && memory.Load(dropped.Address, 1).Bits == 0)
        {
            yield return (ViolationKind.LockState, $"{call.Function}() dropped mmap_lock meanwhile, and *{name} does not say so");
        }
    }

    /// <summary>The caller goes on behind the VMA that it is told; after mmap_lock was dropped that may be gone.</summary>
    private IEnumerable<(ViolationKind Kind, string Message)> OfPrevious(AddressSpace mm, KernelState state, Memory memory)
    {
        foreach (var (_, name, address) in setting.Watched.Where(static place => place.Kind == HandedOver.Previous))
        {
            if (state.Dropped is not null && memory.Load(address, 8).Bits is not 0 and var vma && (memory.ForeignAt((ulong)vma) is not { } target || mm.ById(target.Id) is null))
            {
                yield return (ViolationKind.UseAfterFree, $"{call.Function}() leaves a VMA that is gone in *{name}, from which its caller goes on");
            }
        }
    }

    private static string Words(EntryLock held) => held switch
    {
        EntryLock.Read => "with mmap_lock held for reading",
        EntryLock.Write => "with mmap_lock held for writing",
        _ => "without mmap_lock",
    };
}
