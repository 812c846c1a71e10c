namespace Review.Model.Memory;

/// <summary>Page sizes and rounding on x86_64. Addresses and lengths are bytes; page numbers are addresses divided by the page size.</summary>
public static class Pages
{
    /// <summary>Binary logarithm of the page size.</summary>
    public const int Shift = 12;

    /// <summary>Bytes in a page.</summary>
    public const ulong Size = 1UL << Shift;

    /// <summary>Bytes in a huge page (one PMD).</summary>
    public const ulong HugeSize = 2UL << 20;

    /// <summary>Pages in a huge page.</summary>
    public const ulong PerHuge = HugeSize / Size;

    /// <summary>End of user space, exclusive: TASK_SIZE with four-level page tables.</summary>
    public const ulong TaskSize = 0x7FFF_FFFF_F000UL;

    /// <summary>Pages a read fault maps at once, if they are cached: fault_around_bytes.</summary>
    public const ulong FaultAround = 16;

    /// <summary>The page number of an address.</summary>
    public static ulong Number(ulong address) => address >> Shift;

    /// <summary>Whether an address is a multiple of the page size.</summary>
    public static bool IsAligned(ulong address) => (address & (Size - 1)) == 0;

    /// <summary>PAGE_ALIGN: rounds up to a page, wrapping to 0 at the end of the address space.</summary>
    public static ulong RoundUp(ulong length) => unchecked(length + Size - 1) & ~(Size - 1);

    /// <summary>Rounds down to a page.</summary>
    public static ulong RoundDown(ulong address) => address & ~(Size - 1);

    /// <summary>Rounds down to a huge page.</summary>
    public static ulong HugeDown(ulong address) => address & ~(HugeSize - 1);

    /// <summary>Rounds up to a huge page.</summary>
    public static ulong HugeUp(ulong address) => unchecked(address + HugeSize - 1) & ~(HugeSize - 1);
}
