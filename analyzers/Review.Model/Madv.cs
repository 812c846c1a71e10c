using System.Collections.Immutable;
using System.Globalization;

namespace Review.Model;

/// <summary>The values of madvise(2)'s third argument by name, as Linux 6.18 numbers them (asm-generic/mman-common.h). Any integer may be passed; most are invalid.</summary>
public static class Madv
{
    public const int Normal = 0;
    public const int Random = 1;
    public const int Sequential = 2;
    public const int WillNeed = 3;
    public const int DontNeed = 4;
    public const int Free = 8;
    public const int Remove = 9;
    public const int DontFork = 10;
    public const int DoFork = 11;
    public const int Mergeable = 12;
    public const int Unmergeable = 13;
    public const int HugePage = 14;
    public const int NoHugePage = 15;
    public const int DontDump = 16;
    public const int DoDump = 17;
    public const int WipeOnFork = 18;
    public const int KeepOnFork = 19;
    public const int Cold = 20;
    public const int PageOut = 21;
    public const int PopulateRead = 22;
    public const int PopulateWrite = 23;
    public const int DontNeedLocked = 24;
    public const int Collapse = 25;
    public const int HwPoison = 100;
    public const int SoftOffline = 101;
    public const int GuardInstall = 102;
    public const int GuardRemove = 103;

    /// <summary>Every named value, ascending.</summary>
    public static ImmutableSortedDictionary<int, string> Names { get; } = Advice.AdviceTable.All.ToImmutableSortedDictionary(static row => row.Value, static row => row.Name);

    private static readonly ImmutableDictionary<string, int> Values =
        Names.ToImmutableDictionary(static pair => pair.Value, static pair => pair.Key, StringComparer.Ordinal);

    /// <summary>The value of a MADV_ name.</summary>
    public static bool TryParse(string name, out int advice) => Values.TryGetValue(name, out advice);

    /// <summary>The MADV_ name, or the number where there is none.</summary>
    public static string NameOf(int advice) => Names.GetValueOrDefault(advice) ?? advice.ToString(CultureInfo.InvariantCulture);
}
