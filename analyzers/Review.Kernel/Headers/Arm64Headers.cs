using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Review.Kernel.Headers;

/// <summary>Generated headers that only arm64 has, apart from the system registers.</summary>
internal static partial class Arm64Headers
{
    /// <summary>asm/cpucaps.h, later asm/cpucap-defs.h: numbers for the names in arch/arm64/tools/cpucaps (gen-cpucaps.awk).</summary>
    public static string CpuCapabilities(HeaderGeneration generation)
    {
        var text = new StringBuilder();
        var count = 0;
        foreach (Match name in CapabilityName().Matches(generation.Read("arch/arm64/tools/cpucaps")))
        {
            text.Append(CultureInfo.InvariantCulture, $"#define ARM64_{name.Groups[1].Value} {count}\n");
            count++;
        }

        return text.Append(CultureInfo.InvariantCulture, $"#define ARM64_NCAPS {count}\n").ToString();
    }

    /// <summary>asm/kernel-hwcap.h (gen-kernel-hwcaps.sh): the kernel's own name for every HWCAP bit of the user interface.</summary>
    public static string HardwareCapabilities(HeaderGeneration generation) =>
        string.Concat(HardwareCapability().Matches(generation.Read("arch/arm64/include/uapi/asm/hwcap.h"))
            .Select(match => $"#define KERNEL_HWCAP_{match.Groups[2].Value} __khwcap{match.Groups[1].Value}_feature({match.Groups[2].Value})\n"));

    /// <summary>
    /// generated/vdso-offsets.h and vdso32-offsets.h with every offset zero: the real ones need a linked vdso, and only their
    /// names matter for reading C.
    /// </summary>
    public static string VdsoOffsets(HeaderGeneration generation, string vdso) =>
        string.Concat(VdsoSymbol().Matches(generation.Tree.ReadText($"arch/arm64/kernel/{vdso}/vdso.lds.S", generation.Problems) ?? "")
            .Select(match => $"#define vdso_offset_{match.Groups[1].Value} 0x0\n"));

    [GeneratedRegex(@"^([vA-Z0-9_]+)\r?$", RegexOptions.Multiline)]
    private static partial Regex CapabilityName();

    [GeneratedRegex(@"^#define[ \t]+HWCAP([0-9]*)_([A-Z0-9_]+)", RegexOptions.Multiline)]
    private static partial Regex HardwareCapability();

    [GeneratedRegex(@"^[ \t]*VDSO_(\w+)[ \t]*=", RegexOptions.Multiline)]
    private static partial Regex VdsoSymbol();
}
