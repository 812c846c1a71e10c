using Review.Model;
using Review.Model.Memory;
using Review.Witness.Interpretation;

namespace Review.Witness.Bindings;

/// <summary>What the entries of the range hold that a walk goes over.</summary>
internal enum WalkedEntries
{
    /// <summary>A page each.</summary>
    Pages,

    /// <summary>The first one nothing, the second one a page in swap, the others a page each.</summary>
    Mixed,

    /// <summary>There are none: the table above maps a huge page.</summary>
    Huge,
}

/// <summary>
/// Walks of page tables (mm/pagewalk.c) that call the callbacks of the code: on tables in the memory of the run, a callback at a time for what one table of the lowest level maps.
/// </summary>
internal static class EntryWalk
{
    // Larger than struct mm_walk in every version.
    private const int WalkSize = 256;

    /// <summary>walk_page_range(): (mm, start, end, operations, private).</summary>
    public static IEnumerable<Outcome> Range(KernelCall call)
    {
        call.NeedLock();
        return Next(call, call.Number(1), call.Number(2), call.Number(4));
    }

    /// <summary>walk_page_range_vma(): (vma, start, end, operations, private).</summary>
    public static IEnumerable<Outcome> OfVma(KernelCall call)
    {
        var vma = call.Vma(0);
        var (start, end) = (call.Number(1), call.Number(2));
        return start >= vma.Start && end <= vma.End ? Next(call, start, end, call.Number(4)) : [new Outcome(call.State, Value.Of(-(int)Errno.EINVAL))];
    }

    private static IEnumerable<Outcome> Next(KernelCall call, ulong start, ulong end, ulong data)
    {
        var pending = call.Execution.Pending!;
        var callbacks = PageWalk.CallbacksOf(call).ToList();
        if (callbacks is not [("pmd_entry", { Code: { } code })])
        {
            throw StopException.Needs($"page walks that call {string.Join(" and ", callbacks.Select(static callback => $"{callback.Function}()"))}");
        }

        if (start >= end)
        {
            return [new Outcome(call.State, Value.Of(-(int)Errno.EINVAL))];
        }

        if (pending.Answer is not null)
        {
            TableLocks.NeedNone(call, callbacks[^1].Function.Name);
        }

        if (pending.Answer is { } answer && (int)answer.Bits != 0)
        {
            return [new Outcome(call.State, Value.Of((int)answer.Bits))];
        }

        var stretches = Stretches(call, start, end).ToList();
        if (pending.Round == stretches.Count)
        {
            return [new Outcome(call.State, Value.Of(0))];
        }

        var (vma, from, to) = stretches[pending.Round];
        var visited = call.Fork();
        PageWork.MarkDone(visited, from, to);
        return [new Outcome(visited.State, null)
        {
            Enter = execution =>
            {
                var walk = pending.Shared != 0 ? pending.Shared : execution.Memory.Allocate(WalkSize, "struct mm_walk", isZero: true);
                Set("mm", execution.Memory.AddressOf(new ForeignObject(KernelObjects.Mm, call.Space)));
                Set("vma", execution.Memory.AddressOf(new ForeignObject(KernelObjects.Vma, vma.Id)));
                Set("private", data);
                var entry = PageTableImage.Middle(execution.Memory, call.Mm, from, to, call.Mission.Entries!.Value);
                execution.CallFrom(code, [Value.Of((long)entry), Value.Of((long)from), Value.Of((long)to), Value.Of((long)walk)], pending with { Round = pending.Round + 1, Answer = null, Shared = walk });

                void Set(string member, ulong value)
                {
                    // A member that the code does not look at has a place that nobody knows.
                    if (call.Program.OffsetOf("mm_walk", member) is { } offset)
                    {
                        execution.Memory.Store(walk + (ulong)offset, sizeof(ulong), Value.Of((long)value));
                    }
                }
            },
        }];
    }

    /// <summary>What is walked at a time: no further than a table of the lowest level goes, and one VMA. Those without ordinary pages are left out (walk_page_test(), hugetlb_entry).</summary>
    private static IEnumerable<(Vma Vma, ulong Start, ulong End)> Stretches(KernelCall call, ulong start, ulong end)
    {
        foreach (var vma in call.Mm.Overlapping(start, end).Where(static vma => !vma.HasAny(VmFlags.PfnMap | VmFlags.HugeTlb)))
        {
            var last = Math.Min(end, vma.End);
            for (var from = Math.Max(start, vma.Start); from < last;)
            {
                var to = Math.Min((from | (Pages.HugeSize - 1)) + 1, last);
                yield return (vma, from, to);
                from = to;
            }
        }
    }
}
