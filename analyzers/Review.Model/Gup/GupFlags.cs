namespace Review.Model.Gup;

/// <summary>Flags of get_user_pages() (FOLL_*).</summary>
[Flags]
public enum GupFlags
{
    None = 0,
    Write = 1,

    /// <summary>Take a reference (put_page() gives it back).</summary>
    Get = 2,

    /// <summary>Ignore missing access rights where the mapping may have them (ptrace).</summary>
    Force = 4,

    /// <summary>Do not wait, not even for a userfaultfd.</summary>
    NoWait = 8,

    /// <summary>Never fault; take only what is mapped.</summary>
    NoFault = 16,

    /// <summary>Refuse an entry that NUMA balancing made inaccessible: fault first.</summary>
    HonorNumaFault = 32,

    /// <summary>Pin (unpin_user_page() gives it back).</summary>
    Pin = 64,

    /// <summary>The pin may last: not in shared mappings of disk files when writing.</summary>
    LongTerm = 128,

    /// <summary>Another process's memory.</summary>
    Remote = 256,

    /// <summary>Only look into page tables, without locks, and never fault (get_user_pages_fast_only()).</summary>
    FastOnly = 512,

    /// <summary>The errors of MADV_POPULATE_*.</summary>
    MadvPopulate = 1024,

    /// <summary>Locks may be dropped while waiting.</summary>
    Unlockable = 2048,
}
