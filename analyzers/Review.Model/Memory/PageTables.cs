namespace Review.Model.Memory;

/// <summary>How much zap_page_range() and its relatives take away.</summary>
[Flags]
public enum ZapScope
{
    /// <summary>Pages; guards, and write-protection markers of files, stay (MADV_DONTNEED).</summary>
    Pages = 0,

    /// <summary>Markers as well (ZAP_FLAG_DROP_MARKER: munmap).</summary>
    Markers = 1,

    /// <summary>Private copies of file pages stay (even_cows == 0: punching a hole).</summary>
    KeepCopies = 2,
}

/// <summary>Setting and clearing page table entries. Addresses are bytes, ranges half-open.</summary>
public static class PageTables
{
    /// <summary>Puts an entry that maps its frame once more in the place of an empty or marker entry: set_pte_at().</summary>
    public static Machine MapPage(this Machine machine, int space, ulong address, Pte pte)
    {
        if (pte.Kind == PteKind.Page && pte.Frame != 0)
        {
            machine = machine.AddMapping(pte.Frame);
        }

        return machine.ChangePte(space, address, pte);
    }

    /// <summary>Changes an entry and leaves the frame's count alone.</summary>
    public static Machine ChangePte(this Machine machine, int space, ulong address, Pte pte)
    {
        var old = pte.IsNone || pte.Has(PteFlags.Huge) ? machine.Space(space) : machine.Space(space).WithTables(address, address + Pages.Size);
        var beside = old.Table[Pages.Number(address)].Frame == pte.Frame ? old.Beside : old.Beside.Forget(Pages.Number(address));
        return machine.With(space, old with { Table = old.Table.With(Pages.Number(address), pte), Beside = beside });
    }

    /// <summary>Clears an entry: ptep_get_and_clear() and dropping the mapping.</summary>
    public static Machine ClearPte(this Machine machine, int space, ulong address)
    {
        var pte = machine.Space(space).Table[Pages.Number(address)];
        machine = machine.ChangePte(space, address, Pte.None);
        if (pte.Kind is not (PteKind.Page or PteKind.Migration) || pte.Frame == 0)
        {
            return machine;
        }

        return (pte.Has(PteFlags.Dirty) ? machine.MarkDirty(pte.Frame) : machine).DropMapping(pte.Frame);
    }

    /// <summary>
    /// Takes away what is mapped in [start, end) of a VMA: zap_page_range_single() and unmap_single_vma(). Idempotent.
    /// </summary>
    public static Machine ZapRange(this Machine machine, int space, Vma vma, ulong start, ulong end, ZapScope scope)
    {
        machine = machine.SplitHugeAt(space, start).SplitHugeAt(space, end);
        var from = Pages.Number(start);
        while (machine.Space(space).Table.TryNext(from, Pages.Number(end), out var number, out var pte))
        {
            from = number + 1;
            if (IsZapped(machine, vma, pte, scope))
            {
                machine = machine.ClearPte(space, number << Pages.Shift);
                if (pte.Has(PteFlags.UffdWp) && !vma.IsAnonymous && !scope.HasFlag(ZapScope.Markers) && vma.Has(VmFlags.UffdWp))
                {
                    machine = machine.ChangePte(space, number << Pages.Shift, new Pte(PteKind.UffdWpMarker));
                }
            }
        }

        return machine;
    }

    /// <summary>
    /// Splits the huge page around an address that is not at its start into pages of its own: split_huge_pmd(). The contents stay;
    /// a huge page of a file is just unmapped, it comes back with the next faults.
    /// </summary>
    public static Machine SplitHugeAt(this Machine machine, int space, ulong address)
    {
        var start = Pages.HugeDown(address);
        if (start == address || !machine.Space(space).Table[Pages.Number(address)].Has(PteFlags.Huge))
        {
            return machine;
        }

        if (machine.FrameAt(machine.Space(space).Table[Pages.Number(address)].Frame).Has(FrameFlags.Cached))
        {
            for (var at = start; at < start + Pages.HugeSize; at += Pages.Size)
            {
                machine = machine.ClearPte(space, at);
            }

            return machine;
        }

        return machine.WithTable(space, start).ChangeEntries(space, start, start + Pages.HugeSize, static pte => pte.Kind == PteKind.HugeZero ? new Pte(PteKind.Zero, PteFlags.Special) : pte.Minus(PteFlags.Huge));
    }

    /// <summary>pte_alloc() for the region of an address.</summary>
    public static Machine WithTable(this Machine machine, int space, ulong address) => machine.With(space, machine.Space(space).WithTables(address, address + Pages.Size));

    /// <summary>try_to_free_pte() for the regions that lie in [start, end) and hold nothing any more.</summary>
    public static Machine FreeEmptyTables(this Machine machine, int space, ulong start, ulong end)
    {
        for (var block = Pages.HugeUp(start); block < Pages.HugeDown(end); block += Pages.HugeSize)
        {
            var mm = machine.Space(space);
            machine = mm.HasTable(block) && !mm.Table.TryNext(Pages.Number(block), Pages.Number(block + Pages.HugeSize), out _, out _) ? machine.With(space, mm.WithoutTable(block)) : machine;
        }

        return machine;
    }

    /// <summary>Applies a change that keeps frames to every entry of [start, end).</summary>
    public static Machine ChangeEntries(this Machine machine, int space, ulong start, ulong end, Func<Pte, Pte> change)
    {
        var table = machine.Space(space).Table;
        var from = Pages.Number(start);
        while (table.TryNext(from, Pages.Number(end), out var number, out var pte))
        {
            table = table.With(number, change(pte));
            from = number + 1;
        }

        return machine.With(space, machine.Space(space) with { Table = table });
    }

    /// <summary>
    /// move_page_tables(): moves the entries of [from, from + length) to an unmapped range; guards move along. Write protection by
    /// userfaultfd is dropped when the registration is (<paramref name="clearUffdWp"/>).
    /// </summary>
    public static Machine MoveEntries(this Machine machine, int space, ulong from, ulong to, ulong length, bool clearUffdWp)
    {
        machine = machine.SplitHugeAt(space, from).SplitHugeAt(space, from + length);
        var keepsHuge = (from & (Pages.HugeSize - 1)) == (to & (Pages.HugeSize - 1));
        var table = machine.Space(space).Table;
        var beside = machine.Space(space).Beside;
        var splits = false;
        var at = Pages.Number(from);
        while (table.TryNext(at, Pages.Number(from + length), out var number, out var pte))
        {
            at = number + 1;
            var moved = keepsHuge ? pte : pte.Minus(PteFlags.Huge);
            splits |= !keepsHuge && pte.Has(PteFlags.Huge);
            if (clearUffdWp)
            {
                moved = moved.Kind == PteKind.UffdWpMarker ? Pte.None : moved.Minus(PteFlags.UffdWp);
            }

            table = table.With(number, Pte.None).With(number - Pages.Number(from) + Pages.Number(to), moved);
            beside = beside.Forget(number);
        }

        // get_old_pmd(): where there is no table nothing is moved.
        var mm = machine.Space(space);
        return machine.With(space, (mm.HasTable(from) || splits ? mm.WithTables(to, to + length) : mm) with { Table = table, Beside = beside });
    }

    private static bool IsZapped(Machine machine, Vma vma, Pte pte, ZapScope scope) => pte.Kind switch
    {
        PteKind.Guard => scope.HasFlag(ZapScope.Markers),
        PteKind.UffdWpMarker => vma.IsAnonymous || scope.HasFlag(ZapScope.Markers),
        PteKind.Page when scope.HasFlag(ZapScope.KeepCopies) => pte.Frame == 0 || !machine.FrameAt(pte.Frame).Has(FrameFlags.Anon),
        PteKind.Poisoned => !scope.HasFlag(ZapScope.KeepCopies),
        _ => true,
    };
}
