using Review.Kernel;
using Review.Kernel.Architectures;

namespace Review.Tests.Kernel;

/// <summary>
/// A real 6.1 tree. The numbers were measured with other programs: the kernel's own <c>make olddefconfig</c> from the same
/// wishes sets 1702 symbols with lock debugging and 1685 without (and TOOLS_SUPPORT_RELR where the linker has it, as ours
/// is taken to have); kbuild's rules select 114 files of mm on x86_64 and 112 on arm64.
/// </summary>
public sealed class RealKernelTests
{
    [Theory]
    [InlineData("", 1685 + 1)]
    [InlineData("CONFIG_LOCKDEP=y\nCONFIG_PROVE_LOCKING=y\n", 1702 + 1)]
    public void TheEvaluatorAgreesOnTheNumberOfSymbols(string wishes, int expected)
    {
        var configuration = KernelConfiguration.Create(RealKernel.Open(), Architecture.X86, ConfigurationSource.FromText("wishes", wishes));
        Assert.Empty(configuration.Problems);
        Assert.Equal(expected, configuration.Symbols.Count);
        Assert.Equal(wishes.Length > 0, configuration.IsSet("LOCKDEP"));
    }

    [Theory]
    [InlineData("x86_64", 114)]
    [InlineData("arm64", 112)]
    public void KbuildSelectsTheFilesOfMm(string name, int expected)
    {
        var build = KernelBuild.Create(RealKernel.Open(), Architecture.Find(name)!, ConfigurationSource.Default);
        Assert.Empty(build.Problems);
        var selected = build.Kbuild.Selected("mm");
        Assert.Equal(expected, selected.Length);
        Assert.Contains("mm/madvise.c", selected);
        Assert.Contains("mm/gup.c", selected);
        Assert.Equal(selected.Order(StringComparer.Ordinal), selected);
    }

    [Fact]
    public void TheDefaultConfigurationOpensTheBranchesOfMadvise()
    {
        var configuration = KernelConfiguration.Create(RealKernel.Open(), Architecture.X86, ConfigurationSource.Default);
        foreach (var symbol in (string[])["KSM", "TRANSPARENT_HUGEPAGE", "MEMORY_FAILURE", "ANON_VMA_NAME", "DEBUG_VM", "SWAP", "MIGRATION", "ELF_CORE", "HAVE_FAST_GUP", "ARCH_HAS_PTE_DEVMAP", "ARCH_HAS_PTE_SPECIAL", "MMU", "HUGETLB_PAGE", "NUMA", "MMU_NOTIFIER"])
        {
            Assert.Equal("y", configuration.Value(symbol));
        }

        foreach (var symbol in (string[])["ARCH_HAS_HUGEPD", "LOCKDEP", "PROVE_LOCKING", "DEBUG_LOCK_ALLOC"])
        {
            Assert.False(configuration.IsSet(symbol));
        }

        Assert.Equal("1000", configuration.Value("HZ"));
        Assert.Equal("64", configuration.Value("NR_CPUS"));
        Assert.Equal("5", configuration.Value("PGTABLE_LEVELS"));
    }

    [Fact]
    public void ArmHasItsDocumentedValues()
    {
        var configuration = KernelConfiguration.Create(RealKernel.Open(), Architecture.Arm64, ConfigurationSource.Default);
        Assert.Empty(configuration.Problems);
        Assert.Equal("250", configuration.Value("HZ"));
        Assert.Equal("256", configuration.Value("NR_CPUS"));
        Assert.Equal("48", configuration.Value("ARM64_VA_BITS"));
        Assert.Equal("4", configuration.Value("PGTABLE_LEVELS"));
        Assert.False(configuration.IsSet("CMDLINE_FROM_BOOTLOADER"));
    }

    [Fact]
    public void WrappersAreThoseOfTheBuild()
    {
        var files = KernelBuild.Create(RealKernel.Open(), Architecture.X86, ConfigurationSource.Default).Headers.Files;
        Assert.Equal("bpf_perf_event errno fcntl ioctl ioctls ipcbuf param poll resource socket sockios termbits termios types", Wrappers("arch/uapi/asm/"));
        Assert.Equal("early_ioremap export irq_regs kmap_size local64 mcs_spinlock mmiowb module.lds rwonce unaligned", Wrappers("arch/asm/"));
        var arm = KernelBuild.Create(RealKernel.Open(), Architecture.Arm64, ConfigurationSource.Default).Headers.Files;
        Assert.Equal(18, arm.Count(file => file.Key.StartsWith("arch/uapi/asm/", StringComparison.Ordinal)));
        Assert.Equal(2007, arm["arch/asm/sysreg-defs.h"].Split("#define").Length - 1);

        string Wrappers(string directory) => string.Join(' ', files
            .Where(file => file.Key.StartsWith(directory, StringComparison.Ordinal) && file.Value.StartsWith("#include <asm-generic/", StringComparison.Ordinal))
            .Select(file => Path.GetFileNameWithoutExtension(file.Key)));
    }

    [Fact]
    public void ReasonsCanBeActedOn()
    {
        var kbuild = KernelBuild.Create(RealKernel.Open(), Architecture.X86, ConfigurationSource.Default).Kbuild;
        Assert.Equal("mm/nommu.c is not selected by this configuration (mm/Makefile, needs CONFIG_MMU=n)", kbuild.WhyNotSelected("mm/nommu.c"));
        Assert.Equal("mm/kasan/report.c is not selected by this configuration (mm/kasan/Makefile, needs CONFIG_KASAN=y)", kbuild.WhyNotSelected("mm/kasan/report.c"));
        Assert.Contains("another file may include it", kbuild.WhyNotSelected("mm/percpu-vm.c"), StringComparison.Ordinal);
        Assert.Equal("arch/x86/include/asm/trace", Assert.Single(kbuild.FlagsOf("arch/x86/mm/fault.c").IncludeDirectories));
    }

    [Fact]
    public void ResultsDoNotDependOnTheRun()
    {
        var (first, second) = (Create(), Create());
        Assert.Equal(first.Headers.Files, second.Headers.Files);
        Assert.Equal(first.Arguments.For("mm/madvise.c", "T", "O").AsEnumerable(), second.Arguments.For("mm/madvise.c", "T", "O"));

        static KernelBuild Create() => KernelBuild.Create(RealKernel.Open(), Architecture.X86, ConfigurationSource.Default);
    }
}
