using System.Collections.Immutable;
using Review.Kernel.Headers;

namespace Review.Kernel.Architectures;

/// <summary>64-bit x86: arch/x86/Makefile, arch/x86/entry/syscalls, arch/x86/tools/cpufeaturemasks.awk.</summary>
internal sealed class X86Architecture : Architecture
{
    public override string Name => "x86_64";

    public override string SourceArchitecture => "x86";

    public override string Target => "x86_64-linux-gnu";

    public override string DefconfigPath => "arch/x86/configs/x86_64_defconfig";

    public override string Machine => "x86_64";

    internal override ImmutableArray<string> CompilerOptions(KernelConfiguration configuration) =>
    [
        "-m64", "-mno-sse", "-mno-mmx", "-mno-sse2", "-mno-3dnow", "-mno-avx", "-mno-80387", "-mno-red-zone",
        "-mcmodel=kernel", "-mstack-alignment=8", "-mskip-rax-setup", "-mtune=generic", "-fcf-protection=none",
    ];

    internal override void AddHeaders(HeaderGeneration generation)
    {
        var table32 = SyscallTable.Read(generation, "arch/x86/entry/syscalls/syscall_32.tbl");
        var table64 = SyscallTable.Read(generation, "arch/x86/entry/syscalls/syscall_64.tbl");
        generation.Add("arch/uapi/asm/unistd_32.h", table32.Numbers(["i386"]));
        generation.Add("arch/uapi/asm/unistd_64.h", table64.Numbers(["common", "64"]));
        generation.Add("arch/uapi/asm/unistd_x32.h", table64.Numbers(["common", "x32"], offset: "__X32_SYSCALL_BIT"));
        generation.Add("arch/asm/unistd_32_ia32.h", table32.Numbers(["i386"], "ia32_"));
        generation.Add("arch/asm/unistd_64_x32.h", table64.Numbers(["x32"], "x32_"));
        generation.Add("arch/asm/syscalls_32.h", table32.Entries(["i386"]));
        generation.Add("arch/asm/syscalls_64.h", table64.Entries(["common", "64"]));
        generation.Add("arch/asm/syscalls_x32.h", table64.Entries(["common", "x32"]));
        generation.Add("arch/asm/xen-hypercalls.h", X86Headers.XenHypercalls(generation));
        if (generation.IsGenerated("orc_hash.h"))
        {
            generation.Add("arch/asm/orc_hash.h", "#define ORC_HASH 0\n");
        }

        if (generation.IsGenerated("cpufeaturemasks.h"))
        {
            generation.Add("arch/asm/cpufeaturemasks.h", X86Headers.CpuFeatureMasks(generation));
        }
    }
}
