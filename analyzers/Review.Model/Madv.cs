using System.Collections.Immutable;
using System.Globalization;

namespace Review.Model;

/// <summary>The values of madvise(2)'s third argument by name, as Linux 6.18 numbers them (asm-generic/mman-common.h); the numbers come from Madvise.table. Any integer may be passed; most are invalid.</summary>
public static class Madv
{
    public const int Normal = (int)MadviseInfoAdvice.MADV_NORMAL;
    public const int Random = (int)MadviseInfoAdvice.MADV_RANDOM;
    public const int Sequential = (int)MadviseInfoAdvice.MADV_SEQUENTIAL;
    public const int WillNeed = (int)MadviseInfoAdvice.MADV_WILLNEED;
    public const int DontNeed = (int)MadviseInfoAdvice.MADV_DONTNEED;
    public const int Free = (int)MadviseInfoAdvice.MADV_FREE;
    public const int Remove = (int)MadviseInfoAdvice.MADV_REMOVE;
    public const int DontFork = (int)MadviseInfoAdvice.MADV_DONTFORK;
    public const int DoFork = (int)MadviseInfoAdvice.MADV_DOFORK;
    public const int Mergeable = (int)MadviseInfoAdvice.MADV_MERGEABLE;
    public const int Unmergeable = (int)MadviseInfoAdvice.MADV_UNMERGEABLE;
    public const int HugePage = (int)MadviseInfoAdvice.MADV_HUGEPAGE;
    public const int NoHugePage = (int)MadviseInfoAdvice.MADV_NOHUGEPAGE;
    public const int DontDump = (int)MadviseInfoAdvice.MADV_DONTDUMP;
    public const int DoDump = (int)MadviseInfoAdvice.MADV_DODUMP;
    public const int WipeOnFork = (int)MadviseInfoAdvice.MADV_WIPEONFORK;
    public const int KeepOnFork = (int)MadviseInfoAdvice.MADV_KEEPONFORK;
    public const int Cold = (int)MadviseInfoAdvice.MADV_COLD;
    public const int PageOut = (int)MadviseInfoAdvice.MADV_PAGEOUT;
    public const int PopulateRead = (int)MadviseInfoAdvice.MADV_POPULATE_READ;
    public const int PopulateWrite = (int)MadviseInfoAdvice.MADV_POPULATE_WRITE;
    public const int DontNeedLocked = (int)MadviseInfoAdvice.MADV_DONTNEED_LOCKED;
    public const int Collapse = (int)MadviseInfoAdvice.MADV_COLLAPSE;
    public const int HwPoison = (int)MadviseInfoAdvice.MADV_HWPOISON;
    public const int SoftOffline = (int)MadviseInfoAdvice.MADV_SOFT_OFFLINE;
    public const int GuardInstall = (int)MadviseInfoAdvice.MADV_GUARD_INSTALL;
    public const int GuardRemove = (int)MadviseInfoAdvice.MADV_GUARD_REMOVE;

    /// <summary>Every named value, ascending.</summary>
    public static ImmutableSortedDictionary<int, string> Names { get; } = Advice.AdviceTable.All.ToImmutableSortedDictionary(static row => row.Value, static row => row.Name);

    private static readonly ImmutableDictionary<string, int> Values =
        Names.ToImmutableDictionary(static pair => pair.Value, static pair => pair.Key, StringComparer.Ordinal);

    /// <summary>The value of a MADV_ name.</summary>
    public static bool TryParse(string name, out int advice) => Values.TryGetValue(name, out advice);

    /// <summary>The MADV_ name, or the number where there is none.</summary>
    public static string NameOf(int advice) => Names.GetValueOrDefault(advice) ?? advice.ToString(CultureInfo.InvariantCulture);
}
