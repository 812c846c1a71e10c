using Review.Witness.Interpretation;

namespace Review.Witness.Bindings;

/// <summary>The kernel around the interpreted code: <see cref="KernelTable"/> on a state of the model.</summary>
internal sealed class KernelWorld(Mission mission, ProgramCode program, KernelState state) : IWorld
{
    /// <summary>The state now.</summary>
    public KernelState State { get; private set; } = state;

    /// <summary>The functions of the file that were entered or called.</summary>
    public HashSet<string> Called { get; } = new(StringComparer.Ordinal);

    /// <summary>The callbacks of page walks that were effects of the model.</summary>
    public HashSet<string> Walked { get; } = new(StringComparer.Ordinal);

    public bool Binds(string function) => KernelTable.Binds(function);

    public Value? Call(Execution execution, CallTarget function, ReadOnlySpan<Value> arguments)
    {
        if (PointOf(function) is not null)
        {
            return null;
        }

        if (!KernelTable.Effects.TryGetValue(function.Name, out var effect))
        {
            throw StopException.Needs(program.Problems.TryGetValue(function.Name, out var reason) ? $"a tree of {function}(): {reason}" : $"the function {function}()");
        }

        var call = new KernelCall(mission, program, execution, function, arguments.ToArray(), State);
        var value = effect(call);
        State = call.State;
        if (KernelTable.Walks.ContainsKey(function.Name))
        {
            Walked.UnionWith(PageWalk.CallbacksOf(call).Select(static callback => callback.Function.Name));
        }

        return value.IsDefined ? value : Value.Of(0);
    }

    public void Enter(Execution execution, CallTarget function, ReadOnlySpan<Value> arguments)
    {
        _ = Called.Add(function.Name);
        if (KernelTable.Watched.TryGetValue(function.Name, out var watch))
        {
            var call = new KernelCall(mission, program, execution, function, arguments.ToArray(), State);
            watch(call);
            State = call.State;
        }
    }

    public void Pass(Execution execution, CallTarget macro)
    {
        if (KernelTable.Marks.TryGetValue(macro.Name, out var effect))
        {
            var call = new KernelCall(mission, program, execution, macro, [], State);
            _ = effect(call);
            State = call.State;
        }
    }

    private Point? PointOf(CallTarget function) =>
        KernelTable.Points.TryGetValue(function.Name, out var point) || (mission.Entries is not null && KernelTable.Walks.TryGetValue(function.Name, out point)) ? point : null;

    /// <summary>What may become of the call that a thread stands at, in <see cref="State"/>; nothing if it has to wait.</summary>
    public List<Outcome> Outcomes(Execution execution)
    {
        var pending = execution.Pending!;
        return [.. PointOf(pending.Function)!(new KernelCall(mission, program, execution, pending.Function, pending.Arguments, State))];
    }

    public void Warn(string message)
    {
        if (mission.Sought.Contains(ViolationKind.Warning))
        {
            throw StopException.Violates(ViolationKind.Warning, message);
        }
    }

    public Value Load(Execution execution, ForeignObject target, string member, int offset) => Members.Load(Observer(execution), target, member);

    public void Store(Execution execution, ForeignObject target, string member, int offset, Value value)
    {
        var call = Observer(execution);
        Members.Store(call, target, member, value);
        State = call.State;
    }

    public ulong? AddressOf(Execution execution, string variable) => variable switch
    {
        // Constants of the machine, and tables that are only compared.
        "sysctl_max_map_count" => Constant(execution, State.Machine.MaxMapCount, 4, variable),

        // Where physical memory is mapped, and bits of addresses that mean something else on other machines.
        "page_offset_base" => Constant(execution, unchecked((long)PageTableImage.DirectMap), 8, variable),
        "pgdir_shift" => Constant(execution, PageTableImage.TopShift(mission), 4, variable),
        "ptrs_per_p4d" => Constant(execution, PageTableImage.HasFiveLevels(mission) ? 512 : 1, 4, variable),
        "__pgtable_l5_enabled" => Constant(execution, PageTableImage.HasFiveLevels(mission) ? 1 : 0, 4, variable),
        "sme_me_mask" => Constant(execution, 0, 8, variable),
        "physical_mask" => Constant(execution, (1L << 52) - 1, 8, variable),

        // Page frame numbers count from here.
        "vmemmap_base" => Constant(execution, 0, 8, variable),
        "shmem_aops" or "init_user_ns" or "nop_mnt_idmap" => execution.Memory.AddressOf(new ForeignObject(variable, 0)),
        _ => null,
    };

    private static ulong Constant(Execution execution, long value, int size, string name)
    {
        var address = execution.Memory.Allocate(size, name);
        execution.Memory.Store(address, size, Value.Of(value));
        return address;
    }

    private KernelCall Observer(Execution execution) => new(mission, program, execution, program.TargetOf(execution.Function), [], State);
}
