using System.Collections.Immutable;
using Review.Kernel.Headers;

namespace Review.Kernel.Architectures;

/// <summary>64-bit Arm: arch/arm64/Makefile and arch/arm64/tools.</summary>
internal sealed class Arm64Architecture : Architecture
{
    public override string Name => "arm64";

    public override string SourceArchitecture => "arm64";

    public override string Target => "aarch64-linux-gnu";

    public override string DefconfigPath => "arch/arm64/configs/defconfig";

    public override string Machine => "aarch64";

    internal override ImmutableArray<string> CompilerOptions(KernelConfiguration configuration) =>
    [
        "-fno-unwind-tables",
        configuration.IsSet("CPU_BIG_ENDIAN") ? "-mbig-endian" : "-mlittle-endian",
        "-mgeneral-regs-only", "-mbranch-protection=none",
        "-DCONFIG_CC_HAS_K_CONSTRAINT=1",
        $"-DARM64_ASM_ARCH=\"{AssemblerArchitecture(configuration)}\"",
        $"-DKASAN_SHADOW_SCALE_SHIFT={KasanShadowScaleShift(configuration)}",
    ];

    internal override void AddHeaders(HeaderGeneration generation)
    {
        foreach (var header in (ReadOnlySpan<string>)["cpucaps.h", "cpucap-defs.h"])
        {
            if (generation.IsGenerated(header))
            {
                generation.Add($"arch/asm/{header}", Arm64Headers.CpuCapabilities(generation));
            }
        }

        if (generation.IsGenerated("sysreg-defs.h"))
        {
            generation.Add("arch/asm/sysreg-defs.h", SystemRegisters.Generate(generation));
        }

        if (generation.IsGenerated("kernel-hwcap.h"))
        {
            generation.Add("arch/asm/kernel-hwcap.h", Arm64Headers.HardwareCapabilities(generation));
        }

        generation.Add("include/generated/vdso-offsets.h", Arm64Headers.VdsoOffsets(generation, "vdso"));
        generation.Add("include/generated/vdso32-offsets.h", Arm64Headers.VdsoOffsets(generation, "vdso32"));
    }

    private static string AssemblerArchitecture(KernelConfiguration configuration)
    {
        for (var minor = 5; minor > 2; minor--)
        {
            if (configuration.IsSet($"AS_HAS_ARMV8_{minor}"))
            {
                return $"armv8.{minor}-a";
            }
        }

        return "armv8.2-a";
    }

    private static string KasanShadowScaleShift(KernelConfiguration configuration) =>
        configuration.IsSet("KASAN_GENERIC") ? "3" : configuration.IsSet("KASAN_SW_TAGS") ? "4" : "";
}
