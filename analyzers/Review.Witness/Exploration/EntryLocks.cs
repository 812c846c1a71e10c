using Review.Core.Syntax;
using Review.Witness.Bindings;

namespace Review.Witness.Exploration;

/// <summary>How the callers of a function hold mmap_lock.</summary>
internal enum EntryLock
{
    /// <summary>Not known.</summary>
    Unknown,

    /// <summary>Not at all.</summary>
    None,

    /// <summary>For reading.</summary>
    Read,

    /// <summary>For writing.</summary>
    Write,
}

/// <summary>
/// With which lock functions of mm/ are called from other files. That is their contract, and is not taken from their code: code that forgets a lock would be thought to be called with it.
/// </summary>
internal static class EntryLocks
{
    private static readonly Dictionary<string, EntryLock> Known = new(StringComparer.Ordinal);

    static EntryLocks()
    {
        // mm/gup.c: whose name says neither "unlocked" nor "fast"
        Called(EntryLock.Read, "get_user_pages", "get_user_pages_remote", "pin_user_pages", "pin_user_pages_remote", "populate_vma_page_range", "faultin_vma_page_range", "faultin_page_range", "fixup_user_fault");
        Called(EntryLock.None, "get_user_pages_unlocked", "pin_user_pages_unlocked", "get_user_pages_fast", "pin_user_pages_fast", "get_user_pages_fast_only", "get_dump_page", "__mm_populate", "fault_in_safe_writeable");

        // mm/khugepaged.c
        Called(EntryLock.Read, "madvise_collapse");

        // mm/mprotect.c, mm/memory.c, mm/mremap.c, mm/mlock.c
        Called(EntryLock.Write, "change_protection", "mprotect_fixup", "copy_page_range", "move_page_tables", "mlock_fixup");
        Called(EntryLock.Read, "zap_page_range", "zap_page_range_single");
    }

    /// <summary>How the callers hold mmap_lock. Nobody holds it who makes a system call.</summary>
    public static EntryLock Of(FunctionDefinition function) =>
        SystemCallName.Of(function.Name) != function.Name ? EntryLock.None : Known.GetValueOrDefault(function.Name);

    private static void Called(EntryLock held, params ReadOnlySpan<string> functions)
    {
        foreach (var function in functions)
        {
            Known.Add(function, held);
        }
    }
}
