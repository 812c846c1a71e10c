using Review.Model.Collections;
using Review.Model.Eras;

namespace Review.Model.Memory;

/// <summary>What a <see cref="StepwiseZap"/> does next.</summary>
public enum ZapStage : byte
{
    /// <summary>mmu_notifier_invalidate_range_start()</summary>
    NotifierStart,

    /// <summary>Entries are cleared and their pages gathered.</summary>
    Clear,

    /// <summary>mmu_notifier_invalidate_range_end()</summary>
    NotifierEnd,

    /// <summary>tlb_finish_mmu(): the TLB is flushed.</summary>
    Flush,

    /// <summary>tlb_finish_mmu(): the gathered pages are freed.</summary>
    Free,
}

/// <summary>
/// zap_page_range_single() of [<paramref name="Start"/>, <paramref name="End"/>) in the steps that other threads, processors and devices can tell apart.
/// The lock is the caller's.
/// </summary>
/// <param name="Space">The address space.</param>
/// <param name="Thread">Who zaps.</param>
/// <param name="Vma">The VMA, which may have been taken out of the address space before.</param>
/// <param name="Start">First byte.</param>
/// <param name="End">First byte behind.</param>
/// <param name="Scope">What is taken away.</param>
public sealed record StepwiseZap(int Space, int Thread, Vma Vma, ulong Start, ulong End, ZapScope Scope)
{
    /// <summary>What comes next.</summary>
    public ZapStage Stage { get; init; }

    /// <summary>The pages that the gather holds: the references of the entries that mapped them.</summary>
    public Seq<int> Gathered { get; init; } = [];

    /// <summary>What comes next, for people.</summary>
    public string NextAction => Stage switch
    {
        ZapStage.NotifierStart => "mmu_notifier_invalidate_range_start()",
        ZapStage.Clear => "clear the entries, gather the pages",
        ZapStage.NotifierEnd => "mmu_notifier_invalidate_range_end()",
        ZapStage.Flush => "flush the TLB",
        _ => "free the gathered pages",
    };

    /// <summary>Does the next step; null when it was the last.</summary>
    public StepwiseZap? Step(ref Machine machine)
    {
        var beside = machine.Space(Space).Beside;
        switch (Stage)
        {
            case ZapStage.NotifierStart:
                machine = machine.Protocol.Has(Defects.NoNotifierStart) ? machine : With(machine, beside.StartInvalidation(Thread, Start, End));
                return this with { Stage = ZapStage.Clear };
            case ZapStage.Clear:
                return Clear(ref machine) with { Stage = ZapStage.NotifierEnd };
            case ZapStage.NotifierEnd:
                machine = machine.Protocol.Has(Defects.NoNotifierEnd) ? machine : With(machine, beside.EndInvalidation(Thread, Start, End));
                return this with { Stage = ZapStage.Flush };
            case ZapStage.Flush:
                machine = With(machine, beside.Flush(Start, End));
                return this with { Stage = ZapStage.Free };
            default:
                Free(ref machine);
                return null;
        }
    }

    private Machine With(Machine machine, Translations beside) => machine.With(Space, machine.Space(Space) with { Beside = beside });

    private StepwiseZap Clear(ref Machine machine)
    {
        var beside = machine.Space(Space).Beside;
        var gathered = Gathered;
        var stale = beside.Stale;
        var table = machine.Space(Space).Table;
        for (var from = Pages.Number(Start); table.TryNext(from, Pages.Number(End), out var page, out var pte); from = page + 1)
        {
            if (pte.Kind != PteKind.Page || pte.Frame == 0)
            {
                continue;
            }

            stale = stale.Add(new StaleTranslation(page, pte.Frame));
            if (!machine.Protocol.Has(Defects.FreesBeforeFlush))
            {
                gathered = gathered.Add(pte.Frame);
                machine = machine.Grab(pte.Frame, pin: false);
            }
        }

        // The secondary MMU hears of nothing here: that is what the notifier's start is for.
        machine = machine.ZapRange(Space, Vma, Start, End, Scope);
        machine = With(machine, beside with { Stale = stale });
        return this with { Gathered = gathered };
    }

    private void Free(ref Machine machine)
    {
        foreach (var frame in Gathered)
        {
            machine = machine.Release(frame, pin: false);
            if (machine.Protocol.Has(Defects.FreesReferencedPages) && machine.FrameAt(frame).MapCount == 0)
            {
                machine = machine with { Frames = machine.Frames.With((ulong)frame, default) };
            }
        }
    }
}
