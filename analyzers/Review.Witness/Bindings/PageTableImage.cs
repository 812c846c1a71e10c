using Review.Model;
using Review.Model.Memory;
using Review.Witness.Interpretation;

namespace Review.Witness.Bindings;

/// <summary>How far the page tables of a range are there.</summary>
internal enum TableShape
{
    /// <summary>Tables of every level, and a present entry for every page.</summary>
    Pages,

    /// <summary>Not even a table of the second level.</summary>
    None,

    /// <summary>No table of the lowest level.</summary>
    Upper,

    /// <summary>As <see cref="Pages"/>, but the first table of the lowest level is missing.</summary>
    FirstMissing,

    /// <summary>As <see cref="Pages"/>, but in the place of the first table of the lowest level there is a huge page.</summary>
    FirstHuge,

    /// <summary>Huge pages of the second level, which has no tables below.</summary>
    UpperHuge,

    /// <summary>Nothing, on a machine with five levels: the uppermost table of one with four always has the entry.</summary>
    FiveLevels,
}

/// <summary>Page tables in the memory of a run.</summary>
/// <param name="Space">Number of the address space that is worked on.</param>
/// <param name="Root">Address of its uppermost table.</param>
/// <param name="Other">Address of that of every other address space.</param>
internal sealed record PageTableRoots(int Space, ulong Root, ulong Other)
{
    /// <summary>Address of the uppermost table of an address space.</summary>
    public ulong Of(int space) => space == Space ? Root : Other;
}

/// <summary>
/// Page tables as x86-64 lays them out in memory, with four levels, for code that walks them itself (arch/x86/include/asm/pgtable_types.h): what headers do with
/// entries is interpreted, and finds what it would find there.
/// </summary>
internal static class PageTableImage
{
    /// <summary>Where physical memory is mapped; the interpreted code's own objects begin here.</summary>
    public const ulong DirectMap = 0xffff_8880_0000_0000;

    /// <summary>Bits of an address below the number of an entry in the uppermost table (pgdir_shift).</summary>
    public static int TopShift(Mission mission) => HasFiveLevels(mission) ? 48 : 39;

    /// <summary>True if the machine has page tables of five levels (X86_FEATURE_LA57).</summary>
    public static bool HasFiveLevels(Mission mission) => mission.Direct?.Tables == TableShape.FiveLevels;

    private const int TableSize = 4096;
    private const int LevelBits = 9;
    private const int PmdShift = 21;
    private const int PudShift = 30;
    private const int Levels = 4;

    // _PAGE_PRESENT, _PAGE_RW, _PAGE_USER, _PAGE_ACCESSED, _PAGE_DIRTY: also what a table's entry has (_PAGE_TABLE).
    private const ulong Flags = 0x67;

    private const ulong Present = 1;

    private const ulong FrameMask = 0x000f_ffff_ffff_f000;

    /// <summary>A place in the first swap file (arch/x86/include/asm/pgtable_64.h): its number is inverted, and present is not set.</summary>
    public const long NotPresent = 0x07ff_ffff_ffff_fc00;

    // _PAGE_PSE
    private const ulong Huge = 0x80;

    /// <summary>The tables for a direct call: those of its address space in the shape of the call, those of the others empty.</summary>
    public static PageTableRoots? Of(Memory memory, Mission mission, Machine machine)
    {
        if (mission.Direct is not { WalksTables: true, Tables: var shape })
        {
            return null;
        }

        var root = Build(memory, mission.Start, mission.End, shape);
        return new PageTableRoots(mission.Space, root, NewTable(memory));
    }

    private static ulong Build(Memory memory, ulong start, ulong end, TableShape shape)
    {
        var root = NewTable(memory);
        var step = shape is TableShape.Upper or TableShape.UpperHuge ? Pages.HugeSize : Pages.Size;
        for (var page = start; page < end && shape is not (TableShape.None or TableShape.FiveLevels); page += step)
        {
            var isFirst = page >> PmdShift == start >> PmdShift;
            if (shape == TableShape.UpperHuge)
            {
                memory.Store(Down(memory, root, page, 1) + Offset(page, 2), sizeof(ulong), Value.Of((long)((page >> PudShift << PudShift) | Flags | Huge)));
                continue;
            }

            var middle = Down(memory, root, page, Levels - 2) + Offset(page, 1);
            switch (shape)
            {
                case TableShape.Upper:
                case TableShape.FirstMissing when isFirst:
                    break;
                case TableShape.FirstHuge when isFirst:
                    memory.Store(middle, sizeof(ulong), Value.Of((long)((page >> PmdShift << PmdShift) | Flags | Huge)));
                    break;
                default:
                    memory.Store(Down(memory, root, page, Levels - 1) + Offset(page, 0), sizeof(ulong), Value.Of((long)(page | Flags)));
                    break;
            }
        }

        return root;
    }

    /// <summary>The address of the entry of the middle level that maps a stretch, which ends where its table does at the latest.</summary>
    public static ulong Middle(Memory memory, AddressSpace mm, ulong start, ulong end, WalkedEntries entries)
    {
        var middle = NewTable(memory) + Offset(start, 1);
        if (entries == WalkedEntries.Huge)
        {
            memory.Store(middle, sizeof(ulong), Value.Of((long)((start >> PmdShift << PmdShift) | Flags | Huge)));
            return middle;
        }

        var table = NewTable(memory);
        memory.Store(middle, sizeof(ulong), Value.Of(EntryFor(table)));
        for (var (page, number) = (start, 0); page < end; page += Pages.Size, number++)
        {
            var isThere = mm.Table[Pages.Number(page)].IsPresent;
            var value = entries == WalkedEntries.Mixed && number < 2 ? (number == 0 ? 0 : (ulong)NotPresent) : isThere ? page | Flags : 0;
            memory.Store(table + Offset(page, 0), sizeof(ulong), Value.Of((long)value));
        }

        return middle;
    }

    /// <summary>The address of the entry of the lowest level for an address; 0 if the entry above does not point to a table.</summary>
    public static ulong EntryAt(Memory memory, ulong middle, ulong address)
    {
        var value = (ulong)memory.Load(middle, sizeof(ulong)).Bits;
        return (value & Present) == 0 || (value & Huge) != 0 ? 0 : DirectMap + (value & FrameMask) + Offset(address, 0);
    }

    /// <summary>An empty table.</summary>
    public static ulong NewTable(Memory memory) => memory.Allocate(TableSize, "a page table", isZero: true);

    /// <summary>What an entry holds that points to a table.</summary>
    public static long EntryFor(ulong table) => (long)((table - DirectMap) | Flags);

    private static ulong Down(Memory memory, ulong table, ulong address, int levels)
    {
        for (var level = Levels - 1; level > Levels - 1 - levels; level--)
        {
            var entry = table + Offset(address, level);
            var value = memory.Load(entry, sizeof(ulong)).Bits;
            if (value == 0)
            {
                value = EntryFor(NewTable(memory));
                memory.Store(entry, sizeof(ulong), Value.Of(value));
            }

            table = DirectMap + ((ulong)value & ~(ulong)(TableSize - 1));
        }

        return table;
    }

    private static ulong Offset(ulong address, int level) => ((address >> (12 + (LevelBits * level))) & ((1 << LevelBits) - 1)) * sizeof(ulong);
}
