namespace Review.Model.Memory;

/// <summary>
/// Large folios of transparent huge pages in anonymous memory. The folio outlives the huge mapping: its pages may be mapped one by one.
/// Which pages belong together is told by their aligned 2 MiB block.
/// </summary>
internal static class HugeFolio
{
    /// <summary>
    /// Splits the folios that [start, end) of a VMA covers only in part, as MADV_FREE, MADV_COLD and MADV_PAGEOUT do.
    /// </summary>
    public static Machine SplitPartial(Machine machine, int space, ulong start, ulong end)
    {
        machine = start == Pages.HugeDown(start) && end - start >= Pages.HugeSize ? machine : Split(machine, space, Pages.HugeDown(start));
        return end == Pages.HugeDown(end) || Pages.HugeDown(end) == Pages.HugeDown(start) ? machine : Split(machine, space, Pages.HugeDown(end));
    }

    /// <summary>
    /// split_folio(): the pages become folios of their own. Those that hold only zeroes give way to the zero page (since 6.12), unless
    /// the memory is locked. A folio that is shared, referenced or pinned stays.
    /// </summary>
    public static Machine Split(Machine machine, int space, ulong block)
    {
        var entries = machine.Space(space).Table.In(Pages.Number(block), Pages.Number(block + Pages.HugeSize))
            .Where(entry => IsLarge(machine, entry.Value)).ToList();
        if (entries.Count == 0 || entries.Exists(entry => machine.FrameAt(entry.Value.Frame) is not { MapCount: 1, References: 0, Pins: 0 }))
        {
            return machine;
        }

        foreach (var (number, pte) in entries)
        {
            var frame = machine.FrameAt(pte.Frame);
            machine = machine.WithFrame(pte.Frame, frame with { Flags = frame.Flags & ~FrameFlags.Large });
            var address = number << Pages.Shift;
            var isLocked = machine.Space(space).Lookup(address)!.Has(VmFlags.Locked);
            machine = frame.Content == 0 && !isLocked && machine.Era.MapsZeroPagesOnSplit
                ? machine.ClearPte(space, address).ChangePte(space, address, new Pte(PteKind.Zero, PteFlags.Special | (pte.Flags & PteFlags.ProtNone)))
                : machine.ChangePte(space, address, pte.Minus(PteFlags.Huge));
        }

        return machine.WithTable(space, block).ChangeEntries(space, block, block + Pages.HugeSize, static pte => pte.Minus(PteFlags.Huge));
    }

    /// <summary>Whether an entry maps an anonymous page of a large folio.</summary>
    public static bool IsLarge(Machine machine, Pte pte) => pte.Kind == PteKind.Page && pte.Frame != 0 && machine.FrameAt(pte.Frame).Has(FrameFlags.Large | FrameFlags.Anon);
}
