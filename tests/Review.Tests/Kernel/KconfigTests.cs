using Review.Kernel;
using Review.Kernel.Architectures;

namespace Review.Tests.Kernel;

/// <summary>The meaning of Kconfig statements; the expectations follow Documentation/kbuild/kconfig-language.rst.</summary>
public sealed class KconfigTests
{
    [Fact]
    public void DefaultsFollowOtherSymbols()
    {
        var configuration = Evaluate("""
            config A
            	def_bool y
            config B
            	bool
            	default y if !A
            	default n
            config C
            	def_bool A && !B
            """);
        Assert.Equal("A C", Set(configuration));
    }

    [Fact]
    public void AWishCountsOnlyWhereThePromptIsVisible()
    {
        const string kconfig = """
            config GATE
            	bool "gate"
            config BEHIND
            	bool "behind"
            	depends on GATE
            config PROMPTLESS
            	bool
            """;
        Assert.Equal("", Set(Evaluate(kconfig, "CONFIG_BEHIND=y\nCONFIG_PROMPTLESS=y\n")));
        Assert.Equal("BEHIND GATE", Set(Evaluate(kconfig, "CONFIG_GATE=y\nCONFIG_BEHIND=y\n")));
    }

    [Fact]
    public void ARefusalBeatsTheDefault() =>
        Assert.Equal("", Set(Evaluate("config A\n\tbool \"a\"\n\tdefault y\n", "# CONFIG_A is not set\n")));

    [Fact]
    public void TheLastWishCounts() =>
        Assert.Equal("A", Set(Evaluate("config A\n\tbool \"a\"\n", "# CONFIG_A is not set\nCONFIG_A=y\n")));

    [Fact]
    public void SelectIgnoresDependenciesAndImplyDoesNot()
    {
        var configuration = Evaluate("""
            config OFF
            	bool
            config SELECTED
            	bool
            	depends on OFF
            config IMPLIED
            	bool
            	depends on OFF
            config FREE
            	bool "free"
            config ON
            	def_bool y
            	select SELECTED
            	imply IMPLIED
            	imply FREE
            """);
        Assert.Equal("FREE ON SELECTED", Set(configuration));
    }

    [Fact]
    public void AnImpliedSymbolCanBeRefused() =>
        Assert.Equal("ON", Set(Evaluate("config FREE\n\tbool \"free\"\nconfig ON\n\tdef_bool y\n\timply FREE\n", "CONFIG_FREE=n\n")));

    [Fact]
    public void ModulesLimitAndPromote()
    {
        var configuration = Evaluate("""
            config MODULES
            	bool "modules"
            	modules
            config M
            	tristate "m"
            config T
            	tristate "t"
            	depends on M
            config B
            	bool "b"
            	depends on M
            config S
            	bool
            config SELECTOR
            	def_tristate M
            	select S
            """, "CONFIG_MODULES=y\nCONFIG_M=m\nCONFIG_T=y\nCONFIG_B=y\n");
        Assert.Equal("m", configuration.Value("T"));
        Assert.Equal("y", configuration.Value("B"));
        Assert.Equal("y", configuration.Value("S"));
    }

    [Fact]
    public void WithoutModulesThereIsNoModule()
    {
        var configuration = Evaluate("config MODULES\n\tbool \"modules\"\n\tmodules\nconfig T\n\ttristate \"t\"\n", "CONFIG_T=m\n");
        Assert.Equal("y", configuration.Value("T"));
    }

    [Fact]
    public void MenusAndIfsGuardEverythingInside()
    {
        var configuration = Evaluate("""
            config OFF
            	bool
            config TARGET
            	bool
            menu "menu"
            	depends on OFF
            config IN_MENU
            	def_bool y
            	select TARGET
            endmenu
            if !OFF
            config IN_IF
            	def_bool y
            endif
            """);
        Assert.Equal("IN_IF", Set(configuration));
    }

    [Fact]
    public void VisibleIfHidesPromptsOnly()
    {
        const string kconfig = """
            config OFF
            	bool
            menu "menu"
            	visible if OFF
            config HIDDEN
            	bool "hidden"
            	default y
            endmenu
            """;
        Assert.Equal("HIDDEN", Set(Evaluate(kconfig, "CONFIG_HIDDEN=n\n")));
    }

    /// <summary>sym_calc_choice() of 6.10 and of 6.11: the older one believes the last wish only and no refusal.</summary>
    [Theory]
    [InlineData("", "B", "B")]
    [InlineData("CONFIG_C=y\n", "C", "C")]
    [InlineData("CONFIG_C=y\nCONFIG_A=y\n", "A", "A")]
    [InlineData("CONFIG_A=y\nCONFIG_C=y\n", "C", "C")]
    [InlineData("CONFIG_HIDDEN=y\n", "B", "B")]
    [InlineData("CONFIG_C=y\nCONFIG_HIDDEN=y\n", "B", "C")]
    [InlineData("CONFIG_B=n\n", "B", "A")]
    [InlineData("CONFIG_B=n\nCONFIG_A=n\n", "B", "C")]
    [InlineData("CONFIG_C=n\nCONFIG_B=n\nCONFIG_A=n\n", "B", "C")]
    public void OneMemberOfAChoiceIsOn(string wishes, string before611, string since611)
    {
        const string kconfig = """
            config OFF
            	bool
            choice
            	prompt "which"
            	default B
            config A
            	bool "a"
            config B
            	bool "b"
            config C
            	bool "c"
            config HIDDEN
            	bool "hidden"
            	depends on OFF
            endchoice
            """;
        Assert.Equal(before611, Set(Evaluate(kconfig, wishes, "VERSION = 6\nPATCHLEVEL = 10\n")));
        Assert.Equal(since611, Set(Evaluate(kconfig, wishes, "VERSION = 6\nPATCHLEVEL = 11\n")));
    }

    [Fact]
    public void AChoiceWhosePromptIsOffHasNoMemberOn()
    {
        var configuration = Evaluate("""
            config LINE
            	string
            	default ""
            choice
            	prompt "which" if LINE != ""
            	default A
            config A
            	bool "a"
            config B
            	bool "b"
            endchoice
            """);
        Assert.Equal("LINE", Set(configuration));
    }

    /// <summary>conf_read() resets a number outside its range until 6.10; later sym_validate_range() cuts it off.</summary>
    [Theory]
    [InlineData("CONFIG_N=5\n", "5", "5")]
    [InlineData("CONFIG_N=500\n", "7", "100")]
    [InlineData("CONFIG_N=0\n", "7", "1")]
    [InlineData("CONFIG_N=many\n", "7", "7")]
    [InlineData("CONFIG_N=0x5\n", "7", "7")]
    [InlineData("", "7", "7")]
    public void NumbersStayInTheirRange(string wishes, string before611, string since611)
    {
        const string kconfig = "config N\n\tint \"n\"\n\trange 1 100\n\tdefault 7\n";
        Assert.Equal(before611, Evaluate(kconfig, wishes, "VERSION = 5\nPATCHLEVEL = 15\n").Value("N"));
        Assert.Equal(since611, Evaluate(kconfig, wishes, "VERSION = 7\nPATCHLEVEL = 0\n").Value("N"));
    }

    [Fact]
    public void StringsAreWrittenWhereTheyAreAskedForOrHaveADefault()
    {
        var configuration = Evaluate("""
            config OFF
            	bool
            config ASKED
            	string "asked"
            config HIDDEN
            	string "hidden" if OFF
            config GIVEN
            	string
            	default ""
            """, "CONFIG_HIDDEN=\"x\"\n");
        Assert.Equal("ASKED GIVEN", Set(configuration));
    }

    [Fact]
    public void TheFirstActiveRangeCounts()
    {
        var configuration = Evaluate("""
            config WIDE
            	def_bool n
            config N
            	int "n"
            	range 1 1000 if WIDE
            	range 1 10
            	default 50
            config H
            	hex
            	range 0x10 0xff
            	default 0x1000
            """);
        Assert.Equal("10", configuration.Value("N"));
        Assert.Equal("0xff", configuration.Value("H"));
    }

    [Theory]
    [InlineData("N = 0x10", true)]
    [InlineData("N < 9", false)]
    [InlineData("N >= 16", true)]
    [InlineData("EMPTY = 0", true)]
    [InlineData("TEXT = \"abc\"", true)]
    [InlineData("TEXT != \"abc\"", false)]
    [InlineData("Y = y && OFF = n", true)]
    [InlineData("NOBODY", false)]
    [InlineData("!NOBODY", true)]
    [InlineData("!(Y && (OFF || NOBODY))", true)]
    [InlineData("!!Y", true)]
    public void ExpressionsCompareAndCombine(string expression, bool expected)
    {
        var configuration = Evaluate($"""
            config N
            	int
            	default 16
            config EMPTY
            	int
            config TEXT
            	string
            	default "abc"
            config Y
            	def_bool y
            config OFF
            	def_bool n
            config R
            	def_bool {expression}
            """);
        Assert.Equal(expected, configuration.IsSet("R"));
    }

    [Fact]
    public void ADependencyMayHaveACondition()
    {
        const string kconfig = "config A\n\tbool \"a\"\nconfig B\n\tbool \"b\"\nconfig R\n\tbool \"r\"\n\tdepends on A if B\n";
        Assert.Equal("R", Set(Evaluate(kconfig, "CONFIG_R=y\n")));
        Assert.Equal("B", Set(Evaluate(kconfig, "CONFIG_R=y\nCONFIG_B=y\n")));
        Assert.Equal("A B R", Set(Evaluate(kconfig, "CONFIG_R=y\nCONFIG_A=y\nCONFIG_B=y\n")));
    }

    [Fact]
    public void HelpTextIsNoStatement()
    {
        var configuration = Evaluate("""
            config A
            	def_bool y
            	help
            	  config FAKE
            	    def_bool y

            	  depends on NOTHING
            config B
            	def_bool y
            """);
        Assert.Equal("A B", Set(configuration));
    }

    [Fact]
    public void CommentsAndContinuationsAreUnderstood() =>
        Assert.Equal("A", Set(Evaluate("config A # if B\n\tbool \\\n\t  \"a # b\" # if C\n\tdefault y # if D\n")));

    [Fact]
    public void FilesAreSourcedWithMacrosPatternsAndRelatively()
    {
        var tree = MemoryTree.Kernel()
            .With("Kconfig", "source \"arch/$(SRCARCH)/Kconfig\"\nsource \"drivers/*/Kconfig\"\nosource \"not/there\"\n")
            .With("arch/x86/Kconfig", "config X86\n\tdef_bool y\nrsource \"sub/Kconfig.more\"\n")
            .With("arch/x86/sub/Kconfig.more", "config MORE\n\tdef_bool y\n")
            .With("drivers/b/Kconfig", "config B\n\tdef_bool y\n")
            .With("drivers/a/Kconfig", "config A\n\tdef_bool y\n");
        var configuration = KernelConfiguration.Create(tree, Architecture.X86, ConfigurationSource.Default);
        Assert.Empty(configuration.Problems);
        Assert.Equal("A B MORE X86", Set(configuration));
    }

    [Fact]
    public void MacrosHaveArgumentsAndBothKindsOfVariables()
    {
        var configuration = Evaluate("""
            late = $(word)
            early := $(word)
            word := y
            both = $(1)$(2)
            config LATE
            	def_bool $(late)
            config EARLY
            	string
            	default "<$(early)>"
            config BOTH
            	string
            	default "$(both,$(comma)a,(b,c))"
            comma := ,
            """);
        Assert.True(configuration.IsSet("LATE"));
        Assert.Equal("\"<>\"", configuration.Value("EARLY"));
        Assert.Equal("\"a(b,c)\"", configuration.Value("BOTH"));
    }

    [Fact]
    public void CompilerQuestionsAreAnsweredWithoutRunningAnything()
    {
        const string kconfig = """
            config HAS_OPTION
            	def_bool $(cc-option,-fsome-option)
            config LACKS_OPTION
            	def_bool $(cc-option,-mrecord-mcount)
            config IS_GCC
            	def_bool $(success,test "$(cc-name)" = GCC)
            config IS_CLANG
            	def_bool $(success,test "$(cc-name)" = Clang)
            config FROM_SHELL
            	string
            	default "$(shell,touch /tmp/never)"
            config HAS_KMSAN
            	def_bool $(cc-option,-fsanitize=kernel-memory)
            """;
        Assert.Equal("FROM_SHELL HAS_KMSAN HAS_OPTION IS_CLANG", Set(Evaluate(kconfig)));
        Assert.Equal("\"\"", Evaluate(kconfig).Value("FROM_SHELL"));
        var arm = KernelConfiguration.Create(MemoryTree.Kernel().With("Kconfig", kconfig), Architecture.Arm64, ConfigurationSource.Default);
        Assert.False(arm.IsSet("HAS_KMSAN"));
    }

    private static KernelConfiguration Evaluate(string kconfig, string wishes = "", string makefile = "VERSION = 6\nPATCHLEVEL = 1\n") => KernelConfiguration.Create(
        MemoryTree.Kernel(makefile).With("Kconfig", kconfig),
        Architecture.X86,
        wishes.Length == 0 ? ConfigurationSource.Default : ConfigurationSource.FromText("wishes", wishes));

    private static string Set(KernelConfiguration configuration) => string.Join(' ', configuration.Symbols.Keys);
}
