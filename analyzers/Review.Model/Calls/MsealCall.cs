using Review.Model.Memory;

namespace Review.Model.Calls;

/// <summary>mseal(2).</summary>
public sealed record MsealCall(Current Current, ulong Start, ulong Length, ulong Flags) : WriteLockedCall(Current)
{
    /// <inheritdoc/>
    protected override string Name => "mseal";

    /// <inheritdoc/>
    protected override CallResult? Test(Machine machine)
    {
        if (!machine.Era.HasMseal)
        {
            return Errno.ENOSYS;
        }

        var rounded = Pages.RoundUp(Length);
        if (Flags != 0 || !Pages.IsAligned(Start) || (Length != 0 && rounded == 0) || unchecked(Start + rounded) < Start)
        {
            return Errno.EINVAL;
        }

        return rounded == 0 ? CallResult.Success : null;
    }

    /// <inheritdoc/>
    protected override Step Work(Machine machine, int space)
    {
        var end = Start + Pages.RoundUp(Length);
        if (!machine.Space(space).IsMapped(Start, end))
        {
            return Calls.Step.End(machine, Errno.ENOMEM);
        }

        for (var at = Start; at < end;)
        {
            var vma = machine.Space(space).Lookup(at)!;
            var to = Math.Min(end, vma.End);
            if (!vma.Has(VmFlags.Sealed))
            {
                var error = VmaSplit.Modify(ref machine, space, vma, at, to, static old => old with { Flags = old.Flags | VmFlags.Sealed }, out _);
                if (error != Errno.None)
                {
                    return Calls.Step.End(machine, error);
                }
            }

            at = to;
        }

        return Calls.Step.End(machine, CallResult.Success);
    }
}
