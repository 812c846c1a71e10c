using System.Globalization;
using Review.Model;
using Review.Model.Eras;
using Review.Model.Scenarios;

namespace Review.LiveKernel;

/// <summary>What the running kernel, and the user this program runs as, can do of what scenarios require.</summary>
internal sealed class KernelFacilities
{
    private const int CapSysNice = 23;

    private readonly Dictionary<string, string> missing = new(StringComparer.Ordinal);

    private KernelFacilities(string release) => Release = release;

    /// <summary>As uname(2) gives it, e.g. "6.18.44-custom".</summary>
    public string Release { get; }

    /// <summary>The preset of the model that is nearest, or null if the kernel is older than all.</summary>
    public KernelEra? Era => KernelEra.All.LastOrDefault(era => era.Version <= Version);

    /// <summary>Whether the preset is of this very version.</summary>
    public bool IsEraExact => Era?.Version == Version;

    /// <summary>How the kernel was built, for the model.</summary>
    public KernelBuild Build { get; private init; } = KernelBuild.Recorded;

    /// <summary>The requirements that are met.</summary>
    public IReadOnlySet<string> Available => Requirement.All.Where(requirement => !missing.ContainsKey(requirement)).ToHashSet(StringComparer.Ordinal);

    // Major * 100 + minor, as the presets count.
    private int Version => Release.Split('.', '-') is [var major, var minor, ..]
        && int.TryParse(major, CultureInfo.InvariantCulture, out var first) && int.TryParse(minor, CultureInfo.InvariantCulture, out var second) ? (first * 100) + second : 0;

    /// <summary>Why a requirement is not met, or null if it is.</summary>
    public string? WhyNot(string requirement) => missing.GetValueOrDefault(requirement) ?? (Requirement.All.Contains(requirement, StringComparer.Ordinal) ? null : "no requirement of that name is known");

    /// <summary>Looks around on this machine.</summary>
    public static KernelFacilities Of(KernelHost host)
    {
        var hasSwap = File.Exists("/proc/swaps") && File.ReadLines("/proc/swaps").Count() > 1;
        var thp = Read("/sys/kernel/mm/transparent_hugepage/enabled");
        var hasThp = thp is not null && !thp.Contains("[never]", StringComparison.Ordinal);
        var facilities = new KernelFacilities(Read("/proc/sys/kernel/osrelease")?.Trim() ?? string.Empty)
        {
            Build = KernelBuild.Recorded with { HasSwap = hasSwap, HasThp = hasThp, HasKsm = Directory.Exists("/sys/kernel/mm/ksm"), HasHugePages = FreeHugePages() > 0 },
        };
        facilities.Need(Requirement.NoSwap, !hasSwap, "a swap device is active");
        facilities.Need(Requirement.Thp, hasThp, "transparent huge pages are switched off");
        facilities.Need(Requirement.Root, Environment.IsPrivilegedProcess, "this is not the superuser");
        facilities.Need(Requirement.CapSysNice, HasCapability(CapSysNice), "the capability CAP_SYS_NICE is lacking");
        facilities.Need(Requirement.RootPagemap, host.ZeroFrame != 0, "page frame numbers are not shown in /proc/self/pagemap, or this kernel gives who reads untouched memory a page of their own");
        facilities.Need(Requirement.HugeTlb, FreeHugePages() > 0, "no huge page is free (sysctl vm.nr_hugepages)");
        facilities.Need(Requirement.NoHugePages, FreeHugePages() == 0 && Read("/sys/kernel/mm/hugepages/hugepages-2048kB/nr_overcommit_hugepages")?.Trim() == "0", "huge pages are to be had, or hugetlbfs is not built in");
        facilities.Need(Requirement.Model, false, "no system call does that");
        facilities.Try(host, Requirement.Uffd, "userfaultfd()", static process => process.Call(SystemCall.Userfaultfd, 0x80800));
        facilities.Try(host, Requirement.SecretMem, "memfd_secret()", static process => process.Call(SystemCall.MemfdSecret));
        return facilities;
    }

    private static bool HasCapability(int number) =>
        File.ReadLines("/proc/self/status").FirstOrDefault(static line => line.StartsWith("CapEff:", StringComparison.Ordinal)) is { } line
        && (ulong.Parse(line["CapEff:".Length..].Trim(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) >> number & 1) != 0;

    private static long FreeHugePages() =>
        File.ReadLines("/proc/meminfo").FirstOrDefault(static line => line.StartsWith("HugePages_Free:", StringComparison.Ordinal)) is { } line
            ? long.Parse(line["HugePages_Free:".Length..].Trim(), CultureInfo.InvariantCulture)
            : 0;

    private static string? Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private void Try(KernelHost host, string requirement, string name, Func<Tracee, long> call)
    {
        var result = host.Try(call);
        Need(requirement, result >= 0, $"{name} fails with {(Errno)(-result)}");
    }

    private void Need(string requirement, bool isThere, string whyNot)
    {
        if (!isThere)
        {
            missing[requirement] = whyNot;
        }
    }
}
