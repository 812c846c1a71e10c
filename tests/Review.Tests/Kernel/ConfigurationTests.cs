using Review.Kernel;
using Review.Kernel.Architectures;

namespace Review.Tests.Kernel;

public sealed class ConfigurationTests
{
    private const string Complete = """
        #
        # Automatically generated file; DO NOT EDIT.
        # Linux/x86 6.1.0 Kernel Configuration
        #
        CONFIG_64BIT=y
        CONFIG_HZ=250
        CONFIG_LOCALVERSION="-test \"quoted\""
        CONFIG_EXT4_FS=m
        # CONFIG_KSM is not set

        """;

    [Fact]
    public void ACompleteConfigurationIsTakenAsItIs()
    {
        // No Kconfig is needed, and no wish of ours gets in.
        var configuration = KernelConfiguration.Create(new MemoryTree(), Architecture.X86, ConfigurationSource.FromText(".config", Complete));
        Assert.Equal("64BIT EXT4_FS HZ LOCALVERSION", string.Join(' ', configuration.Symbols.Keys));
        Assert.False(configuration.IsSet("KSM"));
        Assert.Equal("m", configuration.Value("EXT4_FS"));
        Assert.Empty(configuration.Problems);
        Assert.Equal(".config", configuration.Name);
    }

    [Fact]
    public void TheHeaderOfTheConfigurationIsOrderedC() => Assert.Equal(
        """
        #define CONFIG_64BIT 1
        #define CONFIG_EXT4_FS_MODULE 1
        #define CONFIG_HZ 250
        #define CONFIG_LOCALVERSION "-test \"quoted\""

        """,
        KernelConfiguration.FromSettings(".config", Complete).AutoconfHeader());

    [Theory]
    [InlineData("# Linux/arm64 6.1.0 Kernel Configuration", "for arm64")]
    [InlineData("# Linux/x86 6.1.0 Kernel Configuration", "32-bit")]
    [InlineData("# Linux/riscv 6.1.0 Kernel Configuration", "for riscv")]
    public void AConfigurationOfAnotherArchitectureIsReported(string header, string problem)
    {
        var text = $"# Automatically generated file; DO NOT EDIT.\n{header}\nCONFIG_SMP=y\n";
        var configuration = KernelConfiguration.Create(new MemoryTree(), Architecture.X86, ConfigurationSource.FromText("c", text));
        Assert.Contains(problem, Assert.Single(configuration.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AWishFileGoesOnTopOfDefconfigAndOurWishes()
    {
        var tree = MemoryTree.Kernel()
            .With("Kconfig", "config FROM_DEFCONFIG\n\tbool \"a\"\nconfig KSM\n\tbool \"b\"\nconfig MINE\n\tbool \"c\"\n")
            .With("arch/x86/configs/x86_64_defconfig", "CONFIG_FROM_DEFCONFIG=y\n");
        Assert.Equal("FROM_DEFCONFIG KSM", Names(ConfigurationSource.Default));
        Assert.Equal("FROM_DEFCONFIG MINE", Names(ConfigurationSource.FromText("mine", "# my wishes\nCONFIG_MINE=y\n# CONFIG_KSM is not set\nCONFIG_GONE=y\n")));

        string Names(ConfigurationSource source) => string.Join(' ', KernelConfiguration.Create(tree, Architecture.X86, source).Symbols.Keys);
    }

    [Fact]
    public void OurWishesLeaveLockDebuggingOff()
    {
        var tree = MemoryTree.Kernel().With("Kconfig", "config LOCKDEP\n\tbool \"a\"\nconfig PROVE_LOCKING\n\tbool \"b\"\nconfig TRANSPARENT_HUGEPAGE\n\tbool \"c\"\n");
        var configuration = KernelConfiguration.Create(tree, Architecture.X86, ConfigurationSource.Default);
        Assert.Equal("TRANSPARENT_HUGEPAGE", Assert.Single(configuration.Symbols.Keys));
    }

    [Theory]
    [InlineData("CONFIG_=y")]
    [InlineData("CONFIG_A B=y")]
    [InlineData("CONFIG_A")]
    [InlineData("#CONFIG_A is not set")]
    [InlineData("=\n====\nCONFIG_A-B=1\n\0\0\0")]
    public void LinesThatAreNoSettingsAreSkipped(string text) =>
        Assert.Empty(KernelConfiguration.FromSettings("c", text).Symbols);

    [Theory]
    [InlineData("x86_64", "x86_64")]
    [InlineData("x86", "x86_64")]
    [InlineData("arm64", "arm64")]
    [InlineData("aarch64", "arm64")]
    public void ArchitecturesHaveSeveralNames(string name, string expected) => Assert.Equal(expected, Architecture.Find(name)?.Name);

    [Fact]
    public void OtherArchitecturesAreUnknown() => Assert.Null(Architecture.Find("riscv"));
}
