using Review.Model.Scenarios;

namespace Review.LiveKernel;

/// <summary>The kernel's numbers for what a scenario names.</summary>
internal static class LinuxFlags
{
    private const ulong MapFixed = 0x10;
    private const ulong MapFixedNoReplace = 0x100000;

    /// <summary>Flags of mmap(2).</summary>
    public static ulong Of(MappingFlags flags)
    {
        ReadOnlySpan<(MappingFlags Flag, ulong Value)> values =
        [
            (MappingFlags.Private, 0x02),
            (MappingFlags.Shared, 0x01),
            (MappingFlags.Anonymous, 0x20),
            (MappingFlags.Populate, 0x8000),
            (MappingFlags.Locked, 0x2000),
            (MappingFlags.NoReserve, 0x4000),
            (MappingFlags.GrowsDown, 0x0100),
            (MappingFlags.HugeTlb, 0x40000),
            (MappingFlags.Droppable, 0x08),
        ];
        var result = flags.HasFlag(MappingFlags.NoReplace) ? MapFixedNoReplace : MapFixed;
        foreach (var (flag, value) in values)
        {
            result |= flags.HasFlag(flag) ? value : 0;
        }

        return result;
    }

    /// <summary>Features of UFFDIO_API (linux/userfaultfd.h).</summary>
    public static ulong Of(UffdFeatures features)
    {
        ReadOnlySpan<(UffdFeatures Feature, ulong Value)> values =
        [
            (UffdFeatures.WriteProtect, 1 << 0),
            (UffdFeatures.EventFork, 1 << 1),
            (UffdFeatures.EventRemap, 1 << 2),
            (UffdFeatures.EventRemove, 1 << 3),
            (UffdFeatures.EventUnmap, 1 << 6),
            (UffdFeatures.SigBus, 1 << 7),
        ];
        var result = 0UL;
        foreach (var (feature, value) in values)
        {
            result |= features.HasFlag(feature) ? value : 0;
        }

        return result;
    }
}
