using Review.Kernel;
using Review.Kernel.Architectures;
using Review.Kernel.Headers;

namespace Review.Tests.Kernel;

public sealed class GeneratedHeadersTests
{
    [Fact]
    public void WrappersStandForMissingMandatoryHeaders()
    {
        var headers = Create(Architecture.X86, MemoryTree.Kernel()
            .With("include/asm-generic/Kbuild", "mandatory-y += own.h \\\n\tmissing.h # comment.h\nmandatory-y += made.h\n")
            .With("arch/x86/include/asm/Kbuild", "generated-y += made.h\ngeneric-y += asked.h\n")
            .With("arch/x86/include/asm/own.h", "")
            .With("include/uapi/asm-generic/Kbuild", "mandatory-y += types.h\n"));
        Assert.Equal("#include <asm-generic/missing.h>\n", headers.Files["arch/asm/missing.h"]);
        Assert.Equal("#include <asm-generic/asked.h>\n", headers.Files["arch/asm/asked.h"]);
        Assert.Equal("#include <asm-generic/types.h>\n", headers.Files["arch/uapi/asm/types.h"]);
        Assert.DoesNotContain("arch/asm/own.h", headers.Files.Keys);
        Assert.DoesNotContain("arch/asm/made.h", headers.Files.Keys);
        Assert.DoesNotContain("arch/asm/comment.h", headers.Files.Keys);
    }

    [Theory]
    [InlineData("../../../etc/cron.h")]
    [InlineData("/etc/x.h")]
    [InlineData("a/../../b.h")]
    [InlineData("x.h;")]
    public void WrapperNamesCannotLeaveTheOverlay(string name)
    {
        var headers = Create(Architecture.X86, MemoryTree.Kernel().With("arch/x86/include/asm/Kbuild", $"generic-y += {name} good.h\n"));
        Assert.Contains("arch/asm/good.h", headers.Files.Keys);
        Assert.DoesNotContain(headers.Files.Keys, path => path.Contains("..", StringComparison.Ordinal) || path.Contains("etc", StringComparison.Ordinal) || path.Contains(';', StringComparison.Ordinal));
    }

    [Fact]
    public void SyscallTablesOfX86GiveNumbersAndEntries()
    {
        var headers = Create(Architecture.X86, MemoryTree.Kernel()
            .With("arch/x86/entry/syscalls/syscall_64.tbl", """
                # comment
                0	common	read		sys_read
                2	64	exit		sys_exit	-	noreturn
                3	x32	odd		sys_odd
                9	common	tuxcall
                """)
            .With("arch/x86/entry/syscalls/syscall_32.tbl", "1\ti386\twrite\tsys_write\tcompat_sys_write\n"));
        Assert.Equal(
            "#define __NR_read 0\n#define __NR_exit 2\n#define __NR_tuxcall 9\n#ifdef __KERNEL__\n#define __NR_syscalls 10\n#endif\n",
            headers.Files["arch/uapi/asm/unistd_64.h"]);
        Assert.Contains("#define __NR_odd (__X32_SYSCALL_BIT + 3)\n", headers.Files["arch/uapi/asm/unistd_x32.h"], StringComparison.Ordinal);
        Assert.Contains("#define __NR_x32_odd 3\n", headers.Files["arch/asm/unistd_64_x32.h"], StringComparison.Ordinal);
        Assert.Contains("#define __NR_ia32_write 1\n", headers.Files["arch/asm/unistd_32_ia32.h"], StringComparison.Ordinal);
        Assert.StartsWith(
            "__SYSCALL(0, sys_read)\n__SYSCALL(1, sys_ni_syscall)\n__SYSCALL_NORETURN(2, sys_exit)\n__SYSCALL(3, sys_ni_syscall)\n",
            headers.Files["arch/asm/syscalls_64.h"],
            StringComparison.Ordinal);
        Assert.EndsWith("__SYSCALL(9, sys_ni_syscall)\n", headers.Files["arch/asm/syscalls_64.h"], StringComparison.Ordinal);
        Assert.Equal("__SYSCALL(0, sys_ni_syscall)\n__SYSCALL_WITH_COMPAT(1, sys_write, compat_sys_write)\n", headers.Files["arch/asm/syscalls_32.h"]);
    }

    [Fact]
    public void AWildSyscallNumberFillsNoGap() =>
        Assert.True(Create(Architecture.X86, MemoryTree.Kernel().With("arch/x86/entry/syscalls/syscall_64.tbl", "2000000000\tcommon\tx\tsys_x\n"))
            .Files["arch/asm/syscalls_64.h"].Length < 100);

    [Fact]
    public void ArmAsksForSyscallHeadersByName()
    {
        var headers = Create(Architecture.Arm64, MemoryTree.Kernel()
            .With("arch/arm64/include/asm/Kbuild", "syscall-y += syscall_table_32.h unistd_compat_32.h strange.h\n")
            .With("arch/arm64/include/uapi/asm/Kbuild", "syscall-y += unistd_64.h\n")
            .With("arch/arm64/kernel/Makefile.syscalls", "syscall_abis_32 +=\nsyscall_abis_64 += rlimit\nsyscalltbl = arch/arm64/tools/syscall_%.tbl\n")
            .With("arch/arm64/tools/syscall_32.tbl", "1 common exit sys_exit - noreturn\n2 32 old sys_old compat_sys_old\n")
            .With("scripts/syscall.tbl", "0 common setup sys_setup\n1 rlimit limit sys_limit\n2 other no sys_no\n"));
        Assert.Equal("#define __NR_setup 0\n#define __NR_limit 1\n#ifdef __KERNEL__\n#define __NR_syscalls 2\n#endif\n", headers.Files["arch/uapi/asm/unistd_64.h"]);
        Assert.Contains("#define __NR_compat32_old 2\n", headers.Files["arch/asm/unistd_compat_32.h"], StringComparison.Ordinal);
        Assert.Equal(
            "__SYSCALL(0, sys_ni_syscall)\n__SYSCALL_NORETURN(1, sys_exit)\n__SYSCALL_WITH_COMPAT(2, sys_old, compat_sys_old)\n",
            headers.Files["arch/asm/syscall_table_32.h"]);
        Assert.Contains(headers.Problems, problem => problem.Message.Contains("strange.h", StringComparison.Ordinal));
    }

    [Fact]
    public void CpuCapabilitiesAreNumbered()
    {
        var tree = MemoryTree.Kernel().With("arch/arm64/tools/cpucaps", "# comment\n\nBTI\nHAS_32BIT_EL0\nlower\nvCAP\n");
        var old = Create(Architecture.Arm64, tree.With("arch/arm64/include/asm/Kbuild", "generated-y += cpucaps.h\n"));
        Assert.Equal("#define ARM64_BTI 0\n#define ARM64_HAS_32BIT_EL0 1\n#define ARM64_vCAP 2\n#define ARM64_NCAPS 3\n", old.Files["arch/asm/cpucaps.h"]);
        var recent = Create(Architecture.Arm64, tree.With("arch/arm64/include/asm/Kbuild", "generated-y += cpucap-defs.h\n"));
        Assert.Contains("arch/asm/cpucap-defs.h", recent.Files.Keys);
        Assert.DoesNotContain("arch/asm/cpucaps.h", recent.Files.Keys);
    }

    [Fact]
    public void SystemRegistersBecomeMacros()
    {
        var headers = Create(Architecture.Arm64, MemoryTree.Kernel()
            .With("arch/arm64/include/asm/Kbuild", "generated-y += sysreg-defs.h\n")
            .With("arch/arm64/tools/gen-sysreg.awk", "Unkn")
            .With("arch/arm64/tools/sysreg", """
                # comment
                Sysreg	REG_EL1	3	0	1	0	2
                Res0	63:62
                Field	61	ONE
                SignedEnum	60:57	LEVEL
                	0b0000	NI
                	0b1111	NEG
                EndEnum
                Res1	56
                Unkn	55:50
                Raz	49:40
                nonsense here
                EndSysreg

                Sysreg	ALIAS_EL2	3	4	1	0	2
                Fields	REG_EL1
                EndSysreg

                SysregFields	PRE
                Prefix	P
                Field	3:0	X
                EndPrefix
                Res0	63:0
                EndSysregFields
                """));
        Assert.Equal(
            """
            #define REG_REG_EL1 S3_0_C1_C0_2
            #define SYS_REG_EL1 sys_reg(3, 0, 1, 0, 2)
            #define SYS_REG_EL1_Op0 3
            #define SYS_REG_EL1_Op1 0
            #define SYS_REG_EL1_CRn 1
            #define SYS_REG_EL1_CRm 0
            #define SYS_REG_EL1_Op2 2
            #define REG_EL1_ONE GENMASK(61, 61)
            #define REG_EL1_ONE_MASK GENMASK(61, 61)
            #define REG_EL1_ONE_SHIFT 61
            #define REG_EL1_ONE_WIDTH 1
            #define REG_EL1_LEVEL GENMASK(60, 57)
            #define REG_EL1_LEVEL_MASK GENMASK(60, 57)
            #define REG_EL1_LEVEL_SHIFT 57
            #define REG_EL1_LEVEL_WIDTH 4
            #define REG_EL1_LEVEL_SIGNED true
            #define REG_EL1_LEVEL_NI UL(0b0000)
            #define REG_EL1_LEVEL_NEG UL(0b1111)
            #define REG_EL1_RES0 (UL(0) | GENMASK_ULL(63, 62))
            #define REG_EL1_RES1 (UL(0) | GENMASK_ULL(56, 56))
            #define REG_EL1_UNKN (UL(0) | GENMASK_ULL(55, 50))
            #define REG_ALIAS_EL2 S3_4_C1_C0_2
            #define SYS_ALIAS_EL2 sys_reg(3, 4, 1, 0, 2)
            #define SYS_ALIAS_EL2_Op0 3
            #define SYS_ALIAS_EL2_Op1 4
            #define SYS_ALIAS_EL2_CRn 1
            #define SYS_ALIAS_EL2_CRm 0
            #define SYS_ALIAS_EL2_Op2 2
            #define P_PRE_X GENMASK(3, 0)
            #define P_PRE_X_MASK GENMASK(3, 0)
            #define P_PRE_X_SHIFT 0
            #define P_PRE_X_WIDTH 4
            #define P_PRE_RES0 (UL(0))
            #define P_PRE_RES1 (UL(0))
            #define P_PRE_UNKN (UL(0))
            #define PRE_RES0 (UL(0) | GENMASK_ULL(63, 0))
            #define PRE_RES1 (UL(0))
            #define PRE_UNKN (UL(0))

            """,
            headers.Files["arch/asm/sysreg-defs.h"]);
        Assert.Equal(12, Assert.Single(headers.Problems, problem => problem.Path.EndsWith("sysreg", StringComparison.Ordinal)).Line);
    }

    [Fact]
    public void FeatureMasksFollowTheConfiguration()
    {
        var tree = MemoryTree.Kernel()
            .With("arch/x86/include/asm/Kbuild", "generated-y += cpufeaturemasks.h\n")
            .With("arch/x86/include/asm/cpufeatures.h", "#define NCAPINTS 2\n#define X86_FEATURE_FPU ( 0*32+ 0) /* x */\n#define X86_FEATURE_OLD ( 1*32+ 3)\n#define X86_FEATURE_NEW ( 1*32+ 3)\n#define X86_FEATURE_FAR (99*32+ 3)\n");
        var configuration = KernelConfiguration.FromSettings("c", "CONFIG_X86_REQUIRED_FEATURE_FPU=y\nCONFIG_X86_DISABLED_FEATURE_NEW=y\nCONFIG_X86_DISABLED_FEATURE_OLD=y\n");
        Assert.Equal(
            """
            #define REQUIRED_MASK0 0x00000001U
            #define REQUIRED_MASK1 0x00000000U
            #define REQUIRED_MASK_BIT_SET(x) ((((x) >> 5) == 0 ? REQUIRED_MASK0 : 0) & (1U << ((x) & 31)))
            #define DISABLED_MASK0 0x00000000U
            #define DISABLED_MASK1 0x00000008U
            #define DISABLED_MASK_BIT_SET(x) ((((x) >> 5) == 1 ? DISABLED_MASK1 : 0) & (1U << ((x) & 31)))

            """,
            GeneratedHeaders.Create(tree, Architecture.X86, configuration).Files["arch/asm/cpufeaturemasks.h"]);
    }

    [Fact]
    public void HypercallsAreSortedAndSynonymsLeftOut()
    {
        var headers = Create(Architecture.X86, MemoryTree.Kernel().With(
            "include/xen/interface/xen.h",
            "#define __HYPERVISOR_zeta 1\n#define __HYPERVISOR_alpha 2\n#define __HYPERVISOR_old __HYPERVISOR_alpha\n#define __HYPERVISOR_ARCH 3\n"));
        Assert.Equal("HYPERCALL(alpha)\nHYPERCALL(zeta)\n", headers.Files["arch/asm/xen-hypercalls.h"]);
    }

    [Fact]
    public void VersionHeadersStateTheVersion()
    {
        var files = Create(Architecture.Arm64, MemoryTree.Kernel("VERSION = 5\nPATCHLEVEL = 15\nSUBLEVEL = 300\nEXTRAVERSION = -x\n")).Files;
        Assert.Contains("#define LINUX_VERSION_CODE 331775\n", files["include/generated/uapi/linux/version.h"], StringComparison.Ordinal);
        Assert.Equal("#define UTS_RELEASE \"5.15.300-x\"\n", files["include/generated/utsrelease.h"]);
        Assert.Contains("\"aarch64\"", files["include/generated/compile.h"], StringComparison.Ordinal);
    }

    [Fact]
    public void OffsetsArePutInInOrder()
    {
        var headers = Create(Architecture.X86, MemoryTree.Kernel().With("kernel/sched/rq-offsets.c", "").With("kernel/bounds.c", ""));
        Assert.Equal(["kernel/bounds.c", "kernel/sched/rq-offsets.c"], headers.Pending.Select(pending => pending.Source));
        Assert.Equal("", headers.Files["include/generated/bounds.h"]);

        var bounds = headers.Pending[0];
        var more = headers.WithOffsets(bounds, OffsetValues.From(new("NR_PAGEFLAGS", 27), new("NEGATIVE", -1), new("BAD NAME", 1)));
        Assert.Equal("#define NR_PAGEFLAGS 27\n#define NEGATIVE -1\n", more.Files["include/generated/bounds.h"]);
        Assert.Equal("", headers.Files["include/generated/bounds.h"]);
        Assert.Equal("kernel/sched/rq-offsets.c", Assert.Single(more.Pending).Source);
        Assert.Throws<ArgumentException>(() => more.WithOffsets(bounds, OffsetValues.From()));

        var failed = more.WithOffsets(more.Pending[0], OffsetValues.Failed("clang was not found"));
        Assert.Empty(failed.Pending);
        Assert.Equal("", failed.Files["include/generated/rq-offsets.h"]);
        Assert.Contains("clang was not found", failed.Problems[^1].Message, StringComparison.Ordinal);
        Assert.Contains("no values", headers.WithOffsets(bounds, OffsetValues.From()).Problems[^1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EverySourceIsCompiledWithTheHeadersBeforeIt()
    {
        var compiler = new SizeOfBounds();
        var headers = Create(Architecture.X86, MemoryTree.Kernel().With("kernel/sched/rq-offsets.c", "").With("kernel/bounds.c", ""));
        var complete = headers.Complete(compiler, source => [$"-D{source}"], written => compiler.Seen = written);
        Assert.Empty(complete.Pending);
        Assert.Empty(complete.Problems.Except(headers.Problems));
        Assert.Equal("#define LENGTH 0\n", complete.Files["include/generated/bounds.h"]);
        Assert.Equal("#define LENGTH 17\n", complete.Files["include/generated/rq-offsets.h"]);
        Assert.Equal("kernel/bounds.c -Dkernel/bounds.c kernel/sched/rq-offsets.c -Dkernel/sched/rq-offsets.c", string.Join(' ', compiler.Log));
    }

    [Fact]
    public void SourcesThatATreeLacksAreNotPending() =>
        Assert.Equal("kernel/bounds.c", Assert.Single(Create(Architecture.X86, MemoryTree.Kernel().With("kernel/bounds.c", "")).Pending).Source);

    [Theory]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("99999999999999999999")]
    [InlineData("\"many\"")]
    public void AWildTickRateIsReplaced(string frequency)
    {
        var headers = GeneratedHeaders.Create(MemoryTree.Kernel(), Architecture.X86, KernelConfiguration.FromSettings("c", $"CONFIG_HZ={frequency}\n"));
        Assert.Contains("#define HZ_TO_MSEC_NUM 1\n", headers.Files["include/generated/timeconst.h"], StringComparison.Ordinal);
        Assert.Contains(headers.Problems, problem => problem.Message.Contains("CONFIG_HZ", StringComparison.Ordinal));
    }

    /// <summary>The values of the documented header for HZ=1000 and HZ=250 (kernel/time/timeconst.bc run by hand).</summary>
    [Theory]
    [InlineData(1000, "#define HZ_TO_MSEC_MUL32 U64_C(0x80000000)\n#define HZ_TO_MSEC_ADJ32 U64_C(0x0)\n#define HZ_TO_MSEC_SHR32 31\n")]
    [InlineData(250, "#define MSEC_TO_HZ_MUL32 U64_C(0x80000000)\n#define MSEC_TO_HZ_ADJ32 U64_C(0x180000000)\n#define MSEC_TO_HZ_SHR32 33\n")]
    public void TimeConstantsAreThoseOfTheKernel(int frequency, string expected) => Assert.Contains(
        expected,
        GeneratedHeaders.Create(MemoryTree.Kernel(), Architecture.X86, KernelConfiguration.FromSettings("c", $"CONFIG_HZ={frequency}\n")).Files["include/generated/timeconst.h"],
        StringComparison.Ordinal);

    private static GeneratedHeaders Create(Architecture architecture, MemoryTree tree) =>
        GeneratedHeaders.Create(tree, architecture, KernelConfiguration.FromSettings("test", ""));

    /// <summary>"Compiles" to the length of the bounds header that was on disk at the time.</summary>
    private sealed class SizeOfBounds : IOffsetCompiler
    {
        public GeneratedHeaders? Seen { get; set; }

        public List<string> Log { get; } = [];

        public OffsetValues Compile(string source, System.Collections.Immutable.ImmutableArray<string> arguments)
        {
            Log.Add(source);
            Log.AddRange(arguments);
            return OffsetValues.From(new KeyValuePair<string, long>("LENGTH", Seen!.Files["include/generated/bounds.h"].Length));
        }
    }
}
