using Review.Model.Memory;

namespace Review.Model.Calls;

/// <summary>mincore(2). The vector of a call that succeeded is found with <see cref="VectorOf"/>.</summary>
public sealed record MincoreCall(Current Current, ulong Start, ulong Length, bool IsVectorBad) : ReadLockedCall(Current)
{
    /// <inheritdoc/>
    protected override string Name => "mincore";

    /// <summary>One character per page, 0 or 1, of a range that is mapped throughout.</summary>
    public static string VectorOf(Machine machine, int process, ulong start, ulong length) =>
        string.Create((int)Pages.Number(Pages.RoundUp(length)), (machine, process, start), static (text, state) =>
        {
            var mm = state.machine.Space(state.machine.Process(state.process).Space);
            for (var i = 0; i < text.Length; i++)
            {
                var address = state.start + ((ulong)i << Pages.Shift);
                text[i] = IsInCore(state.machine, state.machine.Process(state.process), mm, mm.Lookup(address)!, address) ? '1' : '0';
            }
        });

    /// <inheritdoc/>
    protected override CallResult? Test(Machine machine)
    {
        if (!Pages.IsAligned(Start))
        {
            return Errno.EINVAL;
        }

        return Start > Pages.TaskSize || Length > Pages.TaskSize - Start ? Errno.ENOMEM : Length == 0 ? CallResult.Success : null;
    }

    /// <inheritdoc/>
    protected override CallResult Work(ref Machine machine, int space)
    {
        if (machine.Space(space).Lookup(Start) is null)
        {
            return Errno.ENOMEM;
        }

        return IsVectorBad ? Errno.EFAULT : machine.Space(space).IsMapped(Start, Start + Pages.RoundUp(Length)) ? Errno.None : Errno.ENOMEM;
    }

    // mincore_pte_range() and can_do_mincore()
    private static bool IsInCore(Machine machine, Process process, AddressSpace mm, Vma vma, ulong address)
    {
        if (vma.File != 0 && !process.IsPrivileged && machine.File(vma.File).IsPrivateToRoot)
        {
            return true;
        }

        var pte = mm.PteAt(address);
        if (pte.IsPresent || pte.Kind == PteKind.Migration)
        {
            return true;
        }

        // pte_none_mostly(): behind a marker, guards included, the page cache is asked.
        return vma.File != 0 && !vma.IsHugeTlb && vma.OffsetOf(address) is var index && machine.Cached(vma.File, index) != 0;
    }
}
